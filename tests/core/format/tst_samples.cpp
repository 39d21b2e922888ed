// SPDX-License-Identifier: GPL-3.0-or-later
// Every built-in format reads its own sample lines, and is found by them.
#include "core/format/catalogue.h"

#include <QSet>
#include <QTest>

using namespace postlude;

namespace {

/// Logs whose lines bear no date at all.
bool isTimeless(const std::string& name) {
    static const QSet<QString> names{"kernel-ring",
                                     "python-basic",
                                     "dotnet-console",
                                     "logfmt",
                                     "json-lines",
                                     "java-gc",
                                     "systemd-console",
                                     "ansible",
                                     "kubectl-events",
                                     "kubectl-rollout",
                                     "jenkins",
                                     "gitlab-job",
                                     "git-oneline",
                                     "kubectl-rollout-history",
                                     "uvicorn",
                                     "memcached",
                                     "level-message",
                                     "logrus-console",
                                     "blank",
                                     "coredns",
                                     "keepalived",
                                     "aws-lambda",
                                     "morgan",
                                     "elixir-logger",
                                     "clock-message",
                                     "terraform-output",
                                     "apache-error-bare"};
    return names.contains(QString::fromStdString(name));
}

} // namespace

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
                // A sample may be an entry of several lines.
                const auto parser = format->parser();
                Record record;
                int records = 0;
                for (const auto& line : QString::fromStdString(sample).split('\n')) {
                    const std::string text = line.toStdString();
                    const LineVerdict verdict = parser->parse(text, record);
                    QVERIFY2(verdict != LineVerdict::Unread,
                             (format->name() + ": " + text).c_str());
                    if (verdict != LineVerdict::Record) continue;
                    ++records;
                    QVERIFY2(record.time.known() || isTimeless(format->name()),
                             (format->name() + " has no time: " + text).c_str());
                }
                QVERIFY2(records == 1, (format->name() + ": " + sample).c_str());
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
