// SPDX-License-Identifier: GPL-3.0-or-later
// Beside the text: what is still to mend, which numbers differ from the logs, which have nothing
// behind them, and what the reader of a document that was taken over remarked.
#pragma once

#include "core/postmortem/claims.h"
#include "ui/postmortem/document.h"

#include <QTimer>
#include <QTreeWidget>
#include <QWidget>
#include <set>

class QLabel;
class QPushButton;

namespace postlude {

class Session;

/// Lives on the GUI thread; the numbers are compared on another, soon after each change.
class ChecksPane : public QWidget {
    Q_OBJECT
public:
    explicit ChecksPane(Document& document, QWidget* parent = nullptr);
    void setSession(Session* session);
    /// What was ambiguous in a document that was read; empty: no more.
    void setRemarks(std::vector<ReadingRemark> remarks);
    [[nodiscard]] const std::vector<Claim>& claims() const { return claims_; }
    [[nodiscard]] int agreeing() const;
    [[nodiscard]] int differing() const;
    [[nodiscard]] int toMend() const { return int(faults_.size()) + differing(); }
    /// As of the last comparison.
    [[nodiscard]] const std::vector<Fault>& faults() const { return faults_; }

Q_SIGNALS:
    void refreshed();
    void placeWanted(const QString& place); ///< as Kept::after names it; a part's name otherwise

private:
    void compareSoon();
    void compare();
    void fill();
    void offer();
    void takeSelected();
    struct Found;
    void take(Found found);
    void addMore(QTreeWidgetItem* group, std::size_t all);
    QTreeWidgetItem* addGroup(int id, const QString& title, const QColor& colour);
    void addFaults();
    [[nodiscard]] QString entryText(const Claim& claim) const;
    void addClaims(int id, const QString& title, Claim::State state, const QColor& colour);
    void addRemarks();

    Document& document_;
    Session* session_ = nullptr;
    std::vector<Claim> claims_;
    std::vector<ReadingRemark> remarks_;
    std::vector<Fault> faults_;
    std::set<int> closed_{4}; ///< groups; what agrees is shown when it is asked for
    QTimer soon_;
    QTreeWidget* tree_;
    QLabel* detail_;
    QPushButton* take_;
};

} // namespace postlude
