// SPDX-License-Identifier: GPL-3.0-or-later
// One possible cause with its verdict; unfolds to what speaks for and against it, and to what the
// user makes of it.
#pragma once

#include "ui/common/hypotheses.h"

#include <QWidget>

class QVBoxLayout;

namespace postlude {

class DropSides;

class HypothesisRow : public QWidget {
    Q_OBJECT
public:
    enum class State : std::uint8_t { Likely, Possible, RuledOut, Undecided, Own };
    struct Content {
        QString title;
        State state = State::Undecided; ///< what the analysis says
        QString statement = {};
        std::vector<std::pair<std::string, double>> scores = {};
        double score = 0;
        std::vector<Evidence> evidence = {};
        Hypothesis own = {}; ///< what the user says; with the key in any case
        bool editable = true;
    };
    explicit HypothesisRow(Content content, QWidget* parent = nullptr);
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const;

Q_SIGNALS:
    void evidenceActivated(const postlude::Evidence& evidence);
    void toggled(bool open);
    /// The user has changed his verdict, note or exhibits.
    void changed(const postlude::Hypothesis& now);
    /// He wants the line that is selected to speak for it, or against it.
    void exhibitWanted(const postlude::Hypothesis& of, bool against);
    void removeWanted(const std::string& key);
    /// A line or chart was dropped on it.
    void dropped(const postlude::Hypothesis& on, const postlude::Evidence& evidence, bool against);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    [[nodiscard]] bool isAgainst(const QPoint& at) const { return at.x() >= width() / 2; }
    QWidget* makeHead();
    QWidget* makeDetails();
    void addAnalysis(QVBoxLayout& column);
    void addExhibits(QVBoxLayout& column);
    void addEditing(QVBoxLayout& column);
    [[nodiscard]] QString verdict() const;
    [[nodiscard]] const char* role() const;

    Content content_;
    QWidget* details_ = nullptr;
    DropSides* sides_ = nullptr; ///< while something is dragged over it
};

} // namespace postlude
