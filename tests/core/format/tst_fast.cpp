// SPDX-License-Identifier: GPL-3.0-or-later
// Every short cut reads a line as the long way does, or leaves it to that: tried on all samples
// and recorded logs and on what becomes of them when bytes are changed, lost, doubled or cut off.
#include "core/format/batch.h"
#include "core/format/catalogue.h"
#include "core/format/detail/dialects.h"
#include "core/format/detail/envelope.h"
#include "core/format/detail/plan.h"
#include "core/format/detail/readers.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>
#include <fmt/format.h>
#include <random>

using namespace postlude;

namespace {

std::vector<std::string> goodLines() {
    std::vector<std::string> lines;
    const auto catalogue = Catalogue::builtIn();
    for (const auto& format : catalogue->formats())
        for (const std::string& sample : format->samples())
            lines.push_back(sample);
    const QString folder = QStringLiteral(POSTLUDE_SOURCE_DIR "/tests/golden/format");
    for (QDirIterator it(folder, {"input"}, QDir::Files, QDirIterator::Subdirectories);
         it.hasNext();) {
        QFile file(it.next());
        if (!file.open(QIODevice::ReadOnly)) continue;
        for (const QByteArray& line : file.readAll().split('\n'))
            if (line.size() < 3'000) lines.push_back(line.toStdString());
    }
    return lines;
}

std::string damaged(std::string line, std::mt19937& random) {
    static constexpr std::string_view likely = " \"\\/:[]{}-,.0195+~<>\xEF";
    for (unsigned change = random() % 3; change < 3 && !line.empty(); ++change) {
        const std::size_t at = random() % line.size();
        switch (random() % 5) {
        case 0:
            line[at] = likely[random() % likely.size()];
            break;
        case 1:
            line.erase(at, 1 + random() % 4);
            break;
        case 2:
            line.insert(at, 1, likely[random() % likely.size()]);
            break;
        case 3:
            line.insert(at, line.substr(at, 1 + random() % 9));
            break;
        default:
            line.resize(at);
        }
    }
    return line;
}

/// All good lines and `each` damaged ones of each, in one order that is the same in every run.
std::vector<std::string> manyLines(int each) {
    std::vector<std::string> lines;
    std::mt19937 random(11);
    for (const std::string& line : goodLines()) {
        lines.push_back(line);
        for (int i = 0; i < each; ++i)
            lines.push_back(damaged(line, random));
    }
    return lines;
}

std::string shown(const WrittenTime& time) {
    return fmt::format("{} {} {} {}", time.local, time.offset.value_or(-1), time.hasYear,
                       time.isEnd);
}

std::string shown(const Record& r) {
    std::string text = fmt::format("{} {} {}", nameOf(r.kind), nameOf(r.level), shown(r.time));
    for (const std::string_view each : r.texts)
        text += fmt::format("|{}{}", each.data() == nullptr ? "-" : "=", each);
    for (const std::int64_t each : r.numbers)
        text += fmt::format("|{}", each);
    for (const auto& [name, value] : r.extra)
        text += fmt::format("|{}={}", name, value);
    return text;
}

std::vector<Program> programs() {
    std::vector<Program> all;
    for (const char* text : {"httplog", "tcplog", "httpslog", "clf",
                             "%ci:%cp [%t] %ft %b/%s %Tq/%Tw/%Tc/%Tr/%Tt %ST %{+Q}hs %{+Q}r %ID"})
        all.push_back(compileHaproxy(text, {{"host", "user-agent"}, {}}).value());
    for (const char* text :
         {"$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent "
          "\"$http_referer\" \"$http_user_agent\"",
          "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent "
          "\"$http_user_agent\" xff=\"$http_x_forwarded_for\" rid=$request_id "
          "upstream=$upstream_addr us=$upstream_status urt=$upstream_response_time "
          "rt=$request_time",
          "{\"t\":\"$time_iso8601\",\"u\":\"$request_uri\",\"a\":\"$http_user_agent\",\"s\":"
          "$status,\"up\":\"$upstream_addr\",\"d\":$request_time}"})
        all.push_back(compileNginx(text).value());
    for (const char* text : {"%h %l %u %t \"%r\" %>s %b", "%v:%p %h %l %u %t \"%r\" %>s %O %D"})
        all.push_back(compileApache(text).value());
    for (const char* text :
         {"{x_type=http|https|h2} {time_end} {frontend} {client} {server} {part_queue_s} "
          "{part_response_s} {part_x_sent_s} {status} {x_code} {bytes_received} {bytes_sent} "
          "\"{request_url}\" \"{user_agent}\" {x_cipher}{|} {x_protocol} {target_group}{|} "
          "\"{request_id}\"{|} {x_more}",
          "{client_ip} - {user} [{time}] {\"request\"} {status} {bytes_sent}{|} {duration_us}"})
        all.push_back(compileTemplate(text).value());
    return all;
}

/// Formats that read many lines at once, and some that configurations would make.
std::vector<std::shared_ptr<const Format>> batchFormats() {
    std::vector<std::shared_ptr<const Format>> all;
    const auto catalogue = Catalogue::builtIn();
    for (const auto& format : catalogue->formats())
        if (!format->wholeDocument() &&
            dynamic_cast<BatchParser*>(format->parser().get()) != nullptr)
            all.push_back(format);
    const auto add = [&all](Dialect dialect, std::string_view text,
                            const HaproxyCaptures& captures) {
        all.push_back(makeDialectFormat(dialect, {"made", "made", {}}, text, captures).value());
    };
    add(Dialect::Haproxy, "httplog", {{"host", "user-agent"}, {}});
    add(Dialect::Haproxy, "%ci:%cp [%t] %ft %b/%s %Tq/%Tw/%Tc/%Tr/%Tt %ST %{+Q}hs %{+Q}r %ID", {});
    add(Dialect::Nginx,
        "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent "
        "\"$http_user_agent\" xff=\"$http_x_forwarded_for\" rid=$request_id "
        "upstream=$upstream_addr us=$upstream_status urt=$upstream_response_time rt=$request_time",
        {});
    return all;
}

/// Lines that it reads, in runs of their kind, with a damaged one now and then.
std::vector<std::string> linesFor(const Format& format) {
    std::vector<std::string> lines;
    std::mt19937 random(7);
    const auto parser = format.parser();
    Record record;
    for (std::string line : goodLines()) {
        std::ranges::replace(line, '\n', ' ');
        if (parser->parse(line, record) != LineVerdict::Record && random() % 20 > 0) continue;
        for (int run = 0; run < 20; ++run) {
            lines.insert(lines.end(), random() % 12, line);
            if (run > 0) lines.push_back(damaged(line, random));
        }
    }
    for (std::string& line : lines)
        std::ranges::replace(line, '\n', ' ');
    return lines;
}

/// What the parser makes of the line: its fields by name, in no order.
std::string shownOf(LineVerdict verdict, Record record) {
    std::ranges::sort(record.extra);
    return verdict == LineVerdict::Record ? shown(record)
                                          : std::to_string(static_cast<int>(verdict));
}

/// Of each line of `text`, read together where that can be; how many were.
std::size_t readTogether(const Format& format, std::string_view text,
                         std::vector<std::string>& shownLines) {
    const auto parser = format.parser();
    auto& many = dynamic_cast<BatchParser&>(*parser);
    const auto batch = std::make_unique<RecordBatch>();
    Record record;
    std::size_t together = 0;
    while (!text.empty()) {
        const std::size_t taken = many.parseMany(text, 2'000, 20, *batch);
        for (std::size_t row = 0; taken > 0 && row < batch->rows; ++row)
            shownLines.push_back(shownOf(LineVerdict::Record, batch->record(row)));
        together += taken > 0 ? batch->rows : 0;
        text.remove_prefix(taken);
        if (taken > 0) continue;
        const std::size_t end = std::min(text.find('\n'), text.size() - 1);
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        const LineVerdict verdict = parser->parse(line, record);
        shownLines.push_back(shownOf(verdict, record));
        text.remove_prefix(end + 1);
    }
    return together;
}

} // namespace

class TstFast : public QObject {
    Q_OBJECT
private slots:
    void plansReadAsTheScanner() {
        const auto lines = manyLines(300);
        std::size_t fast = 0;
        std::size_t all = 0;
        for (const Program& program : programs()) {
            const Plan plan(program);
            PlanRunner runner;
            Scanner scanner;
            Record quick;
            Record slow;
            for (std::string_view line : lines) {
                TimeReader times;
                Record head;
                (void)takeEnvelope(line, times, head);
                quick.clear();
                slow.clear();
                const bool wanted = scanner.run(program, line, slow);
                all += wanted ? 1 : 0;
                if (!runner.run(plan, line, quick)) continue;
                ++fast;
                QVERIFY2(wanted, std::string(line).c_str());
                QVERIFY2(shown(quick) == shown(slow),
                         (std::string(line) + '\n' + shown(quick) + '\n' + shown(slow)).c_str());
            }
        }
        QVERIFY(fast > 3'000);
        QVERIFY2(fast * 20 > all * 15, "most lines go the short way");
    }

    void manyLinesAreReadAsOneByOne() {
        std::size_t all = 0;
        for (const auto& format : batchFormats()) {
            const auto lines = linesFor(*format);
            std::string text;
            for (const std::string& line : lines)
                text += line + (line.size() % 7 == 0 ? "\r\n" : "\n");
            std::vector<std::string> together;
            all += readTogether(*format, text, together);
            QCOMPARE(together.size(), lines.size());
            const auto parser = format->parser();
            Record record;
            for (std::size_t i = 0; i < lines.size(); ++i) {
                std::string_view line = lines[i];
                if (line.ends_with('\r')) line.remove_suffix(1);
                const LineVerdict verdict = parser->parse(line, record);
                const std::string alone = shownOf(verdict, record);
                QVERIFY2(
                    together[i] == alone,
                    (format->name() + '\n' + lines[i] + '\n' + together[i] + '\n' + alone).c_str());
            }
        }
        QVERIFY2(all > 50'000, std::to_string(all).c_str());
    }

    void blanksBehindALineAreNoneOfIt() {
        const auto format = makeTemplateFormat({"made", "made", {}},
                                               {{"format", "{client_ip} [{time}] {x_a}{|} {x_b}"}})
                                .value();
        const std::string begin = "192.0.2.7 [15/Jan/2024:09:57:48 +0000] ";
        const std::string lines = begin + "a b\n" + begin + "a\n" + begin + "\n" + begin + "a b\n";
        std::vector<std::string> together;
        QVERIFY(readTogether(*format, lines + lines, together) > 0);
        const auto parser = format->parser();
        Record record;
        for (std::size_t i = 0; i < 3; ++i) {
            const std::string line = begin + (i == 0 ? "a b" : i == 1 ? "a" : "");
            const LineVerdict verdict = parser->parse(line, record);
            QCOMPARE(QString::fromStdString(together[i]),
                     QString::fromStdString(shownOf(verdict, record)));
        }
    }

    void headsAreReadAsTheFirstTime() {
        HeadReader heads;
        TimeReader times;
        std::size_t read = 0;
        for (const std::string& line : manyLines(20))
            for (int again = 0; again < 2; ++again) {
                TimeReader fresh;
                std::string_view quickLine = line;
                std::string_view slowLine = line;
                Record quick;
                Record slow;
                const bool wanted = takeEnvelope(slowLine, fresh, slow);
                QCOMPARE(heads.take(quickLine, times, quick), wanted);
                QCOMPARE(std::string(quickLine), std::string(slowLine));
                QCOMPARE(shown(quick), shown(slow));
                read += wanted ? 1 : 0;
            }
        QVERIFY(read > 1'000);
    }

    void stampsAreReadAsTheFirstTime() {
        std::mt19937 random(5);
        TimeReader times;
        for (const std::string stamp :
             {"15/Jan/2024:09:57:40.143", "10/Nov/2023:23:56:20 +0000", "2024-01-15T09:57:40,143Z",
              "2024-01-15 09:57:40.143 +05:30", "Wed Feb 14 09:59:20.016 2024", "Jan 15 09:57:40",
              "Jan 15, 2024 9:57:40 PM", "2024/01/15 12:00:60", "1705312776.262773",
              "15-Jan-2024 09:57:40.143", "20240115 095740", "2024-01-15T00:00:00.1234567890Z"})
            for (int i = 0; i < 3'000; ++i) {
                std::string text = stamp;
                if (i % 4 != 0)
                    text[random() % text.size()] = "0123456789: .,+-PAZT"[random() % 20];
                if (i % 7 == 0) text = damaged(stamp, random);
                WrittenTime quick;
                WrittenTime slow;
                const bool wanted = TimeReader().whole(text, slow);
                QVERIFY2(times.whole(text, quick) == wanted, text.c_str());
                if (wanted) QVERIFY2(shown(quick) == shown(slow), text.c_str());
            }
    }
};

QTEST_GUILESS_MAIN(TstFast)
#include "tst_fast.moc"
