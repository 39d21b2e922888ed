// SPDX-License-Identifier: GPL-3.0-or-later
// Right of Investigate: findings, hypotheses, and the selected line taken apart.
#pragma once

#include "ui/common/session.h"

#include <QWidget>

namespace postlude {

class FindingCard;
class FoldGroup;
enum class FindingGroup : std::uint8_t;

/// GUI thread. Shows all text of logs as plain text, made visible().
class FindingsPanel : public QWidget {
    Q_OBJECT
public:
    explicit FindingsPanel(QWidget* parent = nullptr);
    ~FindingsPanel() override;
    /// Null: the empty state. The session must outlive the panel or be taken away before.
    void setSession(Session* session);
    /// What the panel shows; setSession() takes these from the session by itself.
    void showAnalysis(std::shared_ptr<const Analysis> analysis);

    /// Puts a section above the line that is taken apart; the panel owns it then.
    void addSection(QWidget* section);
    /// Scrolls to a finding, by its place among the analysis', and marks it.
    void reveal(std::size_t index);
    /// Asks for a cause of the user's own.
    void addHypothesis();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showFields();
    void rebuild();
    void addChips();
    void settleHead();
    void addFindings();
    void addIncidentHead(std::size_t incident);
    FoldGroup* addGroup(FindingGroup of, std::size_t incident);
    FindingCard* makeCard(const Finding& finding, QWidget* parent);
    void showState();
    void showNotes();
    void showEvidence(const Evidence& evidence);
    void goTo(Instant at);
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace postlude
