// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/findings/evidencetext.h"

#include "core/base/text.h"
#include "ui/common/shown.h"

#include <QCoreApplication>
#include <QStringList>

namespace postlude {

namespace {

QString shownName(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return QString::fromStdString(
        visible(slash == std::string::npos ? path : path.substr(slash + 1)));
}

QString lineRange(const Evidence& e) {
    if (e.firstLine == 0) return {};
    QString range = QLatin1Char(':') + QString::number(e.firstLine);
    if (e.lastLine > e.firstLine) range += QChar(0x2013) + QString::number(e.lastLine);
    return range;
}

std::uint64_t linesOf(const Evidence& e) {
    return e.firstLine == 0 ? 0 : std::max(e.lastLine, e.firstLine) - e.firstLine + 1;
}

/// What is no chart of ours keeps its name.
QString chartName(const std::string& chart) {
    if (chart == "errors")
        return QCoreApplication::translate("evidence", "errors", "name of a chart");
    if (chart == "requests")
        return QCoreApplication::translate("evidence", "requests", "name of a chart");
    if (chart == "share")
        return QCoreApplication::translate("evidence", "share", "name of a chart");
    if (chart == "latency")
        return QCoreApplication::translate("evidence", "latency", "name of a chart");
    return shownWhole(chart);
}

} // namespace

QString linkText(const Evidence& evidence) {
    if (!evidence.source.empty()) return shownName(evidence.source) + lineRange(evidence);
    return QCoreApplication::translate("evidence", "chart: %1").arg(chartName(evidence.chart));
}

QString linkText(const std::vector<Evidence>& evidence) {
    if (evidence.empty()) return {};
    if (evidence.size() == 1 && !evidence[0].source.empty()) return linkText(evidence[0]);
    std::uint64_t lines = 0;
    int charts = 0, sources = 0;
    for (const Evidence& e : evidence) {
        lines += linesOf(e);
        e.source.empty() ? ++charts : ++sources;
    }
    QStringList parts;
    if (charts) parts << QCoreApplication::translate("evidence", "chart");
    if (sources)
        parts << QCoreApplication::translate("evidence", "%1 lines", nullptr, counted(lines))
                     .arg(lines);
    return parts.join(QStringLiteral(" · "));
}

QString fullText(const Evidence& evidence) {
    if (!evidence.source.empty()) return shownWhole(evidence.source) + lineRange(evidence);
    return linkText(evidence);
}

} // namespace postlude
