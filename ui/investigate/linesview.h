// SPDX-License-Identifier: GPL-3.0-or-later
// The merged lines table: shows the selection's window and filter, and follows its cursor.
#pragma once

#include "ui/common/session.h"
#include "ui/investigate/linesmodel.h"

#include <QTableView>

class QLabel;

namespace postlude {

class LinesView : public QTableView {
    Q_OBJECT
public:
    explicit LinesView(QWidget* parent = nullptr);
    void setSession(Session* session);
    void setServers(const ServerIndex& servers);
    [[nodiscard]] LinesModel* lines() const { return model_; }
    /// Selects the line at or after the moment, as a click on a chart does.
    void landOn(Instant moment);
    void step(int by);

Q_SIGNALS:
    /// A line was activated (Enter or double click).
    void opened();
    void loaded();

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void style();
    void load();
    void follow();
    void markBookmarks();
    void copyLine();

    Session* session_ = nullptr;
    LinesModel* model_ = nullptr;
    QLabel* empty_ = nullptr;
    QTimer reload_;
    bool following_ = false; ///< the selection moves us, not we the selection
    std::optional<Instant> landing_;
};

} // namespace postlude
