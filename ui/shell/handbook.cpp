// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/handbook.h"

#include "ui/common/language.h"
#include "ui/shell/palette.h"
#include "ui/shell/partkeys.h"

#include <QAction>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QKeySequence>
#include <QRegularExpression>
#include <QWidget>
#include <array>

namespace postlude {

namespace {

constexpr std::array<std::pair<const char*, const char*>, 17> kPageOf{{
    {"filterBar", "11-filter"},
    {"sqlWindow", "14-sql"},
    {"compareWindow", "05-compare"},
    {"messagesWindow", "05-compare"},
    {"findings", "06-causes"},
    {"hypotheses", "06-causes"},
    {"findingsPanel", "06-causes"},
    {"sourcesPanel", "13-formats"},
    {"formatDialog", "13-formats"},
    {"formatList", "13-formats"},
    {"linesView", "10-investigate"},
    {"overview", "10-investigate"},
    {"centre", "10-investigate"},
    {"investigatePage", "10-investigate"},
    {"checks", "08-verify"},
    {"postmortemPage", "07-postmortem"},
    {"errorPage", "03-open"},
}};

QString textOf(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readAll()) : QString();
}

/// Keys become code, which is how they are shown, and are called as in the menus.
QString withKeysAsCode(const QString& markdown) {
    static const QRegularExpression key(QStringLiteral("<kbd>(.+?)</kbd>"));
    QString shown;
    qsizetype from = 0;
    for (const QRegularExpressionMatch& found : key.globalMatch(markdown)) {
        const QKeySequence keys(found.captured(1), QKeySequence::PortableText);
        shown += QStringView(markdown).mid(from, found.capturedStart() - from);
        shown += u'`' + keys.toString(QKeySequence::NativeText) + u'`';
        from = found.capturedEnd();
    }
    return shown += QStringView(markdown).mid(from);
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
    const QDir own(QStringLiteral(":/postlude/help/") + languageInUse());
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
    for (const PartKeys& part : keysOfParts())
        for (const PartKey& one : part.keys)
            page.markdown += QStringLiteral("| %1: %2 | %3 |\n")
                                 .arg(part.part, one.does, u'`' + one.keys + u'`');
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
