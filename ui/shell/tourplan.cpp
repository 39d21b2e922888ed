// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/tourplan.h"

#include "ui/common/language.h"
#include "ui/investigate/chartstack.h"
#include "ui/investigate/page.h"
#include "ui/shell/filterbar.h"
#include "ui/shell/samples.h"
#include "ui/shell/statusline.h"
#include "ui/shell/toolbar.h"
#include "ui/shell/tour.h"

#include <QApplication>
#include <QSettings>
#include <QTimer>

namespace postlude {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("postlude::Tour", text);
}

constexpr std::chrono::milliseconds kSettles{300};

QString seenKey() {
    return QStringLiteral("tour/seen");
}

std::vector<TourStep> stepsIn(const ShellParts& shell) {
    QWidget* window = shell.window;
    const auto named = [window](const char* name) {
        return window->findChild<QWidget*>(QLatin1String(name));
    };
    return {
        {named("overview"), tr("The whole recording"),
         tr("Red is where requests failed or were slow. Drag over a part: charts and lines show "
            "what you chose. i shows the incident, 0 shows all.")},
        {&shell.investigate->charts(), tr("What each server got, and how it fared"),
         tr("All charts share one time axis. A click goes to the lines of that moment, below; "
            "full stop and comma step from event to event.")},
        {&shell.tools->filter(), tr("The filter"),
         tr("Type status >= 500, or words in quotes. Green is understood; red tells where it is "
            "not. Charts and lines show what matches.")},
        {named("findingsPanel"), tr("What the logs say"),
         tr("When it began and ended, what caused it, and what it was not. Each finding leads to "
            "its lines: check what you doubt.")},
        {named("modePostmortem"), tr("The postmortem"),
         tr("It is drafted already, and every number in it is checked against the logs. F1 opens "
            "the handbook, Ctrl+K lists every command.")},
    };
}

void begin(ShellParts& shell) {
    if (shell.window->findChild<Tour*>() != nullptr) return;
    QSettings().setValue(seenKey(), true);
    shell.setMode(true);
    new Tour(stepsIn(shell), shell.window);
}

} // namespace

void startTour(ShellParts& shell) {
    if (!shell.session) {
        const auto samples = samplesIn(samplesFolder(), languageInUse());
        if (samples.empty()) return shell.status->tell(tr("Open a bundle first"));
        shell.tourWanted = true;
        return shell.open({samples.front().path});
    }
    if (shell.session->analysis()) return begin(shell);
    QObject::connect(
        shell.session.get(), &Session::analysisChanged, shell.window, [&shell] { begin(shell); },
        Qt::SingleShotConnection);
}

void offerTour(ShellParts& shell) {
    if (!shell.session || QSettings().value(seenKey()).toBool()) return;
    const auto offer = [&shell] {
        const bool free = shell.session && shell.investigating() && shell.window->isVisible() &&
                          QApplication::activeModalWidget() == nullptr;
        if (free) begin(shell);
    };
    // Once the window stands and has taken in what is new.
    const auto soon = [&shell, offer] { QTimer::singleShot(kSettles, shell.window, offer); };
    if (shell.session->analysis()) return soon();
    QObject::connect(shell.session.get(), &Session::analysisChanged, shell.window, soon,
                     Qt::SingleShotConnection);
}

} // namespace postlude
