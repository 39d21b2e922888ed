// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commands.h"

#include "core/bundle/archivename.h"
#include "ui/common/casefolder.h"
#include "ui/common/language.h"
#include "ui/common/shown.h"
#include "ui/common/theme.h"
#include "ui/investigate/chartstack.h"
#include "ui/investigate/formatlist.h"
#include "ui/investigate/linesview.h"
#include "ui/investigate/navigator.h"
#include "ui/investigate/page.h"
#include "ui/investigate/player.h"
#include "ui/investigate/stepper.h"
#include "ui/library/librarywindow.h"
#include "ui/postmortem/page.h"
#include "ui/shell/filterbar.h"
#include "ui/shell/helpwindow.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/palette.h"
#include "ui/shell/recent.h"
#include "ui/shell/toolbar.h"
#include "ui/shell/tourplan.h"
#include "ui/shell/zones.h"

#include <QActionGroup>
#include <QApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

namespace postlude {

namespace {

QString tr(const char* source) {
    return QCoreApplication::translate("postlude::MainWindow", source);
}

QMenu* addMenu(ShellParts& shell, const char* title) {
    return shell.window->menuBar()->addMenu(tr(title));
}

QKeySequence key(const char* keys) {
    return QKeySequence(QString::fromLatin1(keys));
}

/// "*.gz *.tar …", for a dialog that asks for files.
QString archivePatterns() {
    QStringList patterns;
    for (const std::string_view ending : archiveEndings())
        patterns << QLatin1Char('*') + QLatin1String(ending.data(), qsizetype(ending.size()));
    return patterns.join(QLatin1Char(' '));
}

void openFile(ShellParts& shell) {
    const QStringList files = QFileDialog::getOpenFileNames(
        shell.window, tr("Open bundle, logs or case"), {},
        tr("All files (*);;Cases (*.postlude);;Archives (%1)").arg(archivePatterns()));
    if (!files.isEmpty()) shell.open(files);
}

void openFolder(ShellParts& shell) {
    const QString folder = QFileDialog::getExistingDirectory(shell.window, tr("Open folder"));
    if (!folder.isEmpty()) shell.open({folder});
}

/// A window beside this one; a case that is chosen opens here.
void showLibrary(ShellParts& shell) {
    auto* window = new LibraryWindow(shell.window);
    window->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(window, &LibraryWindow::openRequested, shell.window,
                     [&shell](const QString& file) { shell.open({file}); });
    window->setOpenCase([&shell] {
        return shell.session ? QString::fromStdString(shell.session->caseFile().file().string())
                             : QString();
    });
    window->show();
    window->read(casesFolder());
}

void fillRecent(ShellParts& shell, QMenu* menu) {
    menu->clear();
    menu->setToolTipsVisible(true);
    const int wide = 50 * menu->fontMetrics().averageCharWidth();
    for (const QString& path : recentPaths()) {
        const QString name = nameOfRecent(path) + QStringLiteral("   –   ") + folderOfRecent(path);
        QAction* action = menu->addAction(
            menuText(menu->fontMetrics().elidedText(name, Qt::ElideMiddle, wide + wide / 2)));
        action->setToolTip(plainTip(path));
        QObject::connect(action, &QAction::triggered, shell.window,
                         [&shell, path] { shell.open({path}); });
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("Nothing yet"))->setEnabled(false);
        return;
    }
    menu->addSeparator();
    QObject::connect(menu->addAction(tr("Forget all")), &QAction::triggered, shell.window,
                     &forgetRecent);
}

void addThemes(ShellParts& shell, QMenu* menu) {
    QMenu* themes = menu->addMenu(tr("&Theme"));
    auto* group = new QActionGroup(themes);
    const auto add = [&](const char* id, const char* name, ThemeChoice choice) {
        QAction* action =
            shell.actions->add(themes, QString::fromLatin1(id), tr(name), {}, Needs::Nothing,
                               [choice] { ThemeWatcher::instance().choose(choice); });
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(ThemeWatcher::instance().choice() == choice);
    };
    add("themeLight", QT_TR_NOOP("&Light theme"), ThemeChoice::Light);
    add("themeDark", QT_TR_NOOP("&Dark theme"), ThemeChoice::Dark);
    add("themeSystem", QT_TR_NOOP("As the &system"), ThemeChoice::System);
}

/// All windows are made anew in the chosen language, with the cases that are open.
void addLanguages(ShellParts& shell, QMenu* menu) {
    QMenu* choices = menu->addMenu(tr("Lan&guage"));
    auto* group = new QActionGroup(choices);
    const auto add = [&](const char* id, const QString& name, const QString& language) {
        QAction* action = shell.actions->add(
            choices, QString::fromLatin1(id), name, {}, Needs::Nothing, [&shell, group, language] {
                if (languageChoice() == language) return;
                if (shell.mayCloseAll()) {
                    chooseLanguage(language);
                    return QCoreApplication::exit(kStartAgain);
                }
                for (QAction* one : group->actions())
                    one->setChecked(one->data() == languageChoice());
            });
        action->setData(language);
        action->setCheckable(true);
        action->setActionGroup(group);
        action->setChecked(languageChoice() == language);
    };
    // Languages are called as they call themselves, whatever is spoken now.
    add("languageEnglish", QStringLiteral("&English"), QStringLiteral("en"));
    add("languageGerman", QStringLiteral("&Deutsch"), QStringLiteral("de"));
    add("languageSystem", tr("As the &system"), {});
}

void addZoom(ShellParts& shell, QMenu* menu) {
    const auto scale = [](double factor) {
        ThemeWatcher& watcher = ThemeWatcher::instance();
        watcher.setTextScale(factor == 0 ? 1.0 : watcher.textScale() * factor);
    };
    shell.actions->add(menu, QStringLiteral("textLarger"), tr("Larger text"),
                       {key("Ctrl++"), key("Ctrl+=")}, Needs::Nothing, [scale] { scale(1.1); });
    shell.actions->add(menu, QStringLiteral("textSmaller"), tr("Smaller text"), {key("Ctrl+-")},
                       Needs::Nothing, [scale] { scale(1 / 1.1); });
    shell.actions->add(menu, QStringLiteral("textNormal"), tr("Normal text"), {key("Ctrl+0")},
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
    QMenu* charts = menu->addMenu(tr("&Charts"));
    std::vector<std::pair<Plot, QAction*>> toggles;
    for (int i = 0; i < kPlots; ++i) {
        const Plot plot = static_cast<Plot::Kind>(i);
        QAction* action =
            shell.actions->add(charts, QStringLiteral("chart.") + idOf(plot), titleOf(plot), {},
                               Needs::Investigate, [&shell, plot] {
                                   ChartStack& stack = shell.investigate->charts();
                                   stack.chart(plot) ? stack.remove(plot) : stack.add(plot);
                               });
        action->setCheckable(true);
        toggles.emplace_back(plot, action);
    }
    shell.actions->add(charts, QStringLiteral("chartAnother"),
                       tr("Another field or measured series…"), {key("a")}, Needs::Investigate,
                       [&shell] { shell.investigate->charts().openAnother(); });
    charts->addSeparator();
    shell.actions->add(charts, QStringLiteral("chartMaximise"), tr("&Maximise the next chart"),
                       {key("x")}, Needs::Investigate, [&shell] { nextMaximised(shell); });
    shell.actions->add(charts, QStringLiteral("chartsReset"), tr("The &usual charts"), {},
                       Needs::Investigate, [&shell] { shell.investigate->charts().reset(); });
    const auto settle = [&shell, toggles] {
        for (const auto& [plot, action] : toggles)
            action->setChecked(shell.investigate->charts().chart(plot) != nullptr);
    };
    QObject::connect(charts, &QMenu::aboutToShow, charts, settle);
}

/// How the lines look; what is chosen shows when the menu opens.
void addLines(ShellParts& shell, QMenu* menu) {
    QMenu* lines = menu->addMenu(tr("Lin&es"));
    QAction* written = shell.actions->add(
        lines, QStringLiteral("linesWritten"), tr("Lines as &written, wrapped"), {key("w")},
        Needs::Investigate, [&shell] { shell.investigate->lines().toggleWritten(); });
    written->setCheckable(true);
    lines->addSeparator();
    auto* group = new QActionGroup(lines);
    const auto add = [&](const char* id, const char* name, ColourBy by) {
        QAction* action =
            shell.actions->add(lines, QString::fromLatin1(id), tr(name), {}, Needs::Investigate,
                               [&shell, by] { shell.investigate->lines().chooseColourBy(by); });
        action->setCheckable(true);
        action->setActionGroup(group);
        QObject::connect(lines, &QMenu::aboutToShow, action, [&shell, action, by] {
            action->setChecked(shell.investigate->lines().lines()->colourBy() == by);
        });
    };
    add("colourByNothing", QT_TR_NOOP("Do &not colour rows"), ColourBy::Nothing);
    add("colourBySource", QT_TR_NOOP("Colour rows by s&ource"), ColourBy::Source);
    add("colourByServer", QT_TR_NOOP("Colour rows by ser&ver"), ColourBy::Server);
    add("colourByLevel", QT_TR_NOOP("Colour rows by &level"), ColourBy::Level);
    add("colourByStatus", QT_TR_NOOP("Colour rows by &status"), ColourBy::Status);
    QObject::connect(lines, &QMenu::aboutToShow, written, [&shell, written] {
        written->setChecked(shell.investigate->lines().writtenRows() > 0);
    });
}

void showAbout(ShellParts& shell) {
    QMessageBox box(shell.window);
    box.setWindowTitle(tr("About Postlude"));
    box.setTextFormat(Qt::PlainText);
    box.setText(tr("Postlude %1").arg(QApplication::applicationVersion()));
    box.setInformativeText(
        tr("Opens the logs of an outage, shows on one time axis what the load balancer "
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

/// From where the document's evidence led to, back to the document.
void goBack(ShellParts& shell) {
    Selection& selection = shell.session->selection();
    const auto led = std::exchange(shell.ledTo, std::nullopt);
    const Visit& now = selection.place();
    if (led && led->record == now.record && led->window == now.window && led->filter == now.filter)
        return shell.setMode(false);
    selection.back();
}

} // namespace

void addFileMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, QT_TR_NOOP("&File"));
    Actions& actions = *shell.actions;
    actions.add(menu, QStringLiteral("newWindow"), tr("&New window"), {QKeySequence::New},
                Needs::Nothing, [&shell] { shell.newWindow(); });
    actions.add(menu, QStringLiteral("openBundle"), tr("&Open bundle…"), {QKeySequence::Open},
                Needs::Nothing, [&shell] { openFile(shell); });
    actions.add(menu, QStringLiteral("openFolder"), tr("Open &folder…"), {key("Ctrl+Shift+O")},
                Needs::Nothing, [&shell] { openFolder(shell); });
    QMenu* recent = menu->addMenu(tr("&Recent"));
    QObject::connect(recent, &QMenu::aboutToShow, recent,
                     [&shell, recent] { fillRecent(shell, recent); });
    actions.add(menu, QStringLiteral("library"), tr("C&ases side by side…"), {}, Needs::Nothing,
                [&shell] { showLibrary(shell); });
    menu->addSeparator();
    actions.add(menu, QStringLiteral("exportDocument"), tr("&Export postmortem…"), {key("Ctrl+E")},
                Needs::Case, [&shell] {
                    shell.setMode(false);
                    shell.postmortem->exportAs();
                });
    actions.add(menu, QStringLiteral("printPreview"), tr("Print pre&view…"), {key("Ctrl+Shift+P")},
                Needs::Case, [&shell] {
                    shell.setMode(false);
                    shell.postmortem->print(true);
                });
    actions.add(menu, QStringLiteral("printDocument"), tr("&Print…"), {QKeySequence::Print},
                Needs::Case, [&shell] {
                    shell.setMode(false);
                    shell.postmortem->print(false);
                });
    menu->addSeparator();
    actions.add(menu, QStringLiteral("closeCase"), tr("&Close case"), {QKeySequence::Close},
                Needs::Case, [&shell] { shell.close(); });
    actions.add(menu, QStringLiteral("closeWindow"), tr("Close &window"), {key("Ctrl+Shift+W")},
                Needs::Nothing, [&shell] { shell.window->close(); });
    actions.add(menu, QStringLiteral("quit"), tr("&Quit"), {key("Ctrl+Q")}, Needs::Nothing,
                [&shell] { shell.quit(); });
}

void addEditMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, QT_TR_NOOP("&Edit"));
    Actions& actions = *shell.actions;
    actions.add(menu, QStringLiteral("undo"), tr("&Undo"), {QKeySequence::Undo}, Needs::Case,
                [&shell] {
                    if (!shell.investigating()) return shell.postmortem->undo();
                    QUndoStack& changes = shell.session->changes();
                    const QString what = changes.undoText();
                    changes.undo();
                    Q_EMIT shell.session->told(tr("Taken back: %1").arg(what));
                });
    actions.add(menu, QStringLiteral("redo"), tr("&Redo"), {key("Ctrl+Shift+Z"), key("Ctrl+Y")},
                Needs::Case, [&shell] {
                    if (!shell.investigating()) return shell.postmortem->redo();
                    QUndoStack& changes = shell.session->changes();
                    const QString what = changes.redoText();
                    changes.redo();
                    Q_EMIT shell.session->told(tr("Done again: %1").arg(what));
                });
    menu->addSeparator();
    actions.add(menu, QStringLiteral("find"), tr("&Find in lines…"), {QKeySequence::Find},
                Needs::Investigate, [&shell] { shell.investigate->openFind(); });
    actions.add(menu, QStringLiteral("findNext"), tr("Find &next"), {key("n"), key("F3")},
                Needs::Investigate, [&shell] { shell.investigate->stepper().match(1); });
    actions.add(menu, QStringLiteral("findPrevious"), tr("Find &previous"),
                {key("Shift+N"), key("Shift+F3")}, Needs::Investigate,
                [&shell] { shell.investigate->stepper().match(-1); });
    actions.add(menu, QStringLiteral("filter"), tr("&Edit filter"), {key("/"), key("Ctrl+Shift+F")},
                Needs::Investigate, [&shell] {
                    shell.tools->filter().setFocus();
                    shell.tools->filter().selectAll();
                });
    actions.add(menu, QStringLiteral("clearFilter"), tr("&Clear filter"), {key("Ctrl+Backspace")},
                Needs::Investigate, [&shell] { shell.tools->filter().use({}); });
}

void addViewMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, QT_TR_NOOP("&View"));
    Actions& actions = *shell.actions;
    actions.add(menu, QStringLiteral("showInvestigate"), tr("&Investigate"), {key("Ctrl+1")},
                Needs::Case, [&shell] { shell.setMode(true); });
    actions.add(menu, QStringLiteral("showPostmortem"), tr("&Postmortem"), {key("Ctrl+2")},
                Needs::Case, [&shell] { shell.setMode(false); });
    menu->addSeparator();
    addThemes(shell, menu);
    addLanguages(shell, menu);
    addZoom(shell, menu);
    menu->addSeparator();
    QAction* raw =
        actions.add(menu, QStringLiteral("rawClock"), tr("&Host clocks as written"),
                    {key("Ctrl+R")}, Needs::Case, [&shell] {
                        Selection& selection = shell.session->selection();
                        const bool isRaw = selection.clock() == ClockView::Raw;
                        selection.setClock(isRaw ? ClockView::Corrected : ClockView::Raw);
                    });
    raw->setCheckable(true);
    QMenu* zones = menu->addMenu(tr("Time &zone"));
    QObject::connect(zones, &QMenu::aboutToShow, zones, [&shell, zones] {
        zones->clear();
        if (shell.session) fillZoneMenu(*zones, *shell.session);
    });
    addCharts(shell, menu);
    addLines(shell, menu);
    menu->addSeparator();
    const auto navigate = [&](const char* id, const char* name, const QList<QKeySequence>& keys,
                              auto run) {
        actions.add(menu, QString::fromLatin1(id), tr(name), keys, Needs::Investigate,
                    [&shell, run] { run(shell.investigate->navigator()); });
    };
    navigate("zoomIn", QT_TR_NOOP("Zoom i&n"), {key("+"), key("=")},
             [](TimeNavigator& n) { n.zoom(0.5); });
    navigate("zoomOut", QT_TR_NOOP("Zoom &out"), {key("-")}, [](TimeNavigator& n) { n.zoom(2); });
    navigate("zoomAll", QT_TR_NOOP("Show &all"), {key("0")}, [](TimeNavigator& n) { n.showAll(); });
    navigate("panLeft", QT_TR_NOOP("Pan &left"), {key("Left")},
             [](TimeNavigator& n) { n.pan(-0.2); });
    navigate("panRight", QT_TR_NOOP("Pan &right"), {key("Right")},
             [](TimeNavigator& n) { n.pan(0.2); });
    navigate("lockCursor", QT_TR_NOOP("Loc&k or free the cursor"), {key("Space")},
             [](TimeNavigator& n) { n.setLocked(!n.locked()); });
}

void addGoMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, QT_TR_NOOP("&Go"));
    Actions& actions = *shell.actions;
    const auto step = [&](const char* id, const char* name, const QList<QKeySequence>& keys,
                          void (Stepper::*go)(int), int by) {
        actions.add(menu, QString::fromLatin1(id), tr(name), keys, Needs::Investigate,
                    [&shell, go, by] { (shell.investigate->stepper().*go)(by); });
    };
    step("eventNext", QT_TR_NOOP("Next e&vent"), {key("."), key("Ctrl+Right")}, &Stepper::laneEvent,
         1);
    step("eventPrevious", QT_TR_NOOP("Previous event"), {key(","), key("Ctrl+Left")},
         &Stepper::laneEvent, -1);
    step("errorNext", QT_TR_NOOP("Next &error"), {key("e")}, &Stepper::error, 1);
    step("errorPrevious", QT_TR_NOOP("Previous error"), {key("Shift+E")}, &Stepper::error, -1);
    step("bookmarkNext", QT_TR_NOOP("Next &bookmark"), {key("]")}, &Stepper::bookmark, 1);
    step("bookmarkPrevious", QT_TR_NOOP("Previous bookmark"), {key("[")}, &Stepper::bookmark, -1);
    step("findingNext", QT_TR_NOOP("Next &finding"), {key("f")}, &Stepper::finding, 1);
    step("findingPrevious", QT_TR_NOOP("Previous finding"), {key("Shift+F")}, &Stepper::finding,
         -1);
    step("moveNext", QT_TR_NOOP("Next &change of rate"), {key("r")}, &Stepper::move, 1);
    step("movePrevious", QT_TR_NOOP("Previous change of rate"), {key("Shift+R")}, &Stepper::move,
         -1);
    step("gapNext", QT_TR_NOOP("Next &gap"), {key("g")}, &Stepper::gap, 1);
    step("gapPrevious", QT_TR_NOOP("Previous gap"), {key("Shift+G")}, &Stepper::gap, -1);
    menu->addSeparator();
    const auto play = [&](const char* id, const char* name, const char* keys, auto run) {
        actions.add(menu, QString::fromLatin1(id), tr(name), {key(keys)}, Needs::Investigate,
                    [&shell, run] { run(shell.investigate->player()); });
    };
    play("play", QT_TR_NOOP("&Play or pause"), "k", [](Player& p) { p.toggle(); });
    play("playFaster", QT_TR_NOOP("Play fa&ster"), "l", [](Player& p) { p.faster(1); });
    play("playSlower", QT_TR_NOOP("Play slo&wer"), "j", [](Player& p) { p.faster(-1); });
    menu->addSeparator();
    actions.add(menu, QStringLiteral("back"), tr("B&ack"), {key("Alt+Left")}, Needs::Investigate,
                [&shell] { goBack(shell); });
    actions.add(menu, QStringLiteral("forward"), tr("Fo&rward"), {key("Alt+Right")},
                Needs::Investigate, [&shell] { shell.session->selection().forward(); });
    actions.add(menu, QStringLiteral("fileOrder"), tr("This source as written, or all by time"),
                {key("o")}, Needs::Investigate, [&shell] { shell.investigate->toggleFileOrder(); });
    actions.add(menu, QStringLiteral("goToLine"), tr("Go to &line…"), {key("Ctrl+L")},
                Needs::Investigate, [&shell] { shell.investigate->goToLine(); });
}

void addIncidentMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, QT_TR_NOOP("&Incident"));
    Actions& actions = *shell.actions;
    actions.add(menu, QStringLiteral("bookmark"), tr("&Bookmark this line"), {key("m")},
                Needs::Investigate, [&shell] { shell.investigate->toggleBookmark(); });
    actions.add(menu, QStringLiteral("bookmarkMoment"), tr("Bookmark this moment"),
                {key("Shift+M")}, Needs::Investigate,
                [&shell] { shell.investigate->bookmarkMoment(); });
    actions.add(menu, QStringLiteral("bookmarkWindow"), tr("Bookmark the window in view"),
                {key("Ctrl+M")}, Needs::Investigate,
                [&shell] { shell.investigate->bookmarkWindow(); });
    actions.add(menu, QStringLiteral("showIncident"), tr("Show the &incident"), {key("i")},
                Needs::Investigate, [&shell] { selectIncident(shell); });
    actions.add(menu, QStringLiteral("addHypothesis"), tr("Another &hypothesis…"), {key("h")},
                Needs::Investigate, [&shell] { shell.investigate->addHypothesis(); });
    const auto visit = [&](const char* id, const char* name,
                           std::optional<Instant> Incident::* instant) {
        actions.add(menu, QString::fromLatin1(id), tr(name), {}, Needs::Investigate,
                    [&shell, instant] { goTo(shell, instant); });
    };
    visit("goTrigger", QT_TR_NOOP("Go to the &trigger"), &Incident::trigger);
    visit("goDetected", QT_TR_NOOP("Go to the &detection"), &Incident::detected);
    visit("goMitigated", QT_TR_NOOP("Go to the miti&gation"), &Incident::mitigated);
    visit("goResolved", QT_TR_NOOP("Go to the &recovery"), &Incident::resolved);
    menu->addSeparator();
    actions.add(menu, QStringLiteral("compare"), tr("&Compare requests…"), {key("c")},
                Needs::Investigate, [&shell] { shell.investigate->openCompare(); });
    actions.add(menu, QStringLiteral("messages"), tr("&Messages: new, more often…"), {key("t")},
                Needs::Investigate, [&shell] { shell.investigate->openMessages(); });
    actions.add(menu, QStringLiteral("sourceFormat"), tr("Ho&w this line's source is read…"), {},
                Needs::Investigate, [&shell] { shell.investigate->showFormat(); });
    actions.add(menu, QStringLiteral("hostClock"), tr("Cl&ock of this line's host…"), {},
                Needs::Investigate, [&shell] { shell.investigate->showClock(); });
    actions.add(menu, QStringLiteral("sql"), tr("Ask in S&QL…"), {key("Ctrl+Shift+Q")},
                Needs::Investigate, [&shell] { shell.investigate->openSql(); });
    actions.add(menu, QStringLiteral("analyse"), tr("Read on or a&nalyse again"), {key("F5")},
                Needs::Case, [&shell] { shell.session->resume(); });
    actions.add(menu, QStringLiteral("cancel"), tr("&Stop reading or analysing"), {}, Needs::Case,
                [&shell] { shell.session->cancel(); });
}

void addPostmortemMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, QT_TR_NOOP("&Postmortem"));
    Actions& actions = *shell.actions;
    actions.add(menu, QStringLiteral("offer"), tr("&Add this line to the timeline"), {key("p")},
                Needs::Investigate, [&shell] { shell.investigate->offerToPostmortem(); });
    actions.add(menu, QStringLiteral("insertFigures"), tr("Add n&umbers of the window in view…"),
                {key("Ctrl+I")}, Needs::Case,
                [&shell] { shell.postmortem->insertFigures(shell.investigating()); });
    actions.add(menu, QStringLiteral("addEvidence"), tr("Add e&vidence where the cursor is…"),
                {key("Ctrl+Shift+E")}, Needs::Postmortem,
                [&shell] { shell.postmortem->addEvidence(); });
    actions.add(menu, QStringLiteral("linkEntry"), tr("Lin&k to an entry…"), {key("Ctrl+Shift+L")},
                Needs::Postmortem, [&shell] { shell.postmortem->linkEntry(); });
    actions.add(menu, QStringLiteral("save"), tr("&Save now"), {QKeySequence::Save}, Needs::Case,
                [&shell] { shell.postmortem->saveNow(); });
    menu->addSeparator();
    actions.add(menu, QStringLiteral("findText"), tr("&Find in the document…"),
                {QKeySequence::Find}, Needs::Postmortem,
                [&shell] { shell.postmortem->find(false); });
    actions.add(menu, QStringLiteral("replaceText"), tr("&Replace in the document…"),
                {key("Ctrl+H")}, Needs::Postmortem, [&shell] { shell.postmortem->find(true); });
    actions.add(menu, QStringLiteral("findTextNext"), tr("Find the &next"), {key("F3")},
                Needs::Postmortem, [&shell] { shell.postmortem->findNext(1); });
    actions.add(menu, QStringLiteral("findTextBefore"), tr("Find the one &before"),
                {key("Shift+F3")}, Needs::Postmortem, [&shell] { shell.postmortem->findNext(-1); });
    menu->addSeparator();
    menu->addAction(actions[QStringLiteral("exportDocument")]);
}

void addHelpMenu(ShellParts& shell) {
    QMenu* menu = addMenu(shell, QT_TR_NOOP("&Help"));
    Actions& actions = *shell.actions;
    QAction* handbook = actions.add(menu, QStringLiteral("handbook"), tr("&Handbook"), {key("F1")},
                                    Needs::Nothing, [&shell] { showHandbook(shell); });
    handbook->setShortcutContext(Qt::ApplicationShortcut); // also in windows beside this one
    actions.add(menu, QStringLiteral("tour"), tr("&Tour of the window"), {}, Needs::Nothing,
                [&shell] { startTour(shell); });
    actions.add(menu, QStringLiteral("shortcuts"), tr("Keyboard &shortcuts"), {key("?")},
                Needs::Nothing,
                [&shell] { ShortcutsDialog(shell.actions->all(), shell.window).exec(); });
    actions.add(menu, QStringLiteral("palette"), tr("&Commands…"), {key("Ctrl+K")}, Needs::Nothing,
                [&shell] {
                    CommandPalette palette(shell.actions->all(), shell.window);
                    palette.exec();
                    if (QAction* chosen = palette.chosen()) chosen->trigger();
                });
    actions.add(menu, QStringLiteral("formats"), tr("&Formats…"), {}, Needs::Nothing, [&shell] {
        const Session* session = shell.session.get();
        FormatList(session ? session->reading() : shell.reading,
                   session ? &session->caseFile() : nullptr, shell.window)
            .exec();
    });
    actions.add(menu, QStringLiteral("about"), tr("&About Postlude"), {}, Needs::Nothing,
                [&shell] { showAbout(shell); });
}

} // namespace postlude
