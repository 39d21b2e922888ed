// SPDX-License-Identifier: GPL-3.0-or-later
// A source that is read wrongly is corrected in the dialog: zone, format, a string of one's own.
#include "ui/common/theme.h"
#include "ui/investigate/formatdialog.h"
#include "ui/investigate/formatlist.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace postlude;

namespace {

constexpr int kPatience = 60'000;

template <class T>
T* found(const QWidget& in, const char* name) {
    return in.findChild<T*>(QLatin1String(name));
}

QPushButton* button(const QWidget& in, const QString& text) {
    const auto all = in.findChildren<QPushButton*>();
    for (QPushButton* each : all)
        if (each->text().remove(QLatin1Char('&')) == text) return each;
    return nullptr;
}

QString cell(const QTableView& table, int row, int column) {
    return table.model()->index(row, column).data().toString();
}

} // namespace

class TstFormatDialog : public QObject {
    Q_OBJECT
    QTemporaryDir room_;
    std::unique_ptr<Session> session_;

    SourceInfo source() const { return session_->caseFile().sources()->front(); }
    bool idle() const {
        return QTest::qWaitFor([this] { return !session_->busy(); }, kPatience);
    }

private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        ThemeWatcher::instance().apply();
    }
    void init() {
        const auto file = std::filesystem::path(room_.filePath("shop.log").toStdString());
        std::ofstream(file) << "2024-01-15 09:57:40 INFO cart is empty\n"
                               "2024-01-15 09:57:41 ERROR <b>no</b> stock\n"
                               "2024-01-15 09:57:42 INFO cart is full\n";
        auto opened = Session::open({file});
        QVERIFY(opened);
        session_ = std::move(*opened);
        QVERIFY(
            QTest::qWaitFor([this] { return session_->caseFile().importComplete(); }, kPatience));
        QVERIFY(idle());
    }
    void cleanup() { session_.reset(); }

    void showsTheFirstLinesAsTheyAreRead() {
        FormatDialog dialog(*session_, source(), nullptr);
        auto* table = found<QTableView>(dialog, "firstLines");
        QVERIFY(QTest::qWaitFor([&] { return table->model()->rowCount() == 3; }, kPatience));
        QCOMPARE(cell(*table, 0, 1), QStringLiteral("2024-01-15 09:57:40.000 UTC"));
        bool told = false;
        for (int i = 0; i < table->model()->columnCount(); ++i)
            told = told || cell(*table, 1, i) == QStringLiteral("<b>no</b> stock");
        QVERIFY2(told, "log text is shown as it is");
    }

    void aZoneIsTriedAndThenHolds() {
        const Instant before = *source().first;
        FormatDialog dialog(*session_, source(), nullptr);
        auto* table = found<QTableView>(dialog, "firstLines");
        QVERIFY(QTest::qWaitFor([&] { return table->model()->rowCount() == 3; }, kPatience));
        auto* zone = found<QComboBox>(dialog, "zone");
        zone->setEditText(QStringLiteral("+02:00"));
        QVERIFY(QTest::qWaitFor(
            [&] { return cell(*table, 0, 1).startsWith(QStringLiteral("2024-01-15 07:57:40")); },
            kPatience));
        button(dialog, QStringLiteral("Read again like this"))->click();
        QVERIFY(
            QTest::qWaitFor([this] { return session_->caseFile().importComplete(); }, kPatience));
        QVERIFY(idle());
        QVERIFY(before - *source().first == std::chrono::hours(2));

        FormatDialog again(*session_, source(), nullptr);
        QCOMPARE(found<QComboBox>(again, "zone")->currentText(), QStringLiteral("+02:00"));
        button(again, QStringLiteral("Leave it to Postlude"))->click();
        QVERIFY(
            QTest::qWaitFor([this] { return session_->caseFile().importComplete(); }, kPatience));
        QVERIFY(idle());
        QVERIFY(before == *source().first);
    }

    void aWrongZoneCannotBeUsed() {
        FormatDialog dialog(*session_, source(), nullptr);
        auto* read = button(dialog, QStringLiteral("Read again like this"));
        QVERIFY(QTest::qWaitFor([&] { return read->isEnabled(); }, kPatience));
        found<QComboBox>(dialog, "zone")->setEditText(QStringLiteral("Atlantis"));
        QVERIFY(!read->isEnabled());
    }

    void aStringOfOnesOwnIsCheckedAndTried() {
        FormatDialog dialog(*session_, source(), nullptr);
        dialog.show();
        auto* table = found<QTableView>(dialog, "firstLines");
        QVERIFY(QTest::qWaitFor([&] { return table->model()->rowCount() == 3; }, kPatience));
        auto* string = found<QLineEdit>(dialog, "formatString");
        string->setText(QStringLiteral("%ci %{"));
        QTest::keyClick(string, Qt::Key_Return);
        QVERIFY2(dialog.isVisible(), "Return tries the string and reads nothing");
        const auto labels = dialog.findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->isVisible() && label->text().contains(QStringLiteral("column "));
        }));

        found<QComboBox>(dialog, "dialect")->setCurrentText(QStringLiteral("apache"));
        string->setText(QStringLiteral("%{%Y-%m-%d %H:%M:%S}t %{LEVEL}e %{TEXT}i"));
        QTest::keyClick(string, Qt::Key_Return);
        auto* choices = found<QTableView>(dialog, "choices");
        QVERIFY(QTest::qWaitFor(
            [&] { return cell(*choices, 0, 0).contains(QStringLiteral("own:1")); }, kPatience));
        QVERIFY(QTest::qWaitFor(
            [&] {
                for (int i = 0; i < table->model()->columnCount(); ++i)
                    if (cell(*table, 0, i) == QStringLiteral("cart is empty")) return true;
                return false;
            },
            kPatience));
    }

    void listsAllFormatsAndFindsOne() {
        FormatList list({}, &session_->caseFile(), nullptr);
        auto* table = list.findChild<QTableView*>();
        QVERIFY(QTest::qWaitFor([&] { return table->model()->rowCount() > 80; }, kPatience));
        list.findChild<QLineEdit*>()->setText(QStringLiteral("haproxy-tcp"));
        QCOMPARE(table->model()->rowCount(), 1);
    }
};

QTEST_MAIN(TstFormatDialog)
#include "tst_formatdialog.moc"
