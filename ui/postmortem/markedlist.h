// SPDX-License-Identifier: GPL-3.0-or-later
// The grey side of the page: sections with their marks, and the evidence tray.
#pragma once

#include "core/case/case.h"
#include "ui/postmortem/document.h"
#include "ui/postmortem/evidencepiece.h"

#include <QListWidget>

class QMenu;

namespace postlude {

/// Items that break their text and carry a mark at the right; as tall as its items.
class MarkedList : public QListWidget {
    Q_OBJECT
public:
    explicit MarkedList(QWidget* parent = nullptr);
    enum Role : int { SignRole = Qt::UserRole, SignColourRole, PayloadRole };
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void fit();
};

class SectionList : public MarkedList {
    Q_OBJECT
public:
    explicit SectionList(Document& document, QWidget* parent = nullptr);
    /// A section called `title`; its mark comes from the faults of `part`.
    void addSection(const QString& title, const std::string& part);
    void setFaults(std::vector<Fault> faults);

private:
    void refresh();
    Document& document_;
    std::vector<std::string> parts_;
    std::vector<Fault> faults_;
};

/// What was marked in Investigate, and the incident's charts; each can become an entry or be
/// attached to one.
class EvidenceTray : public MarkedList {
    Q_OBJECT
public:
    explicit EvidenceTray(Document& document, QWidget* parent = nullptr);
    void setSession(Session* session);
    /// What there is to be added, and the line that is selected in Investigate before it: one
    /// action each, which calls `take`.
    void addPieces(QMenu& menu, const std::function<void(const EvidencePiece&)>& take);

Q_SIGNALS:
    void entryWanted(const postlude::EvidencePiece& piece);
    void attachWanted(const postlude::EvidencePiece& piece); ///< to what is being written on

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    [[nodiscard]] QMimeData* mimeData(const QList<QListWidgetItem*>& items) const override;
    [[nodiscard]] QStringList mimeTypes() const override;

private:
    void refresh();
    void add(const EvidencePiece& piece, const QString& sign);
    [[nodiscard]] const EvidencePiece* current() const;
    Document& document_;
    Session* session_ = nullptr;
    std::vector<EvidencePiece> pieces_;
};

} // namespace postlude
