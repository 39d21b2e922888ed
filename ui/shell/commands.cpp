// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commands.h"

#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/investigate/chartstack.h"
#include "ui/investigate/formatlist.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/navigator.h"
#include "ui/investigate/page.h"
#include "ui/investigate/player.h"
#include "ui/investigate/stepper.h"
#include "ui/postmortem/page.h"
#include "ui/shell/filterbar.h"
#include "ui/shell/helpwindow.h"
#include "ui/shell/palette.h"
#include "ui/shell/recent.h"
#include "ui/shell/toolbar.h"
#include "ui/shell/zones.h"

#include <QActionGroup>
#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

namespace postlude {

namespace {

QString text(const char* source) {
    return QCoreApplication::translate("postlude::MainWindow", source);
}

QMenu* addMenu(ShellParts& shell, const char* title) {
    return shell.window->menuBar()->addMenu(text(title));
}

QKeySequence key(const char* keys) {
    return QKeySequence(QString::fromLatin1(keys));
}

void openFile(ShellParts& shell) {
    const QStringList files =
        QFileDialog::getOpenFileNames(shell.window, text("Open bundle, logs or case"), {},
                                      text("All files (*);;Cases (*.postlude);;Archives (*.tar "
                                           "*.tar.gz *.tgz *.tar.zst *.zip *.7z)"));
    if (!files.isEmpty()) shell.open(files);
}

void openFolder(ShellParts& shell) {
    const QString folder = QFileDialog::getExistingDirectory(shell.window, text("Open folder"));
    if (!folder.isEmpty()) shell.open({folder});
}

void fillRecent(ShellParts& shell, QMenu* menu) {
    menu->clear();
    for (const QString& path : recentPaths()) {
        QAction* action = menu->addAction(shown(QFileInfo(path).fileName().toStdString()));
        action->setToolTip(plainTip(path));
        QObject::connect(action, &QAction::triggered, shell.window,
                         [&shell, path] { shell.open({path}); });
    }
    if (menu->isEmpty()) {
        menu->addAction(text("Nothing yet"))->setEnabled(false);
        return;
    }
    menu->addSeparator();
    QObject::connect(menu->addAction(text("Forget all")), &QAction::triggered, shell.window,
                     &forgetRecent);
}

void addThemes(ShellParts& shell, QMenu* menu) {
    QMenu* themes = menu->addMenu(text("&Theme"));
    auto* group = new QActionGroup(themes);
    const auto add = [&](const char* id, const char* name, ThemeChoice choice) {
        QAction* action =
            shell.actions->add(themes, QString::fromLatin1(id), text(name), {}, Needs::Nothing,
                               [choice] { ThemeWatcher::instance().choose(choice); });
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(ThemeWatcher::instance().choice() == choice);
    };
    add("themeLight", "&Light theme", ThemeChoice::Light);
    add("themeDark", "&Dark theme", ThemeChoice::Dark);
    add("themeSystem", "As the &system", ThemeChoice::System);
}

void addZoom(ShellParts& shell, QMenu* menu) {
    const auto scale = [](double factor) {
        ThemeWatcher& watcher = ThemeWatcher::instance();
        watcher.setTextScale(factor == 0 ? 1.0 : watcher.textScale() * factor);
    };
    shell.actions->add(menu, QStringLiteral("textLarger"), text("Larger text"),
                       {key("Ctrl++"), key("Ctrl+=")}, Needs::Nothing, [scale] { scale(1.1); });
    shell.actions->add(menu, QStringLiteral("textSmaller"), text("Smaller text"), {key("Ctrl+-")},
                       Needs::Nothing, [scale] { scale(1 / 1.1); });
    shell.actions->add(menu, QStringLiteral("textNormal"), text("Normal text"), {key("Ctrl+0")},
                       Needs::Nothing, [scale] { scale(0); });
}

/// One after the other fills the place of all, then all are back.
void nextMaximised(ShellParts& shell) {
    ChartStack& stack = shell.investigate->charts();
    const std::vector<Plot> plots = stack.plots();
    if (!stack.maximised()) return stack.maximise(plots.front());
    const auto at = std::ranges::find(plots, *stack.maximised());
    const bool more = at != plots.end() && at + 1 != plots.end();
    stack.maximise(more ? std::optional(*(at + 1)) : std::nullopt);
}

void addCharts(ShellParts& shell, QMenu* menu) {
    QMenu* charts = menu->addMenu(text("&Charts"));
    std::vector<std::pair<Plot, QAction*>> toggles;
    for (int i = 0; i < kPlots; ++i) {
        const auto plot = static_cast<Plot>(i);
        QAction* action =
            shell.actions->add(charts, QStringLiteral("chart.") + idOf(plot), titleOf(plot), {},
                               Needs::Investigate, [&shell, plot] {
                                   ChartStack& stack = shell.investigate->charts();
                                   stack.chart(plot) ? stack.remove(plot) : stack.add(plot);
                               });
        action->setCheckable(true);
        toggles.emplace_back(plot, action);
    }
    charts->addSeparator();
    shell.actions->add(charts, QStringLiteral("chartMaximise"), text("&Maximise the next chart"),
                       {key("x")}, Needs::Investigate, [&shell] { nextMaximised(shell); });
    shell.actions->add(charts, QStringLiteral("chartsReset"), text("The &usual charts"), {},
                       Needs::Investigate, [&shell] { shell.investigate->charts().reset(); });
    const auto settle = [&shell, toggles] {
        for (const auto& [plot, action] : toggles)
            action->setChecked(shell.investigate->charts().chart(plot) != nullptr);
    };
    QObject::connect(charts, &QMenu::aboutToShow, charts, settle);
}

void showAbout(ShellParts& shell) {
    QMessageBox box(shell.window);
    box.setWindowTitle(text("About Postlude"));
    box.setTextFormat(Qt::PlainText);
    box.setText(text("Postlude %1").arg(QApplication::applicationVersion()));
    box.setInformativeText(
        text("Opens the logs of an outage, shows on one time axis what the load balancer "
             "and the servers behind it did, and ends in a postmortem whose every number "
             "can be checked against those logs.\n\nFree software under the GNU General "
             "Public License, version 3 or later."));
    box.exec();
}

/// At the page about what has the focus.
void showHandbook(ShellParts& shell) {
    const QString page = handbookPageFor(QApplication::focusWidget());
    auto* handbook = shell.window->findChild<HelpWindow*>();
    if (handbook == nullptr) handbook = new HelpWindow(shell.actions->all(), shell.window);
    handbook->showPage(page);
    handbook->show();
    handbook->raise();
    handbook->activateWindow();
}

void selectIncident(ShellParts& shell) {
    const auto analysis = shell.session->analysis();
    if (!analysis || analysis->incidents.empty()) return;
    const Incident& incident = analysis->incidents.front();
    const Instant end = incident.resolved.value_or(analysis->span.to);
    const Duration margin = (end - incident.impactStart) / 4;
    shell.session->selection().setWindow({incident.impactStart - margin, end + margin});
}

void goTo(ShellParts& shell, std::optional<Instant> Incident::* instant) {
    const auto analysis = shell.session->analysis();
    if (!analysis || analysis->incidents.empty()) return;
    if (const auto at = analysis->incidents.front().*instant)
        shell.investigate->lines().landOn(*at);
}

} // namespace

void addFileMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, "&File");
    Actions& actions = *shell.actions;
    actions.add(menu, QStringLiteral("openBundle"), text("&Open bundle…"), {QKeySequence::Open},
                Needs::Nothing, [&shell] { openFile(shell); });
    actions.add(menu, QStringLiteral("openFolder"), text("Open &folder…"), {key("Ctrl+Shift+O")},
                Needs::Nothing, [&shell] { openFolder(shell); });
    QMenu* recent = menu->addMenu(text("&Recent"));
    QObject::connect(recent, &QMenu::aboutToShow, recent,
                     [&shell, recent] { fillRecent(shell, recent); });
    menu->addSeparator();
    actions.add(menu, QStringLiteral("exportDocument"), text("&Export postmortem…"),
                {key("Ctrl+E")}, Needs::Case, [&shell] {
                    shell.setMode(false);
                    shell.postmortem->exportAs();
                });
    menu->addSeparator();
    actions.add(menu, QStringLiteral("closeCase"), text("&Close case"), {QKeySequence::Close},
                Needs::Case, [&shell] { shell.close(); });
    actions.add(menu, QStringLiteral("quit"), text("&Quit"), {key("Ctrl+Q")}, Needs::Nothing,
                [&shell] { shell.window->close(); });
}

void addEditMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, "&Edit");
    Actions& actions = *shell.actions;
    actions.add(menu, QStringLiteral("undo"), text("&Undo"), {QKeySequence::Undo}, Needs::Case,
                [&shell] {
                    if (shell.investigating())
                        shell.session->changes().undo();
                    else
                        shell.postmortem->undo();
                });
    actions.add(menu, QStringLiteral("redo"), text("&Redo"), {key("Ctrl+Shift+Z"), key("Ctrl+Y")},
                Needs::Case, [&shell] {
                    if (shell.investigating())
                        shell.session->changes().redo();
                    else
                        shell.postmortem->redo();
                });
    menu->addSeparator();
    actions.add(menu, QStringLiteral("find"), text("&Find in lines…"), {QKeySequence::Find},
                Needs::Investigate, [&shell] { shell.investigate->openFind(); });
    actions.add(menu, QStringLiteral("findNext"), text("Find &next"), {key("n"), key("F3")},
                Needs::Investigate, [&shell] { shell.investigate->stepper().match(1); });
    actions.add(menu, QStringLiteral("findPrevious"), text("Find &previous"),
                {key("Shift+N"), key("Shift+F3")}, Needs::Investigate,
                [&shell] { shell.investigate->stepper().match(-1); });
    actions.add(menu, QStringLiteral("filter"), text("&Edit filter"),
                {key("/"), key("Ctrl+Shift+F")}, Needs::Investigate, [&shell] {
                    shell.tools->filter().setFocus();
                    shell.tools->filter().selectAll();
                });
    actions.add(menu, QStringLiteral("clearFilter"), text("&Clear filter"), {key("Ctrl+Backspace")},
                Needs::Investigate, [&shell] { shell.tools->filter().use({}); });
}

void addViewMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, "&View");
    Actions& actions = *shell.actions;
    actions.add(menu, QStringLiteral("showInvestigate"), text("&Investigate"), {key("Ctrl+1")},
                Needs::Case, [&shell] { shell.setMode(true); });
    actions.add(menu, QStringLiteral("showPostmortem"), text("&Postmortem"), {key("Ctrl+2")},
                Needs::Case, [&shell] { shell.setMode(false); });
    menu->addSeparator();
    addThemes(shell, menu);
    addZoom(shell, menu);
    menu->addSeparator();
    QAction* raw =
        actions.add(menu, QStringLiteral("rawClock"), text("&Host clocks as written"),
                    {key("Ctrl+R")}, Needs::Case, [&shell] {
                        Selection& selection = shell.session->selection();
                        const bool isRaw = selection.clock() == ClockView::Raw;
                        selection.setClock(isRaw ? ClockView::Corrected : ClockView::Raw);
                    });
    raw->setCheckable(true);
    QMenu* zones = menu->addMenu(text("Time &zone"));
    QObject::connect(zones, &QMenu::aboutToShow, zones, [&shell, zones] {
        zones->clear();
        if (shell.session) fillZoneMenu(*zones, *shell.session);
    });
    addCharts(shell, menu);
    menu->addSeparator();
    const auto navigate = [&](const char* id, const char* name, const QList<QKeySequence>& keys,
                              auto run) {
        actions.add(menu, QString::fromLatin1(id), text(name), keys, Needs::Investigate,
                    [&shell, run] { run(shell.investigate->navigator()); });
    };
    navigate("zoomIn", "Zoom &in", {key("+"), key("=")}, [](TimeNavigator& n) { n.zoom(0.5); });
    navigate("zoomOut", "Zoom &out", {key("-")}, [](TimeNavigator& n) { n.zoom(2); });
    navigate("zoomAll", "Show &all", {key("0")}, [](TimeNavigator& n) { n.showAll(); });
    navigate("panLeft", "Pan &left", {key("Left")}, [](TimeNavigator& n) { n.pan(-0.2); });
    navigate("panRight", "Pan &right", {key("Right")}, [](TimeNavigator& n) { n.pan(0.2); });
    navigate("lockCursor", "Loc&k or free the cursor", {key("Space")},
             [](TimeNavigator& n) { n.setLocked(!n.locked()); });
}

void addGoMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, "&Go");
    Actions& actions = *shell.actions;
    const auto step = [&](const char* id, const char* name, const QList<QKeySequence>& keys,
                          void (Stepper::*go)(int), int by) {
        actions.add(menu, QString::fromLatin1(id), text(name), keys, Needs::Investigate,
                    [&shell, go, by] { (shell.investigate->stepper().*go)(by); });
    };
    step("eventNext", "Next e&vent", {key("."), key("Ctrl+Right")}, &Stepper::laneEvent, 1);
    step("eventPrevious", "Previous event", {key(","), key("Ctrl+Left")}, &Stepper::laneEvent, -1);
    step("errorNext", "Next &error", {key("e")}, &Stepper::error, 1);
    step("errorPrevious", "Previous error", {key("Shift+E")}, &Stepper::error, -1);
    step("bookmarkNext", "Next &bookmark", {key("]")}, &Stepper::bookmark, 1);
    step("bookmarkPrevious", "Previous bookmark", {key("[")}, &Stepper::bookmark, -1);
    step("findingNext", "Next &finding", {key("f")}, &Stepper::finding, 1);
    step("findingPrevious", "Previous finding", {key("Shift+F")}, &Stepper::finding, -1);
    step("moveNext", "Next &change of rate", {key("r")}, &Stepper::move, 1);
    step("movePrevious", "Previous change of rate", {key("Shift+R")}, &Stepper::move, -1);
    step("gapNext", "Next &gap", {key("g")}, &Stepper::gap, 1);
    step("gapPrevious", "Previous gap", {key("Shift+G")}, &Stepper::gap, -1);
    menu->addSeparator();
    const auto play = [&](const char* id, const char* name, const char* keys, auto run) {
        actions.add(menu, QString::fromLatin1(id), text(name), {key(keys)}, Needs::Investigate,
                    [&shell, run] { run(shell.investigate->player()); });
    };
    play("play", "&Play or pause", "k", [](Player& p) { p.toggle(); });
    play("playFaster", "Play fa&ster", "l", [](Player& p) { p.faster(1); });
    play("playSlower", "Play slo&wer", "j", [](Player& p) { p.faster(-1); });
    menu->addSeparator();
    actions.add(menu, QStringLiteral("back"), text("B&ack"), {key("Alt+Left")}, Needs::Investigate,
                [&shell] { shell.session->selection().back(); });
    actions.add(menu, QStringLiteral("forward"), text("For&ward"), {key("Alt+Right")},
                Needs::Investigate, [&shell] { shell.session->selection().forward(); });
    actions.add(menu, QStringLiteral("goToLine"), text("Go to &line…"), {key("Ctrl+L")},
                Needs::Investigate, [&shell] { shell.investigate->goToLine(); });
}

void addIncidentMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, "&Incident");
    Actions& actions = *shell.actions;
    actions.add(menu, QStringLiteral("bookmark"), text("&Bookmark this line"), {key("m")},
                Needs::Investigate, [&shell] { shell.investigate->toggleBookmark(); });
    actions.add(menu, QStringLiteral("showIncident"), text("Show the &incident"), {key("i")},
                Needs::Investigate, [&shell] { selectIncident(shell); });
    actions.add(menu, QStringLiteral("addHypothesis"), text("Another &hypothesis…"), {key("h")},
                Needs::Investigate, [&shell] { shell.investigate->addHypothesis(); });
    const auto visit = [&](const char* id, const char* name,
                           std::optional<Instant> Incident::* instant) {
        actions.add(menu, QString::fromLatin1(id), text(name), {}, Needs::Investigate,
                    [&shell, instant] { goTo(shell, instant); });
    };
    visit("goTrigger", "Go to the &trigger", &Incident::trigger);
    visit("goDetected", "Go to the &detection", &Incident::detected);
    visit("goMitigated", "Go to the &mitigation", &Incident::mitigated);
    visit("goResolved", "Go to the &recovery", &Incident::resolved);
    menu->addSeparator();
    actions.add(menu, QStringLiteral("compare"), text("&Compare requests…"), {key("c")},
                Needs::Investigate, [&shell] { shell.investigate->openCompare(); });
    actions.add(menu, QStringLiteral("messages"), text("&Messages: new, more often…"), {key("t")},
                Needs::Investigate, [&shell] { shell.investigate->openMessages(); });
    actions.add(menu, QStringLiteral("sourceFormat"), text("&How this line's source is read…"), {},
                Needs::Investigate, [&shell] { shell.investigate->showFormat(); });
    actions.add(menu, QStringLiteral("sql"), text("Ask in S&QL…"), {key("Ctrl+Shift+Q")},
                Needs::Investigate, [&shell] { shell.investigate->openSql(); });
    actions.add(menu, QStringLiteral("analyse"), text("&Read on or analyse again"), {key("F5")},
                Needs::Case, [&shell] { shell.session->resume(); });
    actions.add(menu, QStringLiteral("cancel"), text("&Stop reading or analysing"), {}, Needs::Case,
                [&shell] { shell.session->cancel(); });
}

void addPostmortemMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, "&Postmortem");
    Actions& actions = *shell.actions;
    actions.add(menu, QStringLiteral("offer"), text("&Add this line to the timeline"), {key("p")},
                Needs::Investigate, [&shell] { shell.investigate->offerToPostmortem(); });
    actions.add(menu, QStringLiteral("save"), text("&Save now"), {QKeySequence::Save}, Needs::Case,
                [&shell] { shell.postmortem->saveNow(); });
    menu->addAction(actions[QStringLiteral("exportDocument")]);
}

void addHelpMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, "&Help");
    Actions& actions = *shell.actions;
    QAction* handbook = actions.add(menu, QStringLiteral("handbook"), text("&Handbook"),
                                    {key("F1")}, Needs::Nothing, [&shell] { showHandbook(shell); });
    handbook->setShortcutContext(Qt::ApplicationShortcut); // also in windows beside this one
    actions.add(menu, QStringLiteral("shortcuts"), text("Keyboard &shortcuts"), {key("?")},
                Needs::Nothing,
                [&shell] { ShortcutsDialog(shell.actions->all(), shell.window).exec(); });
    actions.add(menu, QStringLiteral("palette"), text("&Commands…"), {key("Ctrl+K")},
                Needs::Nothing, [&shell] {
                    CommandPalette palette(shell.actions->all(), shell.window);
                    palette.exec();
                    if (QAction* chosen = palette.chosen()) chosen->trigger();
                });
    actions.add(menu, QStringLiteral("formats"), text("&Formats…"), {}, Needs::Nothing, [&shell] {
        const Session* session = shell.session.get();
        FormatList(session ? session->reading() : shell.reading,
                   session ? &session->caseFile() : nullptr, shell.window)
            .exec();
    });
    actions.add(menu, QStringLiteral("about"), text("&About Postlude"), {}, Needs::Nothing,
                [&shell] { showAbout(shell); });
}

} // namespace postlude
