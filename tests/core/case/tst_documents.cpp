// SPDX-License-Identifier: GPL-3.0-or-later
// Several postmortems in one case: none takes another's words, and none is ever lost.
#include "core/case/documents.h"

#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace postlude;

namespace {

std::filesystem::path in(const QTemporaryDir& dir) {
    return std::filesystem::path(dir.path().toStdString()) / "one.postlude";
}

void execute(const std::filesystem::path& file, const char* sql) {
    sqlite3* handle = nullptr;
    sqlite3_open(file.c_str(), &handle);
    char* why = nullptr;
    sqlite3_exec(handle, sql, nullptr, nullptr, &why);
    QCOMPARE(why, nullptr);
    sqlite3_close(handle);
}

/// As an older Postlude left it.
void makeOld(const std::filesystem::path& file) {
    execute(file, "DROP TABLE document; DROP INDEX revision_document;"
                  "ALTER TABLE revision DROP COLUMN document");
}

class TestDocuments : public QObject {
    Q_OBJECT
private slots:
    void eachKeepsItsOwnRevisions() {
        const QTemporaryDir dir;
        {
            auto made = Case::create(in(dir));
            QVERIFY(made.has_value());
            Case& one = **made;
            QCOMPARE(documentsOf(one)->size(), 1U);
            QCOMPARE(*one.savePostmortem("{\"a\":1}", "draft"), 1);
            QCOMPARE(*addDocument(one, "For customers"), DocumentId{2});
            QVERIFY(!*newestRevision(one, DocumentId{2}));
            QCOMPARE(*saveRevision(one, DocumentId{2}, "{\"b\":1}", "draft"), 2);
            QCOMPARE(*one.savePostmortem("{\"a\":2}", "typed"), 3);
            QVERIFY(renameDocument(one, DocumentId::First, "Internal").has_value());
            QCOMPARE(renameDocument(one, DocumentId{9}, "x").error().kind, ErrorKind::NotFound);
        }
        const auto opened = Case::open(in(dir), OpenMode::ReadOnly);
        QVERIFY(opened.has_value());
        const Case& one = **opened;
        QCOMPARE((*one.postmortem())->json, "{\"a\":2}");
        QCOMPARE(one.postmortemHistory()->size(), 2U);
        QCOMPARE((*newestRevision(one, DocumentId{2}))->json, "{\"b\":1}");
        QCOMPARE(*documentNamed(one, "For customers"), DocumentId{2});
        QCOMPARE(*documentNamed(one, "1"), DocumentId::First);
        const Error none = documentNamed(one, "other").error();
        QCOMPARE(none.kind, ErrorKind::NotFound);
        QVERIFY(none.remedy.find("2 “For customers”") != std::string::npos);
    }

    void revisionsAreListedAndReadOneByOne() {
        const QTemporaryDir dir;
        auto made = Case::create(in(dir));
        Case& one = **made;
        const std::string longText(100'000, 'x');
        QVERIFY(one.savePostmortem(longText, "draft").has_value());
        QVERIFY(addDocument(one, "other").has_value());
        QVERIFY(saveRevision(one, DocumentId{2}, "{}", "of the other").has_value());
        QVERIFY(one.savePostmortem("{\"a\":2}", "typed").has_value());
        const auto list = revisionListOf(one, DocumentId::First);
        QVERIFY(list.has_value());
        QCOMPARE(list->size(), 2U);
        QCOMPARE(list->front().number, 1);
        QCOMPARE(list->front().why, "draft");
        QCOMPARE(list->back().number, 3);
        const auto all = revisionsOf(one, DocumentId::First);
        QCOMPARE(list->back().saved, all->back().saved);
        QCOMPARE(revisionNumbered(one, 1)->json, longText);
        QCOMPARE(revisionNumbered(one, 3)->why, "typed");
        QCOMPARE(revisionNumbered(one, 9).error().kind, ErrorKind::NotFound);
    }

    void whatIsDeletedComesBackWhole() {
        const QTemporaryDir dir;
        auto made = Case::create(in(dir));
        Case& one = **made;
        QCOMPARE(deleteDocument(one, DocumentId::First).error().kind, ErrorKind::Usage);
        QVERIFY(addDocument(one, "second").has_value());
        QVERIFY(one.savePostmortem("{\"first\":1}", "typed").has_value());
        QVERIFY(deleteDocument(one, DocumentId::First).has_value());
        QCOMPARE(*usualDocument(one), DocumentId{2});
        QCOMPARE(documentNamed(one, "1").error().kind, ErrorKind::NotFound);
        QVERIFY(!*one.postmortem());
        QVERIFY(documentsOf(one)->front().deleted.has_value());
        QCOMPARE(deleteDocument(one, DocumentId{2}).error().kind, ErrorKind::Usage);
        QVERIFY(restoreDocument(one, DocumentId::First).has_value());
        QCOMPARE((*one.postmortem())->json, "{\"first\":1}");
    }

    void severalOfOneNameAreAskedFor() {
        const QTemporaryDir dir;
        auto made = Case::create(in(dir));
        Case& one = **made;
        QVERIFY(addDocument(one, "copy").has_value());
        QVERIFY(addDocument(one, "copy").has_value());
        QCOMPARE(documentNamed(one, "copy").error().kind, ErrorKind::Usage);
        QCOMPARE(*documentNamed(one, "3"), DocumentId{3});
    }

    void anOlderCaseIsOneDocument() {
        const QTemporaryDir dir;
        QVERIFY((*Case::create(in(dir)))->savePostmortem("{\"old\":1}", "typed").has_value());
        makeOld(in(dir));
        {
            const auto read = Case::open(in(dir), OpenMode::ReadOnly);
            QVERIFY(read.has_value());
            QCOMPARE(documentsOf(**read)->size(), 1U);
            QCOMPARE((*(*read)->postmortem())->json, "{\"old\":1}");
            QCOMPARE((*read)->postmortemHistory()->size(), 1U);
            QCOMPARE(revisionListOf(**read, DocumentId::First)->size(), 1U);
            QVERIFY(!*newestRevision(**read, DocumentId{2}));
        }
        const auto opened = Case::open(in(dir));
        QVERIFY(opened.has_value());
        QCOMPARE((*(*opened)->postmortem())->json, "{\"old\":1}");
        QCOMPARE(*addDocument(**opened, "new"), DocumentId{2});
        QCOMPARE((*opened)->integrityFaults(), "");
    }
};

} // namespace

QTEST_GUILESS_MAIN(TestDocuments)
#include "tst_documents.moc"
