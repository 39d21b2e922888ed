// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <QtTest>

using namespace postlude;
using namespace std::string_literals;

namespace {

struct Row {
    std::string in;
    std::string out;
};

void check(std::string (*make)(std::string_view), const std::vector<Row>& rows) {
    for (const Row& row : rows)
        QCOMPARE(QByteArray::fromStdString(make(row.in)), QByteArray::fromStdString(row.out));
}

} // namespace

class TstText : public QObject {
    Q_OBJECT

private slots:
    void bytesBecomeValid() {
        check(validUtf8, {{"plain", "plain"},
                          {"caf\xc3\xa9", "café"},
                          {"caf\xe9 x", "caf\uFFFD x"},
                          {"\xc0\xaf", "\uFFFD\uFFFD"},           // overlong slash
                          {"\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"}, // surrogate
                          {"\xf0\x9f\x98", "\uFFFD\uFFFD\uFFFD"}, // cut short
                          {"\xf5\x80\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
                          {"a\0b"s, "a\0b"s}});
    }

    void trickeryBecomesVisible() {
        check(visible, {{"a\tb", "a b"},
                        {"\x1b[31mred", "␛[31mred"},
                        {"a\0b"s, "a␀b"},
                        {"x\u202Egnp.exe", "x‹U+202E›gnp.exe"},
                        {"zero\u200Bwidth", "zero‹U+200B›width"},
                        {"line\r\n", "line␍␊"},
                        {"del\x7f", "del␡"},
                        {"日本 ü", "日本 ü"}});
    }

    void jsonIsQuoted() {
        check(jsonQuoted, {{"a\"b\\c", "\"a\\\"b\\\\c\""},
                           {"\n\t\r\x01\x7f", "\"\\n\\t\\r\\u0001\\u007f\""},
                           {"\xff", "\"\uFFFD\""},
                           {"", "\"\""}});
    }

    void htmlIsEscaped() {
        check(htmlEscaped,
              {{"<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
               {"\"a\" & b", "&quot;a&quot; &amp; b"},
               {"\x1b", "␛"}});
    }

    void spreadsheetsRunNothing() {
        check(csvQuoted, {{"=1+1", "\"'=1+1\""},
                          {"+49", "\"'+49\""},
                          {"-1", "\"'-1\""},
                          {"@x", "\"'@x\""},
                          {"say \"hi\", ok", "\"say \"\"hi\"\", ok\""},
                          {"plain", "\"plain\""}});
    }

    void fileNamesAreHarmless() {
        check(fileNameFrom, {{"Outage of 15 Jan", "Outage-of-15-Jan"},
                             {"../../etc/passwd", "etc-passwd"},
                             {"....", "untitled"},
                             {"", "untitled"},
                             {"a/b\\c:d", "a-b-c-d"},
                             {"日本", "untitled"}});
        QVERIFY(fileNameFrom(std::string(500, 'x')).size() <= 80);
    }

    void numbersAreGrouped() {
        QCOMPARE(grouped(21597), "21\u202F597"s);
        QCOMPARE(grouped(999), "999"s);
        QCOMPARE(grouped(-1234567), "−1\u202F234\u202F567"s);
        QCOMPARE(grouped(0), "0"s);
    }

    void blanksAreTrimmed() {
        QCOMPARE(std::string(trimmed(" \t x y\r\n")), "x y"s);
        QCOMPARE(std::string(trimmed("   ")), ""s);
    }
};

QTEST_GUILESS_MAIN(TstText)
#include "tst_text.moc"
