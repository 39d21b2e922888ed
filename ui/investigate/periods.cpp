// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/investigate/periods.h"

#include "ui/common/shown.h"
#include "ui/investigate/paint.h"

#include <QComboBox>
#include <QSignalBlocker>

namespace postlude {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("periods", text);
}

QString spanOf(Session& session, Window window) {
    const Zone& zone = session.selection().zone();
    const int digits = window.length() < std::chrono::seconds{2} ? 3 : 0;
    return timeOfDay(zone, window.from, digits) + QStringLiteral(" – ") +
           timeOfDay(zone, window.to, digits);
}

/// The view may have been widened to a change long before.
Window recorded(Session& session) {
    return session.extent().bulk;
}

} // namespace

std::vector<Period> periodsOf(Session& session) {
    const Window seen = session.selection().place().window;
    std::vector<Period> periods{{tr("in view: %1").arg(spanOf(session, seen)), seen}};
    if (const auto analysis = session.analysis()) {
        std::vector<const Incident*> incidents;
        for (const Incident& incident : analysis->incidents)
            incidents.push_back(&incident);
        std::ranges::stable_sort(incidents, std::greater{}, [](const Incident* i) {
            return i->impact.failed + i->impact.slow;
        });
        for (const Incident* incident : incidents) {
            const Window window = incidentWindow(*incident, analysis->span);
            periods.push_back({tr("incident: %1").arg(spanOf(session, window)), window});
        }
    }
    periods.push_back({tr("all that was recorded"), recorded(session)});
    return periods;
}

std::vector<Period> periodsBeside(Session& session, Window of) {
    const Window all = recorded(session);
    const Window just{std::max(all.from, of.from - of.length()), of.from};
    std::vector<Period> periods;
    const auto add = [&](const QString& name, Window window) {
        if (window.from < window.to) periods.push_back({name.arg(spanOf(session, window)), window});
    };
    add(tr("as long before it: %1"), just);
    add(tr("all before it: %1"), {all.from, of.from});
    add(tr("all after it: %1"), {of.to, all.to});
    return periods;
}

void fillPeriods(QComboBox& box, const std::vector<Period>& periods) {
    const QSignalBlocker quiet(&box);
    const int chosen = box.currentIndex();
    box.clear();
    for (const Period& period : periods)
        box.addItem(period.name);
    if (box.count() > 0) box.setCurrentIndex(std::clamp(chosen, 0, box.count() - 1));
}

} // namespace postlude
