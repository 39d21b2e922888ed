// SPDX-License-Identifier: GPL-3.0-or-later
// The left panel: backends and servers, sources, bookmarks.
#pragma once

#include "ui/common/session.h"
#include "ui/investigate/serverindex.h"

#include <QScrollArea>

class QLabel;
class QPushButton;

namespace postlude {

class SideList;
struct SideRow;

/// The folders that all logs (sources with records) are in, which tell nothing where room is
/// scarce: "bundle/lb/"; "" if they are in different ones, or if there is but one log.
std::string commonFolder(const std::vector<SourceInfo>& sources);

class SourcesPanel : public QScrollArea {
    Q_OBJECT
public:
    explicit SourcesPanel(QWidget* parent = nullptr);
    void setSession(Session* session);
    void setServers(const ServerIndex& servers);
    /// Lets the user see and correct how the source of that path is read.
    void showFormatOf(const std::string& source);
    /// Lets the user say how far the clock of that source's host is off.
    void showClockOf(const std::string& source);

Q_SIGNALS:
    /// A server or source was chosen: the filter that shows it alone.
    void filterWanted(const QString& filter);
    void told(const QString& text); ///< for the status bar
    void bookmarkWanted(std::int64_t id);

private:
    void showServers();
    void showSources();
    void checkSources();
    void showBookmarks();
    void showIssues();
    [[nodiscard]] bool isReference(const std::string& host) const;
    void tellClock(const SourceInfo& source, SideRow& row, QStringList& tip) const;
    void sourceMenu(const QPoint& position);
    void bookmarkMenu(const QPoint& position);
    [[nodiscard]] SideRow sourceRow(const SourceInfo& source, const std::string& common) const;
    QLabel* addHeading(const QString& text);
    SideList* addList(const QString& name);

    Session* session_ = nullptr;
    ServerIndex servers_;
    std::vector<SourceInfo> listed_;
    QHash<quint32, QString> stale_; ///< what is wrong with a source's files, by its number
    QLabel* backend_ = nullptr;
    QLabel* bookmarkHint_ = nullptr;
    SideList* serverList_ = nullptr;
    SideList* sourceList_ = nullptr;
    SideList* bookmarkList_ = nullptr;
    QPushButton* issues_ = nullptr;
};

} // namespace postlude
