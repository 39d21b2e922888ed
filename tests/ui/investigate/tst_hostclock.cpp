// SPDX-License-Identifier: GPL-3.0-or-later
// A host's clock set by hand, as one does it: for a line, taken back, and put back to what was
// measured.
#include "tests/support/openedin.h"
#include "tests/support/smallcase.h"
#include "ui/common/hostclocks.h"
#include "ui/investigate/clockdialog.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/page.h"

#include <QAction>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QListView>
#include <QRadioButton>
#include <QTimer>

using namespace postlude;
using namespace std::chrono_literals;

namespace {

constexpr int kPatience = 60'000;

/// Does something with the dialog once it is there.
template <class What>
void withDialog(QObject* of, What what) {
    auto* timer = new QTimer(of);
    QObject::connect(timer, &QTimer::timeout, of, [timer, what] {
        auto* dialog = qobject_cast<ClockDialog*>(QApplication::activeModalWidget());
        if (!dialog) return;
        timer->stop();
        timer->deleteLater();
        what(dialog);
    });
    timer->start(20);
}

} // namespace

class TstHostClock : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void setTakenBackAndPutBack();
    void cancelled();
    void theBalancersIsTheReference();

private:
    [[nodiscard]] Session& session() const { return *window_->session(); }
    [[nodiscard]] LinesView& lines() const {
        return window_->findChild<InvestigatePage*>()->lines();
    }
    [[nodiscard]] HostClocks& clocks() const { return HostClocks::of(session()); }
    void press(const char* action) const {
        window_->findChild<QAction*>(QLatin1String(action))->trigger();
    }
    /// Selects a line of that source; its record.
    RecordId select(const char* source) const {
        session().selection().setFilter(QStringLiteral("source contains ") + QLatin1String(source));
        const auto found = [&] {
            const auto record = lines().lines()->recordAt(3);
            const auto row = record ? session().query().record(*record)
                                    : Result<RecordRow>(std::unexpected(Error{}));
            if (!row) return false;
            for (const SourceInfo& info : session().query().sources())
                if (info.id == row->source) return info.path.find(source) != std::string::npos;
            return false;
        };
        [[maybe_unused]] const bool there = QTest::qWaitFor(found, kPatience);
        lines().setFocus();
        lines().setCurrentIndex(lines().lines()->index(3, 0));
        return *lines().lines()->recordAt(3);
    }
    void type(const QString& seconds) const {
        withDialog(window_.get(), [seconds](ClockDialog* dialog) {
            auto* field = dialog->findChild<QDoubleSpinBox*>(QStringLiteral("clockAhead"));
            field->setFocus();
            field->selectAll();
            QTest::keyClicks(field, seconds);
            QTest::keyClick(field, Qt::Key_Return);
        });
        press("hostClock");
    }
    [[nodiscard]] Duration offOf(RecordId id) const {
        const auto row = session().query().record(id);
        return *row->timeRaw - *row->time;
    }
    [[nodiscard]] QString sourceTips() const {
        QStringList all;
        for (const QListView* list : window_->findChildren<QListView*>())
            for (int i = 0; list->model() && i < list->model()->rowCount(); ++i)
                all << list->model()->index(i, 0).data(Qt::ToolTipRole).toString();
        return all.join(u'\n');
    }
    [[nodiscard]] bool settled() const {
        return QTest::qWaitFor([this] { return !session().busy(); }, kPatience);
    }

    SmallCase files_;
    std::unique_ptr<MainWindow> window_;
};

/// Messages of a machine of its own: its clock cannot be measured, for it logs no requests.
void TstHostClock::initTestCase() {
    const QString folder = files_.bundle() + QStringLiteral("/app7");
    QVERIFY(QDir().mkpath(folder));
    std::ofstream out((folder + QStringLiteral("/jobs.log")).toStdString());
    for (int i = 0; i < 60; ++i)
        out << fmt::format("2024-01-15T09:59:{:02}Z INFO jobs did thing {}\n", i, i);
}

void TstHostClock::init() {
    window_ = std::make_unique<MainWindow>();
    window_->resize(1400, 900);
    window_->show();
    QVERIFY(openedIn(*window_, files_.bundle().toStdString()));
    QTRY_VERIFY_WITH_TIMEOUT(!session().busy() && session().analysis(), kPatience);
}

void TstHostClock::cleanup() {
    window_->close();
    window_.reset();
}

void TstHostClock::setTakenBackAndPutBack() {
    const RecordId line = select("app7");
    QCOMPARE(offOf(line), Duration{0});
    type(QStringLiteral("-40.25"));
    QCOMPARE(clocks().stated().size(), std::size_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(offOf(line), Duration{-40250ms}, kPatience);
    QVERIFY(settled());
    QCOMPARE(offOf(line), Duration{-40250ms}); // the analysis has not put it back
    const auto& hosts = session().analysis()->hosts;
    QVERIFY(std::ranges::any_of(hosts, [](const HostClock& h) {
        return h.host == "app7" && h.pairs == 0 && h.offset == Duration{-40250ms};
    }));
    QVERIFY2(sourceTips().contains(QStringLiteral("set by hand")), qPrintable(sourceTips()));
    // In the list of lines it stands where it belongs by the corrected time.
    const auto shownTime = [&] {
        const auto row = session().query().record(line);
        const int at = lines().lines()->rowOf(line, *row->time);
        return lines().lines()->recordAt(at) == line;
    };
    QTRY_VERIFY(shownTime());

    window_->activateWindow(); // keys went to the dialog
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(clocks().stated().empty());
    QTRY_COMPARE_WITH_TIMEOUT(offOf(line), Duration{0}, kPatience);
    QVERIFY(settled());
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(offOf(line), Duration{-40250ms}, kPatience);
    QVERIFY(settled());
    // Kept with the case.
    press("closeCase");
    QVERIFY(openedIn(*window_, files_.bundle().toStdString()));
    QCOMPARE(clocks().stated().size(), std::size_t{1});
    select("app7");
    withDialog(window_.get(), [](ClockDialog* dialog) {
        QVERIFY(dialog->findChild<QRadioButton*>(QStringLiteral("clockByHand"))->isChecked());
        dialog->findChild<QRadioButton*>(QStringLiteral("clockMeasured"))->click();
        dialog->accept();
    });
    press("hostClock");
    QVERIFY(clocks().stated().empty());
    QTRY_COMPARE_WITH_TIMEOUT(offOf(line), Duration{0}, kPatience);
    QVERIFY(settled());
    QVERIFY(!sourceTips().contains(QStringLiteral("set by hand")));
}

void TstHostClock::cancelled() {
    select("app7");
    withDialog(window_.get(), [](ClockDialog* dialog) {
        dialog->findChild<QDoubleSpinBox*>(QStringLiteral("clockAhead"))->setValue(9);
        QTest::keyClick(dialog, Qt::Key_Escape);
    });
    press("hostClock");
    QVERIFY(clocks().stated().empty());
    QVERIFY(!session().busy());
}

void TstHostClock::theBalancersIsTheReference() {
    select("haproxy");
    press("hostClock"); // no dialog, which would wait for ever
    const auto* told = window_->findChild<QLabel*>(QStringLiteral("statusTold"));
    QVERIFY2(told->text().contains(QStringLiteral("compared")), qPrintable(told->text()));
}

QTEST_MAIN(TstHostClock)
#include "tst_hostclock.moc"
