// SPDX-License-Identifier: GPL-3.0-or-later
// What the page is made of.
#pragma once

#include "core/base/text.h"
#include "ui/postmortem/checkspane.h"
#include "ui/postmortem/formpane.h"
#include "ui/postmortem/markedlist.h"
#include "ui/postmortem/page.h"
#include "ui/postmortem/previewpane.h"
#include "ui/postmortem/replacebar.h"
#include "ui/postmortem/saver.h"
#include "ui/postmortem/taskmodel.h"

#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <map>

namespace postlude {

struct PostmortemPage::Parts {
    explicit Parts(PostmortemPage* page);

    Session* session = nullptr;
    Document document;
    TimelineModel timeline{document};
    TaskModel tasks{document};
    DocumentSaver saver{document};
    DocumentId shown = DocumentId::First;
    std::map<DocumentId, std::unique_ptr<History>> aside; ///< of those edited before
    QString exporting;                                    ///< the file; empty: none is written

    QWidget* headTools;
    QLabel *mend, *agree, *readOnly, *saved;
    QPushButton *history, *exportButton;
    QWidget* message;
    QLabel* messageText;
    QPushButton* messageTake;
    std::function<void()> taken; ///< what messageTake does
    QStackedWidget* pages;
    QLabel* empty;
    QWidget* work;
    QPushButton* documents;
    QMenu* documentMenu;
    SectionList* sections;
    EvidenceTray* tray;
    FormPane* form;
    ReplaceBar* finder;
    PreviewPane* preview;
    ChecksPane* checks;
    QTabWidget* views; ///< preview and checks
    QPushButton* more;
    QMenu* moreMenu;
    QAction *edition, *takeOver, *redraft, *copy;

private:
    void makeHead(PostmortemPage* page);
    void makeMore(PostmortemPage* page);
    void makeMessage(PostmortemPage* page);
    QWidget* makeSide(QWidget* parent);
    void makeWork(PostmortemPage* page);
};

} // namespace postlude
