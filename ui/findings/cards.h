// SPDX-License-Identifier: GPL-3.0-or-later
// The pieces of the findings panel.
#pragma once

#include "core/analysis/analysis.h"

#include <QFrame>
#include <QString>

namespace postlude {

/// Links to evidence, one below the other; the first few, the rest on demand.
class EvidenceLinks : public QWidget {
    Q_OBJECT
public:
    explicit EvidenceLinks(const std::vector<Evidence>& evidence, QWidget* parent = nullptr);

Q_SIGNALS:
    void activated(const postlude::Evidence& evidence);
};

/// Something that reacts to a click, Enter and Space alike, and shows that it has the focus.
class Clickable : public QFrame {
    Q_OBJECT
public:
    explicit Clickable(QWidget* parent = nullptr);

Q_SIGNALS:
    void clicked();

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

/// One finding: coloured bar, title, time, statement, evidence.
class FindingCard : public Clickable {
    Q_OBJECT
public:
    FindingCard(const Finding& finding, const QString& time, QWidget* parent = nullptr);
    /// The one that was stepped to.
    void setMarked(bool marked);
    [[nodiscard]] bool isMarked() const { return marked_; }

Q_SIGNALS:
    void evidenceActivated(const postlude::Evidence& evidence);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Finding::Tone tone_;
    bool marked_ = false;
};

} // namespace postlude
