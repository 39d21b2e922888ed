// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/bundle.h"

#include <QStringEncoder>
#include <QtTest>

using namespace postlude;
using namespace std::string_literals;

namespace {

std::string encoded(const QString& text, QStringConverter::Encoding encoding, bool mark) {
    const auto flag = mark ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default;
    QStringEncoder encoder(encoding, flag);
    const QByteArray bytes = encoder.encode(text);
    return bytes.toStdString();
}

std::string decoded(std::string_view bytes, std::size_t step) {
    Decoder decoder;
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += step)
        out += decoder.decode(bytes.substr(at, step), false);
    return out + decoder.decode({}, true);
}

} // namespace

class TstDecoder : public QObject {
    Q_OBJECT

private slots:
    void decodes_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("text");
        const QString line =
            QString::fromUtf8("2024-01-15 ERROR café 日本 😀 failed\r\nnext line\n");
        const QByteArray utf8 = line.toUtf8();
        const auto row = [&](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << utf8;
        };
        row("UTF-8", line.toStdString());
        row("UTF-8 with mark", "\xef\xbb\xbf" + line.toStdString());
        row("UTF-16 LE with mark", encoded(line, QStringConverter::Utf16LE, true));
        row("UTF-16 BE with mark", encoded(line, QStringConverter::Utf16BE, true));
        row("UTF-16 LE without mark", encoded(line, QStringConverter::Utf16LE, false));
        row("UTF-16 BE without mark", encoded(line, QStringConverter::Utf16BE, false));
        QTest::newRow("Latin-1 stays") << QByteArray("caf\xe9\n") << QByteArray("caf\xe9\n");
        QTest::newRow("empty") << QByteArray() << QByteArray();
        QTest::newRow("mark alone") << QByteArray("\xef\xbb\xbf") << QByteArray();
        QTest::newRow("lone surrogate") << QByteArray("\xff\xfe\x00\xd8"
                                                      "a\0",
                                                      6)
                                        << QByteArray("\xef\xbf\xbd"
                                                      "a");
        QTest::newRow("half a character") << QByteArray("\xff\xfe"
                                                        "a\0b",
                                                        5)
                                          << QByteArray("a\xef\xbf\xbd");
    }
    void decodes() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, text);
        for (const std::size_t step : {1U, 3U, 7U, 100'000U})
            QCOMPARE(QByteArray::fromStdString(decoded(bytes.toStdString(), step)), text);
        QCOMPARE(needsDecoding(bytes.toStdString()), bytes != text);
    }

    void tellsBinary_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("binary");
        const auto row = [](const char* name, const std::string& bytes, bool binary) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << binary;
        };
        std::string codes;
        for (int i = 0; i < 4096; ++i)
            codes += static_cast<char>(i * 7);
        row("log", "Jan 15 09:57:40 lb-01 haproxy[3688]: started\n", false);
        row("coloured log", "\x1b[31mERROR\x1b[0m failed\n", false);
        row("Latin-1", std::string(200, '\xe9') + "\n", false);
        row("log with a run of NULs", "line one\n" + std::string(50, '\0') + "line two\n", false);
        row("UTF-16", "\xff\xfe" + "l\0o\0g\0"s, false);
        row("empty", "", false);
        row("picture", "\x89PNG\r\n\x1a\n", true);
        row("program",
            "\x7f"
            "ELF\x02\x01\x01",
            true);
        row("database", "SQLite format 3\0"s, true);
        row("any bytes", codes, true);
        row("zeros", std::string(5000, '\0'), true);
    }
    void tellsBinary() {
        QFETCH(QByteArray, bytes);
        QTEST(looksBinary(bytes.toStdString()), "binary");
    }
};

QTEST_GUILESS_MAIN(TstDecoder)
#include "tst_decoder.moc"
