// SPDX-License-Identifier: GPL-3.0-or-later
// The selected line, taken apart.
#pragma once

#include "ui/findings/otherside.h"
#include "ui/findings/recorddetail.h"

#include <QTextEdit>
#include <QTimer>
#include <QWidget>

class QVBoxLayout;

namespace postlude {

class Session;
class TextLabel;

/// Read-only text, as tall as what is in it; filled by cursor, so nothing in it is markup.
class GrowingView : public QTextEdit {
    Q_OBJECT
public:
    explicit GrowingView(QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void fit();
};

class LineSection : public QWidget {
    Q_OBJECT
public:
    explicit LineSection(QWidget* parent = nullptr);
    void setSession(Session* session);

    /// What is loaded off the GUI thread for one line.
    struct Line {
        RecordRow row;
        QString source;
        QString raw;
        std::string host = {};
    };
    void showLine(const Line& line);
    void showMessage(const QString& heading, const QString& text);

private:
    void load();
    void dress();
    void loadSides();
    void showNeighbours();
    void showSides(const std::vector<OtherSide>& sides);
    void addLink(QVBoxLayout& to, const QString& text, const QString& tip,
                 std::function<void()> run);
    Session* session_ = nullptr;
    std::optional<RecordId> shown_;
    QTimer soon_;
    TextLabel* heading_;
    TextLabel* message_;
    GrowingView* view_;
    QVBoxLayout* sides_;      ///< the same request elsewhere
    QVBoxLayout* neighbours_; ///< filters
    std::optional<Line> line_;
};

} // namespace postlude
