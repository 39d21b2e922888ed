// SPDX-License-Identifier: GPL-3.0-or-later
// In a narrow panel the name of a server goes before the share that was expected of it.
#include "ui/investigate/sidelist.h"
#include "ui/investigate/sourcespanel.h"

#include <QTest>

using namespace postlude;

class TstSideList : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesComeBeforeDetails() {
        const QFontMetrics metrics{QFont()};
        SideRow row;
        row.text = QStringLiteral("web-01");
        row.right = QStringLiteral("76 % / 25 %");
        const int room = metrics.horizontalAdvance(row.text) + metrics.horizontalAdvance(row.right);
        QCOMPARE(rightOf(row, metrics, room / 2), row.right); // nothing shorter is known
        row.shortRight = QStringLiteral("76 %");
        QCOMPARE(rightOf(row, metrics, 2 * room), row.right);
        QCOMPARE(rightOf(row, metrics, room - 1), row.shortRight);
    }

    /// Of what stands beside a name the exact note goes first, then the number.
    void theNameIsWorthMore() {
        const QFontMetrics metrics{QFont()};
        SideRow row;
        row.text = QStringLiteral("node1/access.jsonl");
        row.note = QStringLiteral("−3 min 4 s");
        row.right = QStringLiteral("2 893");
        const auto wide = [&](const QString& text) { return metrics.horizontalAdvance(text); };
        const int all = wide(row.text) + wide(row.note) + wide(row.right) + 20;
        QCOMPARE(fitOf(row, metrics, all), (SideFit{row.note, row.right}));
        QCOMPARE(fitOf(row, metrics, all - wide(QStringLiteral(" 4 s"))),
                 (SideFit{QStringLiteral("−3 min"), row.right}));
        QCOMPARE(fitOf(row, metrics, all - wide(row.right)), // a little of the name gives way
                 (SideFit{QStringLiteral("−3 min"), row.right}));
        QCOMPARE(fitOf(row, metrics, all - wide(row.right) - wide(row.text) / 2),
                 (SideFit{QStringLiteral("−3 min"), {}}));
        row.note.clear(); // a bookmark's text is always long
        QCOMPARE(fitOf(row, metrics, 20).right, row.right);
    }

    void theFolderOfAllLogsIsNotRepeated() {
        const auto folderOf = [](std::initializer_list<std::pair<const char*, int>> paths) {
            std::vector<SourceInfo> sources;
            for (const auto& [path, records] : paths) {
                SourceInfo& source = sources.emplace_back();
                source.path = path;
                source.records = std::uint64_t(records);
            }
            return commonFolder(sources);
        };
        QCOMPARE(folderOf({{"b/web-01/app.log", 1}, {"b/web-02/app.log", 1}}), std::string("b/"));
        QCOMPARE(folderOf({{"b/lb/a.log", 1}, {"README.md", 0}, {"b/lb/b.log", 1}}),
                 std::string("b/lb/"));
        QCOMPARE(folderOf({{"a.log", 1}, {"b/a.log", 1}}), std::string());
        QCOMPARE(folderOf({{"b/a.log", 1}, {"b/README.md", 0}}), std::string());
        QCOMPARE(folderOf({}), std::string());
    }

    void whatIsShownIsAlsoRead() {
        SideModel model;
        model.show({{{},
                     QStringLiteral("web-01"),
                     QStringLiteral("stale"),
                     QStringLiteral("76 % / 25 %"),
                     {},
                     {},
                     QStringLiteral("76 %")}});
        QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("web-01 stale 76 % / 25 %"));
    }
};

QTEST_MAIN(TstSideList)
#include "tst_sidelist.moc"
