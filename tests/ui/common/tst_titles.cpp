// SPDX-License-Identifier: GPL-3.0-or-later
// The window and what it exports call things by the same names, as long as both are English.
#include "ui/common/titles.h"

#include <QtTest>

using namespace postlude;

namespace {

QString text(std::string_view name) {
    return QString::fromUtf8(name.data(), qsizetype(name.size()));
}

} // namespace

class TstTitles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ofEntries() {
        for (int i = 0; i <= int(EntryKind::Observation); ++i)
            QCOMPARE(kindTitle(EntryKind(i)).toLower(), text(nameOf(EntryKind(i))));
    }
    void ofCauses() {
        for (int i = 0; i <= int(CauseKind::Unknown); ++i)
            QCOMPARE(causeTitle(CauseKind(i)), text(titleOf(CauseKind(i))));
    }
    void ofStatuses() {
        for (int i = 0; i <= int(DocumentStatus::Closed); ++i)
            QCOMPARE(statusTitle(DocumentStatus(i)), text(nameOf(DocumentStatus(i))));
    }
};

QTEST_MAIN(TstTitles)
#include "tst_titles.moc"
