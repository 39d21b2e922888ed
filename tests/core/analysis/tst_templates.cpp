// SPDX-License-Identifier: GPL-3.0-or-later
// Message templates: what is masked by its look, and what becomes one template.
#include "core/analysis/detail/masks.h"
#include "core/analysis/templates.h"

#include <QtTest>

#include <random>
#include <set>

using namespace postlude;

namespace {

/// Masked, with what people see for a value.
QString masked(const QString& text) {
    std::string out;
    detail::mask(text.toStdString(), out);
    return QString::fromStdString(out)
        .replace(QChar(detail::kVariable), "<*>")
        .replace(QChar(detail::kGlue), " ");
}

using Texts = std::vector<std::string>;

/// The template of each message.
Texts templatesOf(const Texts& messages) {
    TemplateMiner miner;
    std::vector<std::uint32_t> groups;
    for (const std::string& m : messages)
        groups.push_back(miner.add(m));
    const auto settled = miner.settled();
    Texts out;
    for (const std::uint32_t g : groups)
        out.push_back(settled.texts[settled.ofGroup[g]]);
    return out;
}

std::string numbered(const char* before, std::uint32_t n, const char* after) {
    return before + std::to_string(n) + after;
}

} // namespace

class TstTemplates : public QObject {
    Q_OBJECT
private slots:
    void valuesAreKnownByTheirLook_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* text, const char* expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("took 160 ms", "took <*> ms");
        row("freed 1293 bytes (1.26 KB), 5.2 KB left", "freed <*> bytes (<*> KB), <*> KB left");
        row("took 1.5s of 3m12s, load 0.93", "took <*> of <*>, load <*>");
        row("exit code -9, offset +2.5", "exit code <*>, offset <*>");
        row("upstream 192.0.2.17:8080 is down", "upstream <*>:<*> is down");
        row("peer [2001:db8::1]:443", "peer [<*>]:<*>");
        row("mac 5c:50:15:4c:18:13 at 10:22:01.5", "mac <*> at <*>:<*>:<*>");
        row("CCFile::open of std::string", "CCFile::open of std::string");
        row("id 76fe6715-3d27-4f21-aa35-c88c1ea820e8 gone", "id <*> gone");
        row("open() \"/var/www/a b\" failed", "open() \"<*> b\" failed");
        row("directory index of / and and/or /etc/", "directory index of / and and/or <*>");
        row("\"GET /a/b?c=d&e=f HTTP/1.1\" 502", "\"GET <*>\" <*>");
        row("see https://www.shop.example/a?b=c#d.", "see https://<*>.");
        row("log C:\\Temp\\a.log done", "log <*> done");
        row("mail.shop.example:25 refused", "<*>:<*> refused");
        row("web-01.fra.shop.example is slow", "<*> is slow");
        row("com.example.shop.Cart.add failed", "com.example.shop.Cart.add failed");
        row("at main.go:112 worker.py", "at main.go:<*> worker.py");
        row("eth0 up, IPv6 ready, vlan1234 v2", "eth0 up, IPv6 ready, <*> <*>");
        row("ok=true err=null name=root", "ok=<*> err=<*> name=root");
        row("at 0x7f961cf08cf0 deadbeef feed", "at <*> <*> feed");
        row("blk_-6952295868487656571 x_12_y", "<*> <*>");
        row("init2() of jk2_init(3)", "init2() of <*>(<*>)");
        row("at Fri Jul  1 07:57:30 2022 may 3", "at <*> <*> <*> <*>:<*>:<*> <*> <*> <*>");
        row("you may go, mon ami", "you may go, mon ami");
        row("  a\tb \x01 c  ", "a b c");
        row("drop 1 2 3 4 5 6 7 8 9 10 11 done", "drop <*> done");
        row("drop 1 2 3 4 5 6 7 8 done", "drop <*> <*> <*> <*> <*> <*> <*> <*> done");
        row("für 3 Gäste", "für <*> Gäste");
        row("", "");
        row("-", "-");
        row("/ : // http:// 1.", "/ : // http:// <*>.");
    }
    void valuesAreKnownByTheirLook() {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(masked(text), expected);
    }
    void manyNamesAreAVariable() {
        Texts messages;
        for (const char* user : {"anna", "ben", "carl", "dora", "emil"})
            messages.push_back(std::string("Invalid user ") + user + " from 192.0.2.1 port 22");
        for (const std::string& t : templatesOf(messages))
            QCOMPARE(t, std::string("Invalid user <*> from <*> port <*>"));
    }
    void fewNamesAreNotAVariable() {
        const auto found =
            templatesOf({"Server app/web1 is UP, 3 active", "Server app/web2 is UP, 2 active",
                         "Server app/web1 is DOWN, 1 active", "Server app/web9 is DOWN, 0 active",
                         "Server app/web8 is DOWN, 0 active"});
        QCOMPARE(found[0], std::string("Server app/<*> is UP, <*> active"));
        QCOMPARE(found[1], found[0]);
        QCOMPARE(found[2], std::string("Server app/<*> is DOWN, <*> active"));
        QCOMPARE(found[4], found[2]);
    }
    void otherUnitsAreTheSameMessage() {
        const auto found =
            templatesOf({"freed 10 KB in all", "freed 2.5 MB in all", "freed 12 bytes in all"});
        QCOMPARE(found[0], std::string("freed <*> in all"));
        QCOMPARE(found[1], found[0]);
        QCOMPARE(found[2], found[0]);
        QCOMPARE(templatesOf({"freed 10 KB", "freed 2 KB"})[0], std::string("freed <*> KB"));
    }
    void firstWordsMayVary() {
        Texts messages;
        for (const char* job : {"mail", "backup", "report", "sitemap", "billing"})
            messages.push_back(std::string(job) + ".daily: told to run before its time, ignored");
        for (const std::string& t : templatesOf(messages))
            QCOMPARE(t, std::string("<*>.daily: told to run before its time, ignored"));
    }
    void otherMessagesDoNotMatter() {
        Texts one, mixed;
        for (std::uint32_t i = 0; i < 50; ++i) {
            one.push_back(numbered("worker ", i, " finished its job"));
            mixed.push_back(one.back());
            mixed.push_back(numbered("checkpoint complete: wrote ", i, " buffers"));
        }
        mixed.insert(mixed.begin(), "could not connect to the database");
        const auto found = templatesOf(mixed);
        QCOMPARE(found[1], templatesOf(one)[0]);
        QCOMPARE(std::set<std::string>(found.begin(), found.end()).size(), 3U);
    }
    void sameInputSameOutput() {
        std::mt19937 dice(5);
        const char* words[] = {"open", "close", "read", "write", "fail", "of",
                               "file", "node",  "7",    "x1y2",  "a=b",  "a=5"};
        Texts messages;
        for (int i = 0; i < 5000; ++i) {
            std::string m;
            for (std::uint32_t k = dice() % 9; k-- > 0;)
                m += std::string(words[dice() % std::size(words)]) + ' ';
            messages.push_back(std::move(m));
        }
        QCOMPARE(templatesOf(messages), templatesOf(messages));
    }
    void memoryHasABound() {
        TemplateMiner miner;
        std::mt19937 dice(9);
        std::uint32_t most = 0;
        for (int i = 0; i < 30'000; ++i) { // nothing in common
            std::string m;
            for (int k = 0; k < 12; ++k)
                for (int c = 0; c < (k == 0 ? 2 : 6); ++c)
                    m += c == 5 ? ' ' : char('g' + dice() % 20);
            most = std::max(most, miner.add(m));
        }
        QVERIFY(miner.full());
        QVERIFY(most < TemplateMiner::kMost);
        QVERIFY(miner.settled().texts.size() <= TemplateMiner::kMost);
    }
    void anyBytesAreTaken() {
        TemplateMiner miner;
        std::mt19937 dice(3);
        for (int i = 0; i < 3000; ++i) {
            std::string m(dice() % 60, ' ');
            for (char& c : m)
                c = i % 2 ? char(dice() % 256) : " ./:-_0aF<=\"(["[dice() % 14];
            miner.add(m);
        }
        miner.add(std::string(5'000'000, '/'));
        miner.add(std::string(100'000, '1') + '\n' + "not looked at");
        for (const std::string& t : miner.settled().texts)
            for (const char c : t)
                QVERIFY(std::uint8_t(c) >= 32 && c != 127);
    }
};

QTEST_GUILESS_MAIN(TstTemplates)
#include "tst_templates.moc"
