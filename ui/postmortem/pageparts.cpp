// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/pageparts.h"

#include "ui/common/theme.h"
#include "ui/postmortem/headrow.h"
#include "ui/postmortem/spelling.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

namespace postlude {

namespace {

QLabel* plain(QWidget* parent, const char* role, const QString& text = {}) {
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    setRole(label, role);
    return label;
}

QLabel* heading(QWidget* parent, const QString& text) {
    QLabel* label = plain(parent, "heading", text);
    const auto dress = [label] { label->setFont(Theme::current().heading()); };
    QObject::connect(&ThemeWatcher::instance(), &ThemeWatcher::changed, label, dress);
    dress();
    return label;
}

/// Filled when it opens: dictionaries may be installed meanwhile.
void makeSpelling(QMenu* menu) {
    menu->setObjectName(QStringLiteral("spelling"));
    QObject::connect(menu, &QMenu::aboutToShow, menu, [menu] {
        menu->clear();
        const QStringList languages = Spelling::languages();
        const auto add = [&](const QString& label, const QString& language) {
            QAction* action =
                menu->addAction(label, menu, [language] { Spelling::instance().choose(language); });
            action->setCheckable(true);
            action->setChecked(Spelling::instance().language() == language);
        };
        for (const QString& language : languages)
            add(QLocale(language).nativeLanguageName() + QStringLiteral(" (%1)").arg(language),
                language);
        if (languages.isEmpty())
            menu->addAction(PostmortemPage::tr("No Hunspell dictionary is installed"))
                ->setEnabled(false);
        else
            add(PostmortemPage::tr("Off"), {});
    });
}

} // namespace

PostmortemPage::Parts::Parts(PostmortemPage* page) {
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeHead(page);
    makeMessage(page);
    pages = new QStackedWidget(page);
    setRole(pages, "surface");
    empty = plain(pages, "muted");
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    pages->addWidget(empty);
    makeWork(page);
    pages->addWidget(work);
    column->addWidget(headTools);
    column->addWidget(message);
    column->addWidget(pages, 1);
}

void PostmortemPage::Parts::makeHead(PostmortemPage* page) {
    auto* head = new HeadRow(page);
    headTools = head;
    setRole(headTools, "bar");
    headTools->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(headTools);
    const int em = page->fontMetrics().height();
    row->setContentsMargins(em * 3 / 4, em / 3, em * 3 / 4, em / 3);
    saved = plain(headTools, "muted");
    readOnly = plain(headTools, "warning", PostmortemPage::tr("Read-only"));
    readOnly->setToolTip(
        PostmortemPage::tr("This case is open elsewhere or read-only: nothing can be changed"));
    readOnly->setAccessibleDescription(readOnly->toolTip());
    mend = plain(headTools, "bad");
    agree = plain(headTools, "good");
    mend->setObjectName(QStringLiteral("toMend"));
    agree->setObjectName(QStringLiteral("agree"));
    history = new QPushButton(PostmortemPage::tr("History"), headTools);
    history->setObjectName(QStringLiteral("historyButton"));
    exportButton = new QPushButton(PostmortemPage::tr("Export…"), headTools);
    exportButton->setObjectName(QStringLiteral("exportButton"));
    setRole(exportButton, "primary");
    makeMore(page);
    row->addWidget(saved);
    row->addWidget(readOnly);
    row->addStretch();
    for (QWidget* widget :
         std::initializer_list<QWidget*>{mend, agree, history, more, exportButton})
        row->addWidget(widget);
    head->setSpare({agree, mend}); // the tab of the checks tells of both
}

void PostmortemPage::Parts::makeMore(PostmortemPage* page) {
    more = new QPushButton(PostmortemPage::tr("More") + QStringLiteral(" ▾"), headTools);
    more->setObjectName(QStringLiteral("moreButton"));
    moreMenu = new QMenu(page);
    redraft = moreMenu->addAction(PostmortemPage::tr("Draft anew from the logs…"));
    takeOver = moreMenu->addAction(PostmortemPage::tr("Take over a written postmortem…"));
    edition = moreMenu->addAction(PostmortemPage::tr("Export an edition for others…"));
    copy = moreMenu->addAction(PostmortemPage::tr("Copy as rich text"));
    copy->setObjectName(QStringLiteral("copyDocument"));
    redraft->setObjectName(QStringLiteral("redraft"));
    takeOver->setObjectName(QStringLiteral("takeOver"));
    edition->setObjectName(QStringLiteral("edition"));
    more->setMenu(moreMenu);
    makeSpelling(moreMenu->addMenu(PostmortemPage::tr("Spelling")));
}

void PostmortemPage::Parts::makeMessage(PostmortemPage* page) {
    message = new QWidget(page);
    setRole(message, "bar");
    message->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(message);
    messageText = plain(message, "good");
    messageText->setObjectName(QStringLiteral("pageMessage"));
    messageText->setWordWrap(true);
    messageText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QPushButton(QStringLiteral("✕"), message);
    close->setAccessibleName(PostmortemPage::tr("Close the message"));
    setRole(close, "quiet");
    messageTake = new QPushButton(message);
    messageTake->setObjectName(QStringLiteral("messageTake"));
    messageTake->hide();
    row->addWidget(messageText, 1);
    row->addWidget(messageTake);
    row->addWidget(close);
    QObject::connect(close, &QPushButton::clicked, message, &QWidget::hide);
    message->hide();
}

QWidget* PostmortemPage::Parts::makeSide(QWidget* parent) {
    auto* side = new QWidget(parent);
    setRole(side, "panel");
    side->setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(side);
    const int em = parent->fontMetrics().height();
    column->setContentsMargins(em * 3 / 4, em, em * 3 / 4, em);
    sections = new SectionList(document, side);
    sections->setObjectName(QStringLiteral("sections"));
    tray = new EvidenceTray(document, side);
    documentMenu = new QMenu(side);
    documents = new QPushButton(side);
    documents->setObjectName(QStringLiteral("documents"));
    documents->setAccessibleName(PostmortemPage::tr("Postmortems of this case"));
    setRole(documents, "chooser");
    documents->setMenu(documentMenu);
    documents->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    QLabel* trayHead = heading(side, PostmortemPage::tr("Evidence tray"));
    column->addWidget(documents);
    column->addSpacing(em / 2);
    column->addWidget(heading(side, PostmortemPage::tr("Sections")));
    column->addWidget(sections);
    column->addSpacing(em / 2);
    column->addWidget(trayHead);
    column->addWidget(tray);
    column->addStretch();
    auto* scroll = new QScrollArea(parent);
    scroll->setWidget(side);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(em * 8);
    scroll->setAccessibleName(PostmortemPage::tr("Sections"));
    return scroll;
}

void PostmortemPage::Parts::makeWork(PostmortemPage* page) {
    auto* split = new QSplitter(Qt::Horizontal, page);
    work = split;
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    split->addWidget(makeSide(split));
    auto* middle = new QWidget(split);
    auto* stack = new QVBoxLayout(middle);
    stack->setContentsMargins(0, 0, 0, 0);
    stack->setSpacing(0);
    form = new FormPane(document, timeline, tasks, middle);
    form->setAccessibleName(PostmortemPage::tr("Postmortem"));
    finder = new ReplaceBar(document, middle);
    stack->addWidget(form, 1);
    stack->addWidget(finder);
    split->addWidget(middle);
    for (const FormPane::Section& section : form->sections())
        sections->addSection(section.title, section.part);
    auto* paper = new QWidget(split);
    setRole(paper, "surface");
    paper->setAttribute(Qt::WA_StyledBackground);
    auto* margin = new QVBoxLayout(paper);
    const int em = page->fontMetrics().height();
    margin->setContentsMargins(em * 3 / 2, em, 2, 0);
    views = new QTabWidget(paper);
    views->setObjectName(QStringLiteral("views"));
    views->setAccessibleName(PostmortemPage::tr("Preview and checks"));
    views->setDocumentMode(true);
    views->tabBar()->setDrawBase(false);
    views->tabBar()->setUsesScrollButtons(false); // there are two: the pane is as wide as both
    preview = new PreviewPane(document, views);
    checks = new ChecksPane(document, views);
    views->addTab(preview, PostmortemPage::tr("Preview"));
    views->addTab(checks, PostmortemPage::tr("Checks"));
    margin->addWidget(views);
    split->addWidget(paper);
    split->setStretchFactor(0, 0);
    split->setStretchFactor(1, 8);
    split->setStretchFactor(2, 5);
    split->setSizes({em * 13, em * 54, em * 34});
}

} // namespace postlude
