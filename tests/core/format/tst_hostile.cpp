// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes may stand in a log. No format may crash, hang or read beyond the line.
#include "core/format/catalogue.h"

#include <QTest>
#include <ctime>
#include <random>

using namespace postlude;

namespace {

std::vector<std::string> hostileLines() {
    std::vector<std::string> lines{
        "",
        " ",
        "\"",
        "[",
        "{",
        "<134>1 ",
        "{\"a\":",
        std::string(10, '\0'),
        std::string(100'000, '['),
        "{\"a\":" + std::string(5'000, '{'),
        std::string(200'000, 'a'),
        std::string(100'000, ' ') + "x",
        "2024-01-15 09:57:47,890 INFO " + std::string(50'000, ' '),
        "[Wed Feb 14 09:59:20 2024] [a:b] [pid 1] " + std::string(50'000, '('),
        "2024-01-15T09:59:15Z config " + std::string(50'000, '='),
        "\xFF\xFE\xFD",
        "2024-01-15T09:59:15Z [x] " + std::string(20'000, ' '),
        "<1>1 2024-01-15T09:59:15Z a b c d [x \"",
        "99/Jan/99999:99:99:99",
        "127.0.0.1:99999999999999999999 [15/Jan/2024:09:57:40.143] a b/c"};
    std::mt19937 random(7); // fixed: the same lines in every run
    const auto catalogue = Catalogue::builtIn();
    for (const auto& format : catalogue->formats())
        for (const std::string& sample : format->samples())
            for (int i = 0; i < 40; ++i) {
                std::string line = sample;
                for (int change = 0; change < 1 + i / 8; ++change)
                    line[random() % line.size()] = static_cast<char>(random());
                lines.push_back(i % 4 == 0 ? line.substr(0, random() % line.size()) : line);
            }
    return lines;
}

} // namespace

class TstHostile : public QObject {
    Q_OBJECT
private slots:
    void noLineBreaksAParser() {
        const auto catalogue = Catalogue::builtIn();
        const auto lines = hostileLines();
        const std::clock_t began = std::clock();
        std::size_t read = 0;
        for (const auto& format : catalogue->formats()) {
            if (format->wholeDocument()) continue;
            const auto parser = format->parser();
            Record record;
            for (const std::string& line : lines) {
                if (parser->parse(line, record) != LineVerdict::Record) continue;
                ++read;
                for (const auto& [name, value] : record.extra)
                    read += name.size() + value.size() == std::size_t(-1) ? 1 : 0;
            }
        }
        QVERIFY(read > 0);
        // Of the processor: minutes would be a pattern that goes back and forth.
        QVERIFY2((std::clock() - began) / CLOCKS_PER_SEC < 240, "a pattern takes too long");
    }

    void noTextBreaksADocument() {
        const auto catalogue = Catalogue::builtIn();
        std::string all;
        for (const std::string& line : hostileLines())
            all += line + '\n';
        const std::string alerts =
            "[{\"alerts\":[{\"labels\":{\"alertname\":\"a\"},\"startsAt\":\"x\"},7,";
        for (const auto& format : catalogue->formats()) {
            if (!format->wholeDocument()) continue;
            for (const std::string& text :
                 {std::string{}, all, alerts, std::string("commit abcdef1\nDate:"),
                  std::string("time,what,x\n\"a"), std::string("[{}{}{")}) {
                std::size_t outside = 0, unsaid = 0;
                (void)format->readDocument(
                    text,
                    [&](const Record&, const RecordPlace& place) {
                        outside += place.offset + place.bytes > text.size() ? 1 : 0;
                    },
                    [&](const Error& error) { unsaid += error.what.empty() ? 1 : 0; });
                QVERIFY2(outside == 0 && unsaid == 0, format->name().c_str());
            }
        }
        (void)catalogue->detect(all, true, "x");
        Catalogue copy = *catalogue;
        for (const char* path : {"haproxy.cfg", "nginx.conf", "apache2.conf", "Caddyfile"})
            (void)copy.addFromConfig(
                "frontend a\nhttp {\nlog_format x '\nLogFormat \"%\nlog-format \"%\n" + all, path);
    }
};

QTEST_GUILESS_MAIN(TstHostile)
#include "tst_hostile.moc"
