// SPDX-License-Identifier: GPL-3.0-or-later
// Find and replace over the document, below its form.
#pragma once

#include "core/postmortem/find.h"
#include "ui/postmortem/document.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace postlude {

class ReplaceBar : public QWidget {
    Q_OBJECT
public:
    explicit ReplaceBar(Document& document, QWidget* parent = nullptr);
    /// Opens it, with the words to find selected.
    void open(bool replacing, const QString& words = {});
    void step(int by); ///< to the next or the one before; goes round at the ends

Q_SIGNALS:
    void shown(const postlude::FoundText& found);
    void lost(); ///< what is looked for now is nowhere
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void search(bool move);
    void tell();
    void replaceOne();
    void replaceAll();
    void shut();
    QPushButton* addButton(QLayout* to, const QString& text, const QString& tip, const char* name);
    [[nodiscard]] FindOptions options() const;
    Document& document_;
    QLineEdit *words_, *with_;
    QCheckBox *case_, *whole_;
    QLabel* count_;
    QWidget* replacing_;
    std::vector<FoundText> found_;
    int at_ = -1;
};

} // namespace postlude
