// SPDX-License-Identifier: GPL-3.0-or-later
// Charts of what the kept series do not hold: any numeric field, any group, measured values. Each
// is read by itself, off the GUI thread, for as much time as the others show.
#include "ui/investigate/anotherchart.h"
#include "ui/investigate/chartstack.h"

#include <QActionGroup>
#include <QMenu>

namespace postlude {

void ChartStack::loadOwn(const SeriesRequest& wanted) {
    for (const Plot& plot : plots())
        if (plot.kind == Plot::Field || plot.kind == Plot::Metric) loadOne(plot, wanted);
}

void ChartStack::loadOne(const Plot& plot, const SeriesRequest& wanted) {
    const QString id = idOf(plot);
    const auto take = [this, id, plot](ChartContent content) {
        own_.insert(id, std::move(content));
        if (TimeChart* here = chart(plot)) showChart(*here);
    };
    if (plot.kind == Plot::Metric) {
        const auto all = measured_->all();
        if (!all) return; // it comes back here when they are read
        const auto it = std::ranges::find(*all, plot.of.toStdString(), &Metric::name);
        if (it != all->end()) take(metricContent(*it, wanted.window, wanted.bucket));
        return;
    }
    FieldSeriesRequest request;
    request.window = wanted.window;
    request.bucket = wanted.bucket;
    request.clock = wanted.clock;
    request.field = plot.of.toStdString();
    request.group = plot.group;
    if (auto filter = Filter::parse(session_->selection().place().filter.toStdString()))
        request.filter = std::move(*filter);
    session_->run(
        QStringLiteral("charts.") + id, this,
        [query = session_->sharedQuery(), request](std::stop_token stop) {
            return fieldSeries(*query, request, std::move(stop));
        },
        [this, take, plot](const Result<FieldSeries>& series) {
            if (!series) return session_->tellFault(series.error());
            take(fieldContent(plot, *series, servers_));
            if (series->cut)
                Q_EMIT told(tr("%1: there are too many records in this window to read them all")
                                .arg(titleOf(plot)));
        });
}

/// A chart by another group takes the place of the one before.
void ChartStack::groupBy(const Plot& plot, FieldGroup group) {
    const Plot next = Plot::field(plot.kind == Plot::Field ? plot.of : QString(), group);
    if (chart(next)) return;
    arrangement_->change(tr("Group a chart"), [&] { putInstead(plot, next); });
}

void ChartStack::putInstead(const Plot& plot, const Plot& next) {
    TimeChart* before = chart(plot);
    const int at = rows_->indexOf(before);
    const QList<int> sizes = rows_->sizes();
    put(next);
    rows_->insertWidget(at + 1, chart(next));
    if (plot.kind == Plot::Field) {
        take(plot);
        rows_->setSizes(sizes);
    }
}

void ChartStack::fillGroups(QMenu& menu, const Plot& plot) {
    if (plot.kind != Plot::Field && plot.kind != Plot::Requests) return;
    QMenu* groups = menu.addMenu(tr("Group by"));
    for (int i = 0; i < kFieldGroups; ++i) {
        const auto group = static_cast<FieldGroup>(i);
        const bool none = group == FieldGroup::None;
        // Requests have a chart of their own where all are counted, and by server.
        if (plot.of.isEmpty() && (none || group == FieldGroup::Server)) continue;
        QAction* action = groups->addAction(none ? tr("nothing") : titleOf(group));
        action->setCheckable(true);
        action->setChecked(plot.kind == Plot::Field && plot.group == group);
        connect(action, &QAction::triggered, this, [this, plot, group] { groupBy(plot, group); });
    }
}

void ChartStack::openAnother() {
    if (!session_) return;
    AnotherChartDialog dialog(*measured_, *fields_, this);
    if (dialog.exec() == QDialog::Accepted && dialog.chosen()) add(*dialog.chosen());
}

} // namespace postlude
