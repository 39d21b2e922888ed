// SPDX-License-Identifier: GPL-3.0-or-later
// The table that says what sets bad requests apart: its headings, the strongest first, widths that
// cut nothing; and beside each server its share and the one that the configuration gives.
#include "tests/support/smallcase.h"
#include "ui/investigate/comparewindow.h"
#include "ui/investigate/insighttable.h"
#include "ui/investigate/sidelist.h"
#include "ui/investigate/sourcespanel.h"

#include <QComboBox>
#include <QHeaderView>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace postlude;

namespace {

constexpr int kPatience = 60'000;

/// Of app2's requests three of four fail, of those for /pay all, of others none.
void writeRequests(const std::string& file) {
    std::ofstream out(file);
    for (int i = 0; i < 900; ++i) {
        const std::string clock =
            fmt::format("{:02}:{:02}:{:02}", 9 + i / 3600, i / 60 % 60, i % 60);
        const bool second = i % 3 == 2, pay = i % 7 == 3;
        const int status = pay || (second && i % 4 != 1) ? 503 : 200;
        out << fmt::format("Jan 15 {} lb haproxy[1]: 192.0.2.{}:5000 [15/Jan/2024:{}.{:03}] web "
                           "pool/app{} 0/0/1/5/6 {} 512 - - ---- 1/1/0/0/0 0/0 \"GET {} "
                           "HTTP/1.1\"\n",
                           clock, i % 250 + 1, clock, i % 1000, second ? 2 : 1, status,
                           pay ? "/pay" : "/item");
    }
}

void writeConfiguration(const std::string& file) {
    std::ofstream out(file);
    out << "frontend web\n    bind :80\n    default_backend pool\n"
           "backend pool\n    balance roundrobin\n"
           "    server app1 192.0.2.201:80 weight 60\n"
           "    server app2 192.0.2.202:80 weight 40\n";
}

} // namespace

class TstCompare : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theStrongestComesFirstUnderItsHeading();
    void widthsCutNothing();
    void sharesStandBesideWhatTheConfigurationGives();

private:
    [[nodiscard]] QString cell(const InsightTable& table, int row, int column) const {
        return table.model()->index(row, column).data().toString();
    }
    [[nodiscard]] static QStringList headings(const InsightTable& table) {
        QStringList all;
        for (int i = 0; i < table.model()->columnCount(); ++i)
            all << table.model()->headerData(i, Qt::Horizontal).toString();
        return all;
    }
    InsightTable* opened(CompareWindow& window) const {
        window.resize(1000, 500);
        window.show();
        window.lookAtView();
        auto* table = window.findChild<InsightTable*>(QStringLiteral("insights"));
        const bool there =
            QTest::qWaitFor([&] { return table->model()->rowCount() > 1; }, kPatience);
        return there ? table : nullptr;
    }
    std::unique_ptr<SmallCase> files_;
    std::unique_ptr<Session> session_;
};

void TstCompare::initTestCase() {
    files_ = std::make_unique<SmallCase>();
    const std::string folder = files_->bundle().toStdString();
    writeRequests(folder + "/haproxy.log");
    writeConfiguration(folder + "/haproxy.cfg");
    session_ = files_->open();
    QVERIFY(session_ != nullptr);
}

void TstCompare::theStrongestComesFirstUnderItsHeading() {
    CompareWindow window(*session_, nullptr);
    InsightTable* table = opened(window);
    QVERIFY(table != nullptr);
    QCOMPARE(
        headings(*table),
        (QStringList{QStringLiteral("Field"), QStringLiteral("Value"), QStringLiteral("of the bad"),
                     QStringLiteral("of the good"), QStringLiteral("times as likely to be bad"),
                     QStringLiteral("95 % interval")}));
    double last = 1e9;
    bool server = false, path = false;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        QString number = cell(*table, row, 4);
        number.remove(QRegularExpression(QStringLiteral("[^0-9.]")));
        QVERIFY2(number.toDouble() <= last, qPrintable(cell(*table, row, 4)));
        last = number.toDouble();
        server |= cell(*table, row, 1) == QLatin1String("app2");
        path |= cell(*table, row, 1).contains(QLatin1String("/pay"));
    }
    QVERIFY(server || path);
    const QString filter = table->rows().at(0).filter;
    const QSignalSpy wanted(&window, &InsightWindow::filterWanted);
    table->setFocus();
    table->setCurrentIndex(table->model()->index(0, 0));
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.front().front().toString(), filter);
}

void TstCompare::widthsCutNothing() {
    CompareWindow window(*session_, nullptr);
    const InsightTable* table = opened(window);
    QVERIFY(table != nullptr);
    const QFontMetrics metrics(table->font());
    int all = 0;
    for (int i = 0; i < table->model()->columnCount(); ++i) {
        const int wide = table->columnWidth(i);
        all += wide;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            QVERIFY2(metrics.horizontalAdvance(cell(*table, row, i)) + 12 <= wide,
                     qPrintable(cell(*table, row, i)));
        QVERIFY2(metrics.horizontalAdvance(headings(*table)[i]) + 6 <= wide,
                 qPrintable(headings(*table)[i]));
    }
    QVERIFY(all <= table->viewport()->width());
}

void TstCompare::sharesStandBesideWhatTheConfigurationGives() {
    SourcesPanel panel;
    panel.resize(400, 800);
    panel.setSession(session_.get());
    panel.setServers(ServerIndex(session_->query().servers(), session_->query().sources(),
                                 session_->analysis().get()));
    panel.show();
    QStringList told, tips;
    for (const auto* list : panel.findChildren<QListView*>())
        for (int i = 0; i < list->model()->rowCount(); ++i) {
            told << list->model()->index(i, 0).data(Qt::AccessibleTextRole).toString();
            tips << list->model()->index(i, 0).data(Qt::ToolTipRole).toString();
        }
    QCOMPARE(told.filter(QRegularExpression(QStringLiteral("^app1 +6[67] % / 60 %$"))).size(), 1);
    QCOMPARE(told.filter(QRegularExpression(QStringLiteral("^app2 +33 % / 40 %$"))).size(), 1);
    QCOMPARE(tips.filter(QStringLiteral("weight 60")).size(), 1);
    panel.setSession(nullptr);
}

QTEST_MAIN(TstCompare)
#include "tst_compare.moc"
