// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/keptplace.h"

namespace postlude {

namespace {

/// As text: JSON's numbers keep 53 bits.
QString pack(Instant t) {
    return QString::number(nanoseconds(t));
}

Instant unpack(const QJsonValue& value) {
    return instant(value.toString().toLongLong());
}

void packWindow(QJsonObject& o, const QString& from, const QString& to, Window window) {
    o[from] = pack(window.from);
    o[to] = pack(window.to);
}

/// Empty if it was not kept.
Window unpackWindow(const QJsonObject& o, const QString& from, const QString& to) {
    if (!o.contains(from)) return {};
    return {unpack(o[from]), unpack(o[to])};
}

bool overlap(Window a, Window b) {
    return a.from < b.to && b.from < a.to;
}

} // namespace

QJsonObject packPlace(const Selection& selection) {
    const Visit& place = selection.place();
    QJsonObject o{{QStringLiteral("moment"), pack(place.moment)},
                  {QStringLiteral("filter"), place.filter},
                  {QStringLiteral("raw"), selection.clock() == ClockView::Raw},
                  {QStringLiteral("zone"), QString::fromStdString(selection.zone().name())}};
    // All stays all, also where more is read the next time.
    if (!selection.showsAll())
        packWindow(o, QStringLiteral("from"), QStringLiteral("to"), place.window);
    if (const Window reached = selection.reached(); !reached.empty())
        packWindow(o, QStringLiteral("reachedFrom"), QStringLiteral("reachedTo"), reached);
    if (place.record)
        o[QStringLiteral("record")] = QString::number(static_cast<quint64>(*place.record));
    return o;
}

bool restorePlace(const QJsonObject& kept, Selection& selection) {
    const Window recorded = selection.bounds();
    if (kept.isEmpty() || recorded.empty()) return false;
    const Window reached =
        unpackWindow(kept, QStringLiteral("reachedFrom"), QStringLiteral("reachedTo"));
    const Window window = unpackWindow(kept, QStringLiteral("from"), QStringLiteral("to"));
    if (!window.empty() && !overlap(window, recorded) && !overlap(window, reached)) return false;
    selection.reach(reached);
    const bool raw = kept[QStringLiteral("raw")].toBool();
    selection.setClock(raw ? ClockView::Raw : ClockView::Corrected);
    if (const auto zone = Zone::named(kept[QStringLiteral("zone")].toString().toStdString()))
        selection.setZone(*zone);
    selection.glideWindow(window.empty()
                              ? selection.bounds()
                              : window); // one step of the history at most, with the filter
    selection.setFilter(kept[QStringLiteral("filter")].toString());
    const Instant moment = unpack(kept[QStringLiteral("moment")]);
    if (kept.contains(QStringLiteral("record")))
        selection.select(RecordId{kept[QStringLiteral("record")].toString().toULongLong()}, moment);
    else
        selection.setMoment(moment);
    selection.commit();
    return true;
}

} // namespace postlude
