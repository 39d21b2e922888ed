// SPDX-License-Identifier: GPL-3.0-or-later
// The document as its reader will see it. Nothing in it is fetched, run or followed: pictures
// are only those of the incident's charts, links are not opened.
#pragma once

#include "core/export/chart.h"
#include "ui/postmortem/document.h"

#include <QElapsedTimer>
#include <QTextBrowser>
#include <QTimer>
#include <map>

namespace postlude {

class Session;

class PreviewPane : public QTextBrowser {
    Q_OBJECT
public:
    explicit PreviewPane(Document& document, QWidget* parent = nullptr);
    /// Takes the charts and the lines' digests from it; null: text alone.
    void setSession(Session* session);
    /// Scrolls to where a part of the document (as faultsOf() names it) stands in it.
    void follow(const std::string& part);

    QVariant loadResource(int type, const QUrl& name) override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    bool showHeading(const QString& heading);
    [[nodiscard]] std::optional<Instant> incidentShown() const;
    void loadCharts();
    void take(const QString& markdown);
    void present();                        ///< what was taken
    void dress(QTextDocument& text) const; ///< sizes, distances and colours of the theme
    [[nodiscard]] QImage picture(const Chart& chart) const;

    Document& document_;
    Session* session_ = nullptr;
    std::vector<Chart> charts_;
    std::optional<Instant> charted_; ///< start of the incident they are of
    QTimer soon_, widened_;
    QElapsedTimer taking_;
    int pace_ = 0; ///< ms that the window's thread took for what is shown
    QString shown_;
    std::string awaited_;             ///< part to be scrolled to that is not shown yet
    QTextDocument* text_ = nullptr;   ///< what is shown, once something was
    QTextDocument* coming_ = nullptr; ///< what is being made, to be shown next
};

/// Qt's Markdown reader knows no footnotes: marks become [1], notes a list at the end.
QString withoutFootnotes(const QString& markdown);

} // namespace postlude
