// SPDX-License-Identifier: GPL-3.0-or-later
// All possible causes: those of the analysis with the user's verdicts, and the user's own.
#pragma once

#include "ui/common/session.h"
#include "ui/findings/hypothesisrow.h"

#include <QSet>
#include <QWidget>

class QVBoxLayout;

namespace postlude {

class HypothesisList : public QWidget {
    Q_OBJECT
public:
    explicit HypothesisList(QWidget* parent = nullptr);
    /// Both may be null. The session must outlive the list or be taken away before.
    void show(Session* session, std::shared_ptr<const Analysis> analysis);
    /// Asks for a title and adds a cause of the user's own.
    void addOwn();
    [[nodiscard]] bool isEmpty() const { return rows_ == 0; }

private:
    void rebuild();
    void reveal(HypothesisRow* row);
    [[nodiscard]] int focusedControl() const;
    void addHeadOf(const Incident& incident);
    void addRow(HypothesisRow::Content content);
    void attachSelected(const Hypothesis& to, bool against);
    void attach(Hypothesis to, const Evidence& evidence, bool against);

    Session* session_ = nullptr;
    std::shared_ptr<const Analysis> analysis_;
    QVBoxLayout* column_;
    int rows_ = 0;
    QSet<QString> open_; ///< keys of what is unfolded
    std::string added_;  ///< by hand just now: its row is to be looked at
};

/// The line that is selected, as evidence; none if none is.
std::optional<Evidence> selectedEvidence(Session& session);

} // namespace postlude
