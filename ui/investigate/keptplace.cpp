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

} // namespace

QJsonObject packPlace(const Selection& selection) {
    const Visit& place = selection.place();
    QJsonObject o{{QStringLiteral("moment"), pack(place.moment)},
                  {QStringLiteral("filter"), place.filter},
                  {QStringLiteral("raw"), selection.clock() == ClockView::Raw},
                  {QStringLiteral("zone"), QString::fromStdString(selection.zone().name())}};
    // All stays all, also where more is read the next time.
    if (!selection.showsAll()) {
        o[QStringLiteral("from")] = pack(place.window.from);
        o[QStringLiteral("to")] = pack(place.window.to);
    }
    if (place.record)
        o[QStringLiteral("record")] = QString::number(static_cast<quint64>(*place.record));
    return o;
}

bool restorePlace(const QJsonObject& kept, Selection& selection) {
    const Window bounds = selection.bounds();
    if (kept.isEmpty() || bounds.empty()) return false;
    Window window = bounds;
    if (kept.contains(QStringLiteral("from")))
        window = {unpack(kept[QStringLiteral("from")]), unpack(kept[QStringLiteral("to")])};
    if (window.to <= bounds.from || window.from >= bounds.to) return false;
    const bool raw = kept[QStringLiteral("raw")].toBool();
    selection.setClock(raw ? ClockView::Raw : ClockView::Corrected);
    if (const auto zone = Zone::named(kept[QStringLiteral("zone")].toString().toStdString()))
        selection.setZone(*zone);
    selection.glideWindow(window); // one step of the history at most, with the filter
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
