// SPDX-License-Identifier: GPL-3.0-or-later
// Modes, stepping, the cursor's time, the filter, the zone, the palette: the row under the menus.
#pragma once

#include "ui/common/session.h"

#include <QWidget>

class QPushButton;
class QLabel;
class QHBoxLayout;
class QTimer;

namespace postlude {

class FilterBar;

class ToolRow : public QWidget {
    Q_OBJECT
public:
    explicit ToolRow(QWidget* parent = nullptr);
    void setSession(Session* session);
    void setPlaying(bool playing, int speed);
    void setInvestigating(bool investigating);
    [[nodiscard]] FilterBar& filter() const { return *filter_; }
    /// Shows the document's own tools in this row while in Postmortem mode.
    void takeDocumentTools(QWidget* tools);

Q_SIGNALS:
    void modeWanted(bool investigate);
    void eventWanted(int by);
    void paletteWanted();
    void playWanted();
    void speedWanted(int speed);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void settleWidth();
    void settleButtons();
    QPushButton* addButton(QHBoxLayout* row, const QString& name, const QString& text);
    void showTime();
    void showZone();
    void zoneMenu();
    void speedMenu(const QPoint& at);

    Session* session_ = nullptr;
    QPushButton* investigate_ = nullptr;
    QPushButton* postmortem_ = nullptr;
    QPushButton* previous_ = nullptr;
    QPushButton* next_ = nullptr;
    QPushButton* play_ = nullptr;
    QLabel* time_ = nullptr;
    FilterBar* filter_ = nullptr;
    QWidget* document_ = nullptr;
    QPushButton* zone_ = nullptr;
    QPushButton* palette_ = nullptr;
    QTimer* springing_;    ///< runs while evidence is held over `postmortem_`
    bool narrow_ = false;  ///< the filter needs the room: buttons say less
    bool crowded_ = false; ///< not even then is there room for all
};

} // namespace postlude
