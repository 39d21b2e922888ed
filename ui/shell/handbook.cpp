// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/handbook.h"

#include "ui/shell/palette.h"

#include <QAction>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLocale>
#include <QWidget>
#include <array>

namespace postlude {

namespace {

constexpr std::array<std::pair<const char*, const char*>, 16> kPageOf{{
    {"filterBar", "05-filter"},
    {"sqlWindow", "09-sql"},
    {"compareWindow", "04-causes"},
    {"messagesWindow", "04-causes"},
    {"findings", "04-causes"},
    {"hypotheses", "04-causes"},
    {"findingsPanel", "04-causes"},
    {"sourcesPanel", "07-formats"},
    {"formatDialog", "07-formats"},
    {"formatList", "07-formats"},
    {"linesView", "03-investigate"},
    {"overview", "03-investigate"},
    {"centre", "03-investigate"},
    {"investigatePage", "03-investigate"},
    {"postmortemPage", "08-postmortem"},
    {"errorPage", "12-trust"},
}};

QString textOf(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readAll()) : QString();
}

/// Keys become code, which is how they are shown.
QString withKeysAsCode(QString markdown) {
    return markdown.replace(QLatin1String("<kbd>"), QLatin1String("`"))
        .replace(QLatin1String("</kbd>"), QLatin1String("`"));
}

QString titleOf(const QString& markdown) {
    return markdown.section(QLatin1Char('\n'), 0, 0).mid(2).trimmed();
}

bool hasWords(const QString& text, const QStringList& words) {
    return std::ranges::all_of(
        words, [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

std::vector<HandbookPage> handbookPages() {
    const QDir english(QStringLiteral(":/postlude/help/en"));
    const QDir own(QStringLiteral(":/postlude/help/") + QLocale().name().section(u'_', 0, 0));
    std::vector<HandbookPage> pages;
    for (const QString& name :
         english.entryList({QStringLiteral("*.md")}, QDir::Files, QDir::Name)) {
        const QString file = own.exists(name) ? own.filePath(name) : english.filePath(name);
        const QString markdown = withKeysAsCode(textOf(file));
        pages.push_back({name.chopped(3), titleOf(markdown), markdown});
    }
    return pages;
}

HandbookPage shortcutsPage(const QList<QAction*>& actions) {
    HandbookPage page{QStringLiteral("shortcuts"),
                      QCoreApplication::translate("postlude::HelpWindow", "All keys"),
                      {}};
    page.markdown =
        QStringLiteral("# %1\n\n| %2 | %3 |\n|---|---|\n")
            .arg(page.title, QCoreApplication::translate("postlude::HelpWindow", "Command"),
                 QCoreApplication::translate("postlude::HelpWindow", "Keys"));
    for (const QAction* action : actions) {
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts())
            keys << u'`' + key.toString(QKeySequence::NativeText) + u'`';
        if (!keys.isEmpty())
            page.markdown += QStringLiteral("| %1 | %2 |\n")
                                 .arg(plainName(action), keys.join(QLatin1String(", ")));
    }
    return page;
}

std::vector<std::size_t> pagesWith(const std::vector<HandbookPage>& pages, const QString& words) {
    const QStringList list = words.split(u' ', Qt::SkipEmptyParts);
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < pages.size(); ++i)
        if (hasWords(pages[i].markdown, list)) found.push_back(i);
    if (!list.isEmpty())
        std::ranges::stable_partition(
            found, [&](std::size_t i) { return hasWords(pages[i].title, list); });
    return found;
}

QString handbookPageFor(const QWidget* widget) {
    for (; widget != nullptr; widget = widget->parentWidget())
        for (const auto& [name, page] : kPageOf)
            if (widget->objectName() == QLatin1String(name)) return QLatin1String(page);
    return QStringLiteral("01-start");
}

} // namespace postlude
