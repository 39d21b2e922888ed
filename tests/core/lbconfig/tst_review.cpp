// SPDX-License-Identifier: GPL-3.0-or-later
// Goldens: "#! rule …" says which findings the next line gets. What has none is sound.
#include "core/lbconfig/review.h"

#include <QDirIterator>
#include <QtTest>

#include <set>

using namespace postlude;

namespace {

const QString kGoldens = QStringLiteral(POSTLUDE_SOURCE_DIR "/tests/core/lbconfig/golden");

QByteArray contents(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) qFatal("%s", qPrintable(path));
    return file.readAll();
}

/// "12 weights-apart", one a finding.
QStringList expected(const QByteArray& text) {
    QStringList out;
    const auto lines = text.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArray line = lines[i].trimmed();
        if (!line.startsWith("#!")) continue;
        for (const QByteArray& rule : line.mid(2).trimmed().split(' '))
            out << QStringLiteral("%1 %2").arg(i + 2).arg(QString::fromUtf8(rule));
    }
    out.sort();
    return out;
}

BalancerConfig parsed(const QString& path) {
    const QByteArray text = contents(path);
    const auto dialect = configDialectNamed(path.mid(kGoldens.size()).toStdString());
    if (!dialect) qFatal("%s", qPrintable(path));
    const std::string_view view(text.constData(), std::size_t(text.size()));
    auto config = parseConfig(*dialect, view, path.toStdString());
    if (!config) qFatal("%s: %s", qPrintable(path), config.error().what.c_str());
    return *config;
}

QStringList shown(const std::vector<ConfigFinding>& findings) {
    QStringList out;
    for (const ConfigFinding& f : findings)
        out << QStringLiteral("%1 %2").arg(f.line).arg(QString::fromStdString(f.rule));
    out.sort();
    return out;
}

} // namespace

class TstReview : public QObject {
    Q_OBJECT
private slots:
    void goldens_data() {
        QTest::addColumn<QString>("path");
        for (const char* dialect : {"haproxy", "nginx", "apache", "caddy", "traefik", "envoy"}) {
            QDirIterator it(kGoldens + '/' + QLatin1String(dialect), QDir::Files);
            while (it.hasNext()) {
                const QString path = it.next();
                QTest::newRow(qPrintable(path.mid(kGoldens.size() + 1))) << path;
            }
        }
    }
    void goldens() {
        QFETCH(QString, path);
        const BalancerConfig config = parsed(path);
        const QByteArray text = contents(path);
        const auto byText = configDialectOf({text.constData(), std::size_t(text.size())});
        QVERIFY(byText.has_value());
        QCOMPARE(int(*byText), int(config.dialect));
        const auto findings = reviewConfig(config);
        QCOMPARE(shown(findings).join('\n'), expected(text).join('\n'));
        for (const ConfigFinding& f : findings) {
            QVERIFY(configRule(f.rule) != nullptr);
            QVERIFY(!f.what.empty() && !f.why.empty() && !f.remedy.empty());
            QCOMPARE(f.file, config.path);
        }
    }
    void changes_data() {
        QTest::addColumn<QString>("path");
        QDirIterator it(kGoldens + QStringLiteral("/change"), QDir::Files);
        while (it.hasNext()) {
            const QString path = it.next();
            if (!path.contains(QStringLiteral(".old.")))
                QTest::newRow(qPrintable(path.mid(kGoldens.size() + 1))) << path;
        }
    }
    void changes() {
        QFETCH(QString, path);
        const BalancerConfig after = parsed(path);
        const qsizetype dot = path.lastIndexOf('.');
        const BalancerConfig before =
            parsed(path.left(dot) + QStringLiteral(".old") + path.mid(dot));
        QCOMPARE(shown(reviewChange(before, after)).join('\n'),
                 expected(contents(path)).join('\n'));
        QVERIFY(reviewChange(after, after).empty());
    }
};

QTEST_GUILESS_MAIN(TstReview)
#include "tst_review.moc"
