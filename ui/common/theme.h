// SPDX-License-Identifier: GPL-3.0-or-later
// Colours and measures of both themes, in one place.
//
// The style sheet (resources/themes/style.qss) knows widgets by their property "role":
//   QWidget   panel (grey side panel), surface (white middle), bar (tool and status bars), line
//   QLabel    heading (also setFont(Theme::heading())), title, muted, bad, good, warning, chip
//   QPushButton / QToolButton   primary, link, quiet, segment-left, segment-right (checkable)
//   QLineEdit property "valid": "yes" (green) or "no" (red)
// Set them with setRole(), which also restyles a widget that is already on screen.
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QString>

class QWidget;

namespace postlude {

struct Theme {
    bool dark = false;
    QColor window, surface, raised, border, text, muted, accent, accentText, selection;
    QColor bad, badFill, good, warning, neutral; ///< badFill: the incident band
    QColor grid, cursor;
    QColor chip, chipText;

    /// The one in force; follows the system unless the user chose.
    static const Theme& current();
    /// Okabe–Ito, the same server the same colour everywhere; `index` = place in Query::servers().
    [[nodiscard]] QColor server(std::size_t index) const;
    [[nodiscard]] QFont mono() const; ///< for times, numbers, raw text
    [[nodiscard]] QFont small() const;
    [[nodiscard]] QFont heading() const; ///< small capitals-like section heads of the side panels
    [[nodiscard]] QFont title() const;   ///< heads of a page's sections
};

/// Sets the property "role" (see above) and restyles.
void setRole(QWidget* widget, const char* role);

enum class ThemeChoice : std::uint8_t { System, Light, Dark };

/// Tells when the theme changes; one per program.
class ThemeWatcher : public QObject {
    Q_OBJECT
public:
    static ThemeWatcher& instance();
    [[nodiscard]] ThemeChoice choice() const;
    void choose(ThemeChoice choice); ///< kept in the settings; restyles the application
    void apply();                    ///< palette, style sheet and fonts from the current choice
    [[nodiscard]] double textScale() const;
    void setTextScale(double factor); ///< 0.75 … 2 of the system's text size; kept in the settings
Q_SIGNALS:
    void changed();

private:
    ThemeWatcher();
    ThemeChoice choice_ = ThemeChoice::System;
    double scale_ = 1;
};

} // namespace postlude
