// SPDX-License-Identifier: GPL-3.0-or-later
// What the checks find in texts: blame, hindsight, secrets, holes; and editions for others.
#include "core/postmortem/forms.h"
#include "core/postmortem/sensitive.h"

#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>

using namespace postlude;
using namespace std::chrono_literals;

namespace {

Postmortem withCause(const std::string& text) {
    Postmortem d;
    d.rootCause = {text, "Contributing factor: x"};
    d.owner = "Ada";
    return d;
}

bool findsIn(const Postmortem& d, const char* what) {
    return std::ranges::any_of(
        faultsOf(d), [&](const Fault& f) { return f.what.find(what) != std::string::npos; });
}

bool holds(const Postmortem& d, const std::string& text) {
    return toJson(d).find(text) != std::string::npos;
}

} // namespace

class TstChecks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wordsThatBlame_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("found");
        const auto row = [](const char* text, const char* found) {
            QTest::newRow(text) << text << found;
        };
        row("The team should have noticed.", "judges with hindsight");
        row("It was human error.", "“human error”");
        row("Die Kollegin hätte wissen müssen, dass …", "judges with hindsight");
        row("Es war menschliches Versagen.", "blames");
        row("Ada deleted the pool.", "“Ada deleted” in");
        row("Ada looked at the pool and the weights failed over.", "");
        row("The reload failed and 4 requests failed.", "");
        row("kestrel said: “we should have looked”", "");
        row("[What should have shown it?]", "");
        row("The shoulder havestack.", "");
    }
    void wordsThatBlame() {
        QFETCH(QString, text);
        QFETCH(QString, found);
        const Postmortem d = withCause(text.toStdString());
        if (found.isEmpty()) {
            QVERIFY(!findsIn(d, "blames") && !findsIn(d, "hindsight"));
            return;
        }
        QVERIFY(findsIn(d, qPrintable(found)));
        const auto faults = faultsOf(d);
        QVERIFY(std::ranges::any_of(faults, [](const Fault& f) {
            return f.place == "root_cause[0]" && f.part == "Root cause and resolution";
        }));
    }

    void secretsAndHoles() {
        QVERIFY(findsIn(withCause("curl -H 'Authorization: Bearer abcdef0123456789'"), "secret"));
        QVERIFY(findsIn(withCause("db password=hunter22 was used"), "secret"));
        QVERIFY(!findsIn(withCause("the token bucket: 5 requests"), "secret"));
        Postmortem d = withCause("x");
        d.summary.start = *fromRfc3339("2024-01-15T10:00:00Z");
        d.summary.end = *d.summary.start + 2h;
        d.timeline = {{*d.summary.start + 5min, "", EntryKind::Detection, "alert", {}}};
        QVERIFY(findsIn(d, "Nothing is told for 1 h 55 min"));
        d.timeline.push_back({*d.summary.start + 70min, "", EntryKind::Action, "tried", {}});
        d.timeline.push_back({*d.summary.start + 35min, "", EntryKind::Action, "tried", {}});
        d.timeline.push_back({*d.summary.start + 95min, "", EntryKind::Action, "tried", {}});
        QVERIFY(!findsIn(d, "Nothing is told"));
        d.rootCause = {"It was the disk."};
        QVERIFY(findsIn(d, "One cause is told"));
        d.summary.zone = "";
        QVERIFY(findsIn(d, "time zone is missing"));
    }

    void anEditionForOthersTellsNoNames() {
        Postmortem d;
        d.title = "web-02 of shop.example.com";
        d.owner = "Ada";
        d.summary.impact = "198.51.100.7 and 2001:db8::1 asked; ada@shop.example.com saw it at "
                           "09:59:17 in /var/log/haproxy.log, version 4.11.2";
        d.summary.rootCause = "web-02 (198.51.100.7:8080) used api_key=s3cr3tvalue";
        d.timeline = {{{},
                       "",
                       EntryKind::Action,
                       "kestrel: “restarting web-02”",
                       {{"logs/web-02/error.log", 1, 2, "", {}}}}};
        d.tasks = {{"Ask kestrel", "", "Ada", "", "", "", "open", ""}};
        d.kept = {{"title", "see web-02 and Bearer abcdefghijklmnop"}};
        SourceInfo source;
        source.host = "web-02";
        source.role = SourceRole::Server;
        const SanitisedEdition edition = sanitised(d, knownNames(d, {source}, nullptr));
        for (const char* gone : {"web-02", "shop.example", "Ada", "198.51", "db8", "ada@",
                                 "/var/log", "s3cr3t", "kestrel", "abcdefghijklmnop"})
            QVERIFY2(!holds(edition.document, gone), gone);
        QCOMPARE(edition.document.title, "host-1 of host-2");
        QCOMPARE(edition.document.summary.rootCause,
                 "host-1 (address-1:8080) used api_key=secret-1");
        QVERIFY(holds(edition.document, "09:59:17") && holds(edition.document, "4.11.2"));
        QCOMPARE(edition.document.tasks[0].owner, edition.document.owner);
        QCOMPARE(edition.clean("web-02"), "host-1");
        QCOMPARE(edition.clean("web-021"), "web-021");
        const auto host = std::ranges::find(edition.replaced, "web-02", &Replacement::found);
        QCOMPARE(host->times, 5);
    }

    void everyTextOfADocumentIsCleaned() {
        const std::string secret = "token=abcd1234efgh, WEB-02 and kim lÖwe";
        const std::vector<std::string> list{secret};
        Postmortem d;
        d.title = d.severity = d.owner = secret;
        d.authors = d.reviewers = d.services = list;
        d.summary = {{},     {},     secret, secret, secret, secret, secret,
                     secret, secret, secret, secret, secret, secret, list};
        d.timeline = {{{}, secret, EntryKind::Action, secret, {{secret, 1, 2, secret, {}}}}};
        d.rootCause = d.resolution = d.wentWell = d.wentWrong = d.gotLucky = list;
        d.improvements = d.declined = d.introduction = d.conclusion = list;
        d.tasks = {{secret, secret, secret, secret, secret, secret, secret, secret}};
        d.kept = {{secret, secret}};
        d.form = "/home/kim/secret/t.json";
        const SanitisedEdition edition = sanitised(d, {{"web-02"}, {"Kim Löwe"}, {}});
        for (const char* gone : {"abcd1234efgh", "WEB-02", "kim", "secret/"})
            QVERIFY2(!holds(edition.document, gone), toJson(edition.document).c_str());
        QCOMPARE(edition.document.severity, "token=secret-1, host-1 and person-1");
        QCOMPARE(edition.document.tasks[0].due, edition.document.severity);
        QCOMPARE(edition.clean("Web-02 of KIM LÖWE"), "host-1 of person-1");
        d.form = "google-sre";
        QCOMPARE(sanitised(d, {}).document.form, "google-sre");
    }

    void anEditionIsStoppedAndTellsHowFarItIs() {
        Postmortem d;
        for (int i = 0; i < 3000; ++i)
            d.timeline.push_back({{},
                                  "",
                                  EntryKind::Action,
                                  "web-02 at 192.0.2.1 was looked at, again and again",
                                  {}});
        std::stop_source stop;
        std::uint64_t done = 0;
        const ProgressSink hear = [&](const Progress& progress) {
            QVERIFY(progress.bytesDone > done);
            done = progress.bytesDone;
        };
        const auto whole = sanitised(d, {{"web-02"}, {}, {}}, stop.get_token(), hear);
        QVERIFY(whole.has_value());
        QVERIFY(done > 64 * 1024);
        QCOMPARE(whole->document.timeline.back().text,
                 "host-1 at address-1 was looked at, again and again");
        stop.request_stop();
        QCOMPARE(sanitised(d, {}, stop.get_token(), {}).error().kind, ErrorKind::Cancelled);
    }

    void peopleAreKnownByEachOfTheirNames() {
        Postmortem d;
        d.authors = {"Dana Fields", "Will Older-Lee"};
        d.owner = "SRE team";
        d.rootCause = {
            "Dana restarted it, says Ms Fields. DANA FIELDS: ssh dana@host-2 /x?user=dana&by=will; "
            "three fields will be filled in by the team. Older-Lee agreed with Will."};
        const SanitisedEdition edition = sanitised(d, knownNames(d, {}, nullptr));
        QCOMPARE(edition.document.rootCause[0],
                 "person-2 restarted it, says Ms person-2. person-2: ssh person-2@host-2 "
                 "/x?user=person-2&by=person-3; three fields will be filled in by the team. "
                 "person-3 agreed "
                 "with person-3.");
    }

    void programsThatActAreHosts() {
        Postmortem d;
        d.timeline.push_back({{}, {}, EntryKind::Action, "reload by=edge-s2", {}});
        d.timeline.push_back(
            {{}, {}, EntryKind::Communication, "Edge-S2: “unhandled exception”", {}});
        SourceInfo source;
        source.role = SourceRole::Server;
        source.host = "edge-s2";
        const KnownNames names = knownNames(d, {source}, nullptr);
        QCOMPARE(names.people, std::vector<std::string>{});
        QCOMPARE(names.hosts, std::vector<std::string>{"edge-s2"});
    }

    void servicesHavePlaceholdersToo() {
        Postmortem d;
        d.services = {"checkout"};
        d.summary.impact = "checkout failed by /cart (2 %), GET /cart/7; web_pool/web-02 refused; "
                           "the checkouts of others did not";
        Analysis analysis;
        analysis.servers.push_back({});
        analysis.servers.back().key = {"web_pool", "web-02"};
        analysis.incidents.push_back({});
        analysis.incidents.back().impact.services.push_back({});
        analysis.incidents.back().impact.services.back().name = "/cart";
        const SanitisedEdition edition = sanitised(d, knownNames(d, {}, &analysis));
        QCOMPARE(edition.document.services.front(), "service-1");
        QCOMPARE(edition.document.summary.impact,
                 "service-1 failed by service-2 (2 %), GET service-2/7; service-3/host-1 refused; "
                 "the checkouts of others did not");
        QCOMPARE(edition.clean("web_pool/web-02"), "service-3/host-1"); // as curves are called
    }

    void templatesAreRefusedForAReason() {
        QCOMPARE(builtInForms().size(), 6);
        for (const Form& form : builtInForms())
            QVERIFY(!form.sections.empty() && form.sections.front().part == Part::Head);
        for (const char* bad : {"", "[]", "{}", R"({"sections": [{"part": "nonsense"}]})",
                                R"({"sections": [{"part": "timeline"}, {"part": "timeline"}]})",
                                R"({"sections": [{"part": "well", "heading": "A"},
                                                 {"part": "wrong", "heading": "A"}]})"})
            QVERIFY2(!formFromJson(bad, "bad").has_value(), bad);
        QVERIFY(!formNamed("nonsense", "").has_value());
        // Documents name templates, too, and open no files by that.
        const QTemporaryDir dir;
        QFile file(dir.filePath("mine.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"sections": [{"part": "timeline"}]})");
        file.close();
        const std::string folder = dir.path().toStdString(), path = file.fileName().toStdString();
        QVERIFY(formNamed("mine", folder).has_value());
        QVERIFY(!formNamed(path, folder).has_value());
        QCOMPARE(formFromFile(path)->name, "mine");
        QCOMPARE(formNamed("", "")->name, "web-stack");
    }

    void aTemplateAsksWhereNothingIsSaid() {
        Postmortem d;
        const Form form = *formNamed("google-sre", "");
        askFor(form, d);
        QCOMPARE(d.introduction.size(), 1);
        QVERIFY(d.introduction[0].starts_with("[") && d.introduction[0].ends_with("?]"));
        const Postmortem before = d;
        askFor(form, d);
        QCOMPARE(d, before);
    }
};

QTEST_GUILESS_MAIN(TstChecks)
#include "tst_checks.moc"
