// SPDX-License-Identifier: GPL-3.0-or-later
// Colours and measures of both themes, in one place.
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QString>

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
    [[nodiscard]] QFont mono() const;  ///< for times, numbers, raw text
    [[nodiscard]] QFont small() const;
    [[nodiscard]] QFont heading() const; ///< small capitals-like section heads of the side panels
};

enum class ThemeChoice : std::uint8_t { System, Light, Dark };

/// Tells when the theme changes; one per program.
class ThemeWatcher : public QObject {
    Q_OBJECT
public:
    static ThemeWatcher& instance();
    [[nodiscard]] ThemeChoice choice() const;
    void choose(ThemeChoice choice); ///< kept in the settings; restyles the application
    void apply();                    ///< palette, style sheet and fonts from the current choice
Q_SIGNALS:
    void changed();
};

} // namespace postlude
