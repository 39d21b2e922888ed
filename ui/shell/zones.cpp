// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/zones.h"

#include "ui/common/shown.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QInputDialog>
#include <QTimeZone>

namespace postlude {

namespace {

QString tr(const char* source) {
    return QCoreApplication::translate("postlude::Zones", source);
}

void add(QMenu& menu, QActionGroup* group, Session& session, const Zone& zone, const QString& why) {
    const QString name = QString::fromStdString(zone.name());
    QAction* action =
        menu.addAction(why.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, why));
    action->setCheckable(true);
    action->setChecked(zone == session.selection().zone());
    action->setActionGroup(group);
    QObject::connect(action, &QAction::triggered, &session,
                     [&session, zone] { session.selection().setZone(zone); });
}

void askForZone(Session& session, QWidget* parent) {
    QStringList names;
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds())
        names << QString::fromLatin1(id);
    bool given = false;
    const QString current = QString::fromStdString(session.selection().zone().name());
    const QString name =
        QInputDialog::getItem(parent, tr("Time zone"), tr("Zone (a name or +hh:mm):"), names,
                              std::max(0, int(names.indexOf(current))), true, &given);
    const auto zone = Zone::named(name.toStdString());
    if (given && zone) session.selection().setZone(*zone);
}

} // namespace

void fillZoneMenu(QMenu& menu, Session& session) {
    auto* group = new QActionGroup(&menu);
    std::vector<Zone> listed{Zone::utc()};
    add(menu, group, session, Zone::utc(), {});
    const auto once = [&](const Zone& zone, const QString& why) {
        if (std::ranges::find(listed, zone) != listed.end()) return;
        listed.push_back(zone);
        add(menu, group, session, zone, why);
    };
    once(Zone::local(), tr("this machine"));
    for (const SourceInfo& source : session.query().sources())
        if (const auto zone = Zone::named(source.zone)) once(*zone, shown(source.path));
    once(session.selection().zone(), {});
    menu.addSeparator();
    QWidget* parent = menu.parentWidget();
    QObject::connect(
        menu.addAction(tr("Other…")), &QAction::triggered, &session,
        [&session, parent] { askForZone(session, parent ? parent->window() : nullptr); });
}

QString zoneAbbreviation(const Zone& zone) {
    const QString name = QString::fromStdString(zone.name());
    if (name.startsWith(QLatin1String("UTC")) && name.size() > 3) return name.mid(3);
    return name.section(QLatin1Char('/'), -1).replace(QLatin1Char('_'), QLatin1Char(' '));
}

} // namespace postlude
