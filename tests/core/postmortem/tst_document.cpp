// SPDX-License-Identifier: GPL-3.0-or-later
// The document as JSON, and its undo history.
#include "core/postmortem/entries.h"
#include "core/postmortem/history.h"

#include <QtTest>

using namespace postlude;
using namespace std::chrono_literals;

namespace {

Instant at(const char* text) {
    return *fromRfc3339(text);
}

Postmortem everyField() {
    Postmortem d;
    d.title = "Traffic \"Tango\"\n\t\x01 – 探戈";
    d.severity = "SEV-1";
    d.owner = "Ada";
    d.status = DocumentStatus::InReview;
    d.authors = {"Ada", ""};
    d.reviewers = {"Grace"};
    d.services = {"web", "api"};
    d.summary = {at("2024-01-15T09:59:17.434Z"),
                 at("2024-01-15T10:02:11.530123456Z"),
                 "Europe/Berlin",
                 "impact",
                 "84.3 % of clients",
                 "18.8 %",
                 "56.2 %",
                 "cause",
                 "trigger",
                 "end",
                 "10:59",
                 "11:02 or so",
                 "three minutes",
                 {"and more", ""}};
    d.timeline = {{at("1999-12-31T23:59:59.999Z"),
                   "just before midnight",
                   EntryKind::MisleadingPath,
                   std::string("NUL \0 inside", 12),
                   {{"lb/haproxy.log", 3, 9, "", {}},
                    {"", 0, 0, "share", {at("2024-01-15T09:59:00Z"), at("2024-01-15T10:00:00Z")}}}},
                  {{}, "", EntryKind::Action, "untimed", {}}};
    d.rootCause = {"one", "two"};
    d.resolution = {"three"};
    d.wentWell = {"w"};
    d.wentWrong = {"x"};
    d.gotLucky = {"y"};
    d.improvements = {"i"};
    d.tasks = {{"do", "prevent", "me", "P1", "2024-02-01", "T-1", "", "done"}, {}};
    d.introduction = {"hello"};
    d.conclusion = {"bye"};
    d.kept = {{"", "<!-- first -->"}, {"timeline[0]", "> a\n> b"}};
    return d;
}

Postmortem titled(const char* title) {
    Postmortem d;
    d.title = title;
    return d;
}

} // namespace

class TstDocument : public QObject {
    Q_OBJECT
private slots:
    void entriesBecomeOneAndTwo() {
        const Evidence line{"a.log", 3, 3, {}, {}}, other{"b.log", 7, 9, {}, {}};
        std::vector<TimelineEntry> all(4);
        all[0] = {{}, "about noon", EntryKind::Action, "Restarted app1", {line}};
        all[1] = {at("2024-01-15T10:00:05Z"), {}, EntryKind::Detection, "Paged.", {line, other}};
        all[2] = {at("2024-01-15T10:00:01Z"), {}, EntryKind::LeadUp, "It was 3.5 s late", {}};
        const std::vector<TimelineEntry> before = all;
        QCOMPARE(mergeEntries(all, {2, 0, 1, 1, 77}), std::optional<std::size_t>(0));
        QCOMPARE(all.size(), 2U);
        QCOMPARE(all[0].text, "Restarted app1; Paged. It was 3.5 s late");
        QCOMPARE(all[0].time, std::optional(at("2024-01-15T10:00:01Z")));
        QVERIFY(all[0].timeText.empty());
        QVERIFY(all[0].kind == EntryKind::Action);
        QCOMPARE(all[0].evidence.size(), 2U);
        QVERIFY(!mergeEntries(all, {1}) && !mergeEntries(all, {1, 9}));
        QVERIFY(splitEntry(all, 0));
        QCOMPARE(all[0].text, "Restarted app1; Paged.");
        QCOMPARE(all[1].text, "It was 3.5 s late");
        QCOMPARE(all[1].evidence, all[0].evidence);
        QVERIFY(splitEntry(all, 0));
        QCOMPARE(all[0].text, "Restarted app1");
        QCOMPARE(all[1].text, "Paged.");
        QVERIFY(!splitEntry(all, 0) && !splitEntry(all, 2) && !splitEntry(all, 99));
    }

    void jsonReadsBackExactly() {
        for (const Postmortem& document : {everyField(), Postmortem{}}) {
            const auto read = postmortemFromJson(toJson(document));
            QVERIFY2(read.has_value(), read ? "" : describe(read.error()).c_str());
            QVERIFY(*read == document);
        }
    }

    void jsonIsThatOfTheManPage() {
        const std::string json = toJson(everyField());
        for (const char* part :
             {"\"start\": \"2024-01-15T09:59:17.434Z\"", "\"timezone\"", "\"first_line\": 3",
              "\"kind\": \"misleading path\"", "\"lessons\"", "\"done_when\""})
            QVERIFY2(json.find(part) != std::string::npos, part);
        QVERIFY2(toJson(Postmortem{}).find("\"severity\"") == std::string::npos,
                 "unknown = absent");
    }

    void unknownKeysArePassedOver() {
        const auto read =
            postmortemFromJson(R"({"title":"t","future":{"a":[1]},"summary":{"other":[]}})");
        QVERIFY(read && read->title == "t" && read->summary.zone == "UTC");
    }

    void faultsNameTheirPlace_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("time") << QByteArray(R"({"timeline":[{},{"time":"noon"}]})")
                              << QByteArray("timeline[1].time is not a time");
        QTest::newRow("text") << QByteArray(R"({"title":7})") << QByteArray("title is not a text");
        QTest::newRow("line") << QByteArray(R"({"timeline":[{"evidence":[{"first_line":-1}]}]})")
                              << QByteArray(
                                     "timeline[0].evidence[0].first_line is not a whole number");
        QTest::newRow("kind") << QByteArray(R"({"timeline":[{"kind":"party"}]})")
                              << QByteArray("timeline[0].kind");
        QTest::newRow("list") << QByteArray(R"({"tasks":{}})") << QByteArray("tasks is not a list");
        QTest::newRow("cut") << QByteArray("{\"title\":\n\"x") << QByteArray("line 2");
        QTest::newRow("array") << QByteArray("[]") << QByteArray("is a list");
        QTest::newRow("nothing") << QByteArray("") << QByteArray("not JSON");
    }
    void faultsNameTheirPlace() {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, named);
        const auto read =
            postmortemFromJson(std::string_view(json.constData(), size_t(json.size())));
        QVERIFY(!read);
        QCOMPARE(int(read.error().kind), int(ErrorKind::NotUnderstood));
        Error error = read.error();
        if (error.place.line) error.what += " line " + std::to_string(error.place.line);
        QVERIFY2(error.what.find(named.toStdString()) != std::string::npos, error.what.c_str());
    }

    void typingUndoesByPhrase() {
        History h(titled(""));
        const Instant t = at("2024-01-15T10:00:00Z");
        h.change(titled("a"), "title", t);
        h.change(titled("ab"), "title", t + 1900ms);
        h.change(titled("abc"), "title", t + 3800ms); // within 2 s of the letter before
        h.change(titled("abc d"), "title", t + 6s);
        h.change(titled("abc d"), "title", t + 6s); // no change, no step
        h.change(titled("x"), "severity", t + 6s);
        QCOMPARE(h.undoName(), std::string("severity"));
        QVERIFY(h.undo() && h.current().title == "abc d");
        QCOMPARE(h.redoName(), std::string("severity"));
        QVERIFY(h.undo() && h.current().title == "abc");
        QVERIFY(h.undo() && h.current().title.empty());
        QVERIFY(!h.undo() && h.undoName().empty());
        QVERIFY(h.redo() && h.redo() && h.redo() && !h.redo());
        QCOMPARE(h.current().title, std::string("x"));
    }

    void aChangeAfterUndoIsItsOwnStep() {
        History h(titled(""));
        const Instant t = at("2024-01-15T10:00:00Z");
        h.change(titled("a"), "title", t);
        h.change(titled("b"), "other", t + 1s);
        h.undo();
        h.change(titled("c"), "title", t + 1500ms);
        QVERIFY(!h.canRedo());
        QVERIFY(h.undo() && h.current().title == "a");
    }
};

QTEST_GUILESS_MAIN(TstDocument)
#include "tst_document.moc"
