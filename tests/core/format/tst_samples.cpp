// SPDX-License-Identifier: GPL-3.0-or-later
// Every built-in format reads its own sample lines, and is found by them.
#include "core/format/catalogue.h"

#include <QTest>

using namespace postlude;

class TstSamples : public QObject {
    Q_OBJECT
private slots:
    void everySampleIsRead() {
        const auto catalogue = Catalogue::builtIn();
        QVERIFY2(catalogue.has_value(), catalogue ? "" : describe(catalogue.error()).c_str());
        QVERIFY(catalogue->formats().size() > 25);
        for (const auto& format : catalogue->formats()) {
            if (format->wholeDocument()) continue;
            QVERIFY2(!format->samples().empty(), format->name().c_str());
            for (const std::string& sample : format->samples()) {
                const auto parser = format->parser();
                Record record;
                QVERIFY2(parser->parse(sample, record) == LineVerdict::Record,
                         (format->name() + ": " + sample).c_str());
                QVERIFY2(record.time.known(), (format->name() + " has no time: " + sample).c_str());
            }
        }
    }

    void namesAreUnique() {
        const auto catalogue = Catalogue::builtIn();
        for (const auto& format : catalogue->formats())
            QCOMPARE(catalogue->named(format->name()), format);
    }
};

QTEST_GUILESS_MAIN(TstSamples)
#include "tst_samples.moc"
