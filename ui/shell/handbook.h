// SPDX-License-Identifier: GPL-3.0-or-later
// The handbook's pages, which are part of the program (resources/help). Our own texts, in Markdown.
#pragma once

#include <QString>
#include <vector>

class QAction;
class QWidget;

namespace postlude {

struct HandbookPage {
    QString id; ///< name of its file: "11-filter"
    QString title;
    QString markdown; ///< keys are written as code
};

/// In the order of reading, in the language of the interface where there is a translation.
std::vector<HandbookPage> handbookPages();
/// A page of all commands that have keys.
HandbookPage shortcutsPage(const QList<QAction*>& actions);
/// Indexes of the pages in which each word occurs, those with one in their title first; all pages
/// for no words.
std::vector<std::size_t> pagesWith(const std::vector<HandbookPage>& pages, const QString& words);
/// The page about the part of the window that `widget` is in; the first one if there is none.
QString handbookPageFor(const QWidget* widget);

} // namespace postlude
