// SPDX-License-Identifier: GPL-3.0-or-later
// Which charts are shown and how, the menu of each, and taking one elsewhere.
#include "ui/common/evidencedrag.h"
#include "ui/common/shown.h"
#include "ui/investigate/chartstack.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QJsonArray>
#include <QMenu>
#include <QMimeData>
#include <QSaveFile>
#include <QSplitter>

namespace postlude {

std::vector<Plot> ChartStack::usualPlots() {
    return {Plot::Requests, Plot::Share, Plot::Errors, Plot::Latency};
}

TimeChart* ChartStack::make(const Plot& plot) {
    auto* chart = new TimeChart(plot, navigator_, rows_);
    chart->setSession(session_);
    chart->setHidden(hidden_);
    chart->setSilences(silences_);
    connect(chart, &TimeChart::legendPressed, this, &ChartStack::press);
    connect(chart, &TimeChart::maximiseWanted, this,
            [this, plot] { maximise(maximised_ == plot ? std::nullopt : std::optional(plot)); });
    connect(chart, &TimeChart::dragWanted, this, [this, chart, plot] {
        if (session_) dragEvidence(chart, evidenceOf(plot), titleOf(plot));
    });
    connect(chart, &TimeChart::menuWanted, this,
            [this, chart](const QPoint& global) { openMenu(*chart, global); });
    return chart;
}

TimeChart* ChartStack::chart(const Plot& plot) const {
    for (int i = 0; i < rows_->count(); ++i)
        if (auto* chart = static_cast<TimeChart*>(rows_->widget(i)); chart->plot() == plot)
            return chart;
    return nullptr;
}

std::vector<Plot> ChartStack::plots() const {
    std::vector<Plot> all;
    for (int i = 0; i < rows_->count(); ++i)
        all.push_back(static_cast<const TimeChart*>(rows_->widget(i))->plot());
    return all;
}

void ChartStack::add(const Plot& plot) {
    if (chart(plot)) return;
    arrangement_->change(tr("Add a chart"), [&] { put(plot); });
}

void ChartStack::put(const Plot& plot) {
    maximise({});
    rows_->addWidget(make(plot));
    load(); // it may need a table that the others do without
    show();
    Q_EMIT plotsChanged();
}

void ChartStack::remove(const Plot& plot) {
    TimeChart* gone = chart(plot);
    if (gone && rows_->count() > 1) arrangement_->change(tr("Remove a chart"), [&] { take(plot); });
}

void ChartStack::take(const Plot& plot) {
    TimeChart* gone = chart(plot);
    if (maximised_ == plot) maximise({});
    gone->setParent(nullptr);
    gone->deleteLater(); // its menu may be what asked for it
    Q_EMIT plotsChanged();
}

void ChartStack::move(const Plot& plot, int by) {
    TimeChart* moved = chart(plot);
    if (!moved) return;
    const int to = rows_->indexOf(moved) + by;
    if (to < 0 || to >= rows_->count()) return;
    arrangement_->change(tr("Move a chart"), [&] {
        const QList<int> sizes = rows_->sizes();
        rows_->insertWidget(to, moved);
        rows_->setSizes(sizes);
    });
    Q_EMIT plotsChanged();
}

void ChartStack::maximise(std::optional<Plot> plot) {
    if (plot && !chart(*plot)) plot.reset();
    maximised_ = plot;
    for (int i = 0; i < rows_->count(); ++i) {
        auto* chart = static_cast<TimeChart*>(rows_->widget(i));
        chart->setVisible(!plot || chart->plot() == *plot);
    }
}

void ChartStack::reset() {
    arrangement_->change(tr("The usual charts"), [this] { restoreLayout({}); });
}

void ChartStack::press(const QString& name, bool alone) {
    arrangement_->change(tr("Show or hide a line of the charts"), [&] { hide(name, alone); });
}

void ChartStack::setLogarithmic(const Plot& plot, bool on) {
    if (chart(plot))
        arrangement_->change(tr("Scale a chart"), [&] { chart(plot)->setLogarithmic(on); });
}

void ChartStack::hide(const QString& name, bool alone) {
    QSet<QString> names;
    for (const Plot& plot : plots()) {
        bool here = false;
        QSet<QString> of;
        for (const ChartLine& line : chart(plot)->content().lines) {
            here = here || line.name == name;
            of.insert(line.name);
        }
        if (here) names.unite(of);
    }
    const QSet<QString> others = names - QSet<QString>{name};
    if (alone)
        hidden_ = hidden_ == others ? QSet<QString>{} : others;
    else if (!hidden_.remove(name))
        hidden_.insert(name);
    if (hidden_ == names) hidden_.clear(); // an empty chart says nothing
    for (const Plot& plot : plots())
        chart(plot)->setHidden(hidden_);
}

void ChartStack::openMenu(TimeChart& chart, const QPoint& global) {
    const Plot plot = chart.plot(); // the chart may go while its menu is open
    QMenu menu(this);
    const auto add = [&](const QString& text, auto run) {
        QAction* action = menu.addAction(text);
        connect(action, &QAction::triggered, this, run);
        return action;
    };
    add(maximised_ ? tr("Show all charts") : tr("Maximise"),
        [this, plot] { maximise(maximised_ ? std::nullopt : std::optional(plot)); });
    QAction* log = add(tr("Logarithmic"),
                       [this, plot, on = !chart.logarithmic()] { setLogarithmic(plot, on); });
    log->setCheckable(true);
    log->setChecked(chart.logarithmic());
    const int at = rows_->indexOf(&chart);
    add(tr("Move up"), [this, plot] { move(plot, -1); })->setEnabled(at > 0);
    add(tr("Move down"), [this, plot] { move(plot, 1); })->setEnabled(at + 1 < rows_->count());
    add(tr("Remove"), [this, plot] { remove(plot); })->setEnabled(rows_->count() > 1);
    QMenu* more = menu.addMenu(tr("Add chart"));
    for (int i = 0; i < kPlots; ++i) {
        const Plot other = static_cast<Plot::Kind>(i);
        if (!this->chart(other))
            connect(more->addAction(titleOf(other)), &QAction::triggered, this,
                    [this, other] { this->add(other); });
    }
    more->addSeparator();
    connect(more->addAction(tr("Another field or measured series…")), &QAction::triggered, this,
            &ChartStack::openAnother);
    fillGroups(menu, plot);
    add(tr("The usual charts"), [this] { reset(); });
    menu.addSeparator();
    add(tr("Compare the requests in view…"), [this] { Q_EMIT compareWanted(); });
    add(tr("Messages in view…"), [this] { Q_EMIT messagesWanted(); });
    menu.addSeparator();
    fillTakeAway(menu, chart);
    menu.exec(global);
}

void ChartStack::fillTakeAway(QMenu& menu, TimeChart& chart) {
    connect(menu.addAction(tr("Copy as picture")), &QAction::triggered, this,
            [this, &chart] { copyPicture(chart); });
    connect(menu.addAction(tr("Save picture (PNG, SVG)…")), &QAction::triggered, this,
            [this, &chart] { savePicture(chart); });
    connect(menu.addAction(tr("Copy as table (CSV)")), &QAction::triggered, this, [this, &chart] {
        QGuiApplication::clipboard()->setText(QString::fromStdString(chart.csv()));
        Q_EMIT told(tr("The chart's values were copied"));
    });
    connect(menu.addAction(tr("Add to postmortem")), &QAction::triggered, this, [this, &chart] {
        if (!session_) return;
        const Plot plot = chart.plot();
        const Evidence evidence = evidenceOf(plot);
        Q_EMIT offered(evidence, titleOf(plot));
    });
}

/// A document knows four kinds of charts: what has none of its own is shown by the nearest.
Evidence ChartStack::evidenceOf(const Plot& plot) const {
    const Plot known = plot.kind <= Plot::Latency                ? plot
                       : plot == Plot::Slow || plot == Plot::P95 ? Plot::Latency
                                                                 : Plot::Requests;
    Evidence evidence;
    evidence.chart = idOf(known).toStdString();
    evidence.window = session_->selection().place().window;
    return evidence;
}

void ChartStack::copyPicture(TimeChart& chart) {
    auto* data = new QMimeData;
    data->setImageData(chart.picture(2));
    data->setData(QStringLiteral("image/svg+xml"), chart.svg());
    QGuiApplication::clipboard()->setMimeData(data);
    Q_EMIT told(tr("The chart was copied"));
}

void ChartStack::savePicture(TimeChart& chart) {
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the chart"),
                                                      idOf(chart.plot()) + QStringLiteral(".png"),
                                                      tr("Pictures (*.png *.svg)"));
    if (file.isEmpty()) return;
    QSaveFile out(file);
    bool done = out.open(QIODevice::WriteOnly);
    if (done && file.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive)) {
        const QByteArray text = chart.svg();
        done = out.write(text) == text.size();
    } else if (done) {
        done = chart.picture(2).save(&out, "PNG");
    }
    done = done && out.commit();
    const QString name = shown(file.toStdString());
    Q_EMIT told(done ? tr("Saved to %1").arg(name)
                     : tr("Could not write %1: %2").arg(name, out.errorString()));
}

QJsonObject ChartStack::layoutState() const {
    QJsonArray charts, sizes, hidden;
    for (const Plot& plot : plots())
        charts.append(QJsonObject{{QStringLiteral("plot"), idOf(plot)},
                                  {QStringLiteral("log"), chart(plot)->logarithmic()}});
    for (const int size : rows_->sizes())
        sizes.append(size);
    QStringList names = hidden_.values();
    names.sort();
    for (const QString& name : names)
        hidden.append(name);
    QJsonObject state{{QStringLiteral("charts"), charts}, {QStringLiteral("hidden"), hidden}};
    if (maximised_)
        state[QStringLiteral("maximised")] = idOf(*maximised_);
    else
        state[QStringLiteral("sizes")] = sizes;
    return state;
}

/// An empty state is the usual one.
void ChartStack::restoreLayout(const QJsonObject& state) {
    std::vector<std::pair<Plot, bool>> wanted;
    const QJsonArray charts = state[QStringLiteral("charts")].toArray();
    for (const auto& value : charts) {
        const QJsonObject o = value.toObject();
        if (const auto plot = plotNamed(o[QStringLiteral("plot")].toString()))
            wanted.emplace_back(*plot, o[QStringLiteral("log")].toBool());
    }
    if (wanted.empty())
        for (const Plot& plot : usualPlots())
            wanted.emplace_back(plot, false);
    maximise({});
    for (const Plot& plot : plots())
        if (std::ranges::find(wanted, plot, &std::pair<Plot, bool>::first) == wanted.end())
            delete chart(plot);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        TimeChart* here = chart(wanted[i].first);
        rows_->insertWidget(static_cast<int>(i), here ? here : make(wanted[i].first));
        chart(wanted[i].first)->setLogarithmic(wanted[i].second);
    }
    hidden_.clear();
    const QJsonArray hidden = state[QStringLiteral("hidden")].toArray();
    for (const auto& name : hidden)
        hidden_.insert(name.toString());
    for (const Plot& plot : plots())
        chart(plot)->setHidden(hidden_);
    QList<int> sizes;
    const QJsonArray heights = state[QStringLiteral("sizes")].toArray();
    for (const auto& size : heights)
        sizes << size.toInt();
    if (sizes.size() != rows_->count()) sizes = QList<int>(rows_->count(), 100);
    rows_->setSizes(sizes);
    if (const auto plot = plotNamed(state[QStringLiteral("maximised")].toString())) maximise(plot);
    if (session_) load();
    show();
    Q_EMIT plotsChanged();
}

} // namespace postlude
