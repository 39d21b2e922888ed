// SPDX-License-Identifier: GPL-3.0-or-later
// From the welcome page to an incident's cause by keys alone, counted.
#include "ui/common/theme.h"
#include "ui/findings/cards.h"
#include "ui/findings/textlabel.h"
#include "ui/investigate/heresection.h"
#include "ui/investigate/linesview.h"
#include "ui/shell/mainwindow.h"

#include <QApplication>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

using namespace postlude;

namespace {

constexpr int kPatience = 120'000;
constexpr int kMostKeys = 12;

/// Presses keys where the focus is, and counts them.
class Hands {
public:
    void press(int key, Qt::KeyboardModifiers with = {}) {
        QWidget* at = QApplication::focusWidget();
        if (!at) at = QApplication::activeWindow();
        QTest::keyClick(at, static_cast<Qt::Key>(key), with);
        ++keys;
    }
    int keys = 0;
};

} // namespace

class TstByKeys : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fromTheSampleToItsCause();
};

void TstByKeys::fromTheSampleToItsCause() {
    const QTemporaryDir home;
    qputenv("XDG_DATA_HOME", home.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
    ThemeWatcher::instance().apply();
    MainWindow window;
    window.resize(1440, 900);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    Hands hands;
    // The first of the recorded incidents.
    while (!QApplication::focusWidget() ||
           QApplication::focusWidget()->objectName() != QLatin1String("sample")) {
        hands.press(Qt::Key_Tab);
        QVERIFY(hands.keys <= kMostKeys);
    }
    hands.press(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(window.session() != nullptr, kPatience);
    QVERIFY(QTest::qWaitFor(
        [&] { return !window.session()->busy() && window.session()->analysis(); }, kPatience));
    const auto analysis = window.session()->analysis();
    QVERIFY(!analysis->incidents.empty());
    const Incident& incident = analysis->incidents.front();
    QVERIFY(incident.trigger.has_value());
    const Selection& selection = window.session()->selection();
    auto* lines = window.findChild<LinesView*>();
    QTRY_VERIFY_WITH_TIMEOUT(lines->lines()->rowCount() > 1000, kPatience);
    // It opens where the impact begins; the finding before that is what caused it, with its line.
    QVERIFY(!incident.causes.empty());
    const std::vector<Evidence>& proof = incident.causes.front().evidence;
    const auto isProved = [&] {
        const auto id = selection.place().record;
        const auto row = id ? window.session()->query().record(*id)
                            : Result<RecordRow>(std::unexpected(Error{}));
        if (!row) return false;
        for (const SourceInfo& source : window.session()->query().sources())
            for (const Evidence& evidence : proof)
                if (source.id == row->source && source.path == evidence.source &&
                    row->line == evidence.firstLine)
                    return true;
        return false;
    };
    while (!isProved()) {
        hands.press(Qt::Key_F, Qt::ShiftModifier);
        QVERIFY2(hands.keys <= kMostKeys, "the cause is too far");
    }
    // The panel beside it marks that finding alone, and has it in sight.
    QList<FindingCard*> marked;
    for (FindingCard* card : window.findChildren<FindingCard*>())
        if (card->isMarked()) marked << card;
    QCOMPARE(marked.size(), 1);
    QTRY_VERIFY(!marked[0]->visibleRegion().isEmpty());
    const QList<TextLabel*> texts = marked[0]->findChildren<TextLabel*>();
    QVERIFY(std::ranges::any_of(texts, [](const TextLabel* label) {
        return label->text().contains(QStringLiteral("Likely cause"));
    }));
    const auto* here = window.findChild<HereSection*>();
    QTRY_VERIFY_WITH_TIMEOUT(
        here->texts().join(QLatin1Char('\n')).contains(QStringLiteral("Trigger")), kPatience);
    const int row = lines->currentIndex().row();
    qInfo("%d keys to \"%s\"", hands.keys,
          qPrintable(lines->lines()->index(row, LinesModel::Text).data().toString()));
    QVERIFY(hands.keys <= kMostKeys);
}

QTEST_MAIN(TstByKeys)
#include "tst_bykeys.moc"
