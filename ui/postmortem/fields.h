// SPDX-License-Identifier: GPL-3.0-or-later
// Text fields bound to the document. They write with each letter and take over what others
// (undo, a restored revision) have changed. Undo inside them is the document's undo.
#pragma once

#include "ui/postmortem/document.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <functional>

class QComboBox;

namespace postlude {

/// How a field reads and writes its part of the document.
struct TextBinding {
    std::string what; ///< name of the undo step
    std::function<QString(const Postmortem&)> read;
    std::function<void(Postmortem&, const QString&)> write;
    /// True if `text` already says what the document holds; then the field is left as typed.
    std::function<bool(const Postmortem&, const QString& text)> says = {};
};

TextBinding bindText(std::string what, std::string& (*part)(Postmortem&));
/// One paragraph a line; blank lines are not kept.
TextBinding bindLines(std::string what, std::vector<std::string>& (*part)(Postmortem&));
/// Parted by commas.
TextBinding bindNames(std::string what, std::vector<std::string>& (*part)(Postmortem&));

/// Hands Ctrl+Z and Ctrl+Shift+Z of an editor to the document.
class DocumentUndo : public QObject {
    Q_OBJECT
public:
    DocumentUndo(Document& document, QWidget* editor);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Document& document_;
};

QLineEdit* makeLine(Document& document, TextBinding binding, QWidget* parent);
QComboBox* makeChoice(Document& document, TextBinding binding, const QStringList& choices,
                      bool onlyThese, QWidget* parent);

class TextLinks;

/// A text that grows with what is in it; Tab leaves it. Takes evidence that is dropped on it.
class GrowingText : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit GrowingText(QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// Behind the sentence or word that the cursor is in.
    void addEvidence(const std::vector<Evidence>& evidence) { Q_EMIT evidenceAdded(evidence); }

Q_SIGNALS:
    void evidenceAdded(const std::vector<postlude::Evidence>& evidence);

protected:
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData* data) const override;
    void insertFromMimeData(const QMimeData* data) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override; ///< with spellings to choose from

private:
    friend GrowingText* makeText(Document& document, TextBinding binding, QWidget* parent);
    [[nodiscard]] int textHeight() const;
    void fit();
    TextLinks* links_ = nullptr;
};

GrowingText* makeText(Document& document, TextBinding binding, QWidget* parent);

} // namespace postlude
