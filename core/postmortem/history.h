// SPDX-License-Identifier: GPL-3.0-or-later
// Undo and redo over whole documents.
#pragma once

#include "core/postmortem/postmortem.h"

namespace postlude {

/// Unlimited undo. Changes with the same `what` that follow within two seconds are one step, so
/// that typing undoes by phrase and not by letter. Not thread-safe.
class History {
public:
    explicit History(Postmortem start);
    [[nodiscard]] const Postmortem& current() const;
    /// Does nothing if `next` equals the current document.
    void change(Postmortem next, const std::string& what, Instant now);
    bool undo();
    bool redo();
    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] bool canRedo() const;
    [[nodiscard]] std::string undoName() const; ///< `what` of the step undo() would take back
    [[nodiscard]] std::string redoName() const;

private:
    struct Step {
        Postmortem document;
        std::string what;
        Instant at;
    };
    std::vector<Step> steps_;
    std::size_t at_ = 0;
    bool growing_ = false; ///< the current step was just made by change(), not reached by undo
};

} // namespace postlude
