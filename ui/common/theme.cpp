// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/theme.h"

#include "ui/common/systemtheme.h"

#include <QApplication>
#include <QFile>
#include <QFileSystemWatcher>
#include <QFontDatabase>
#include <QPalette>
#include <QProxyStyle>
#include <QSettings>
#include <QStyle>
#include <QStyleFactory>
#include <QToolTip>
#include <QWidget>
#include <array>

namespace postlude {

namespace {

// Smallest UI size we fall back to where the platform names none worth following.
constexpr double kSmallestPoints = 9.75;

Theme lightTheme() {
    Theme t;
    t.window = 0xF6F7F9, t.surface = 0xFFFFFF, t.raised = 0xF6F7F9, t.border = 0xDDE1E6;
    t.text = 0x1D2329, t.muted = 0x5F6974, t.accent = 0x2264C7, t.accentText = 0xFFFFFF;
    t.selection = 0xE3EEFB;
    t.bad = 0xC8312B, t.badFill = 0xFBF0F0, t.good = 0x1E7F4F, t.warning = 0xA85F00;
    t.neutral = 0x68727D;
    t.grid = 0xECEFF2, t.cursor = 0x1D2329, t.chip = 0xE3EEFB, t.chipText = 0x2264C7;
    return t;
}

Theme darkTheme() {
    Theme t;
    t.dark = true;
    t.window = 0x1E2227, t.surface = 0x16191D, t.raised = 0x1E2227, t.border = 0x333A42;
    t.text = 0xE4E8EC, t.muted = 0x98A2AD, t.accent = 0x6FA8FF, t.accentText = 0x0E1A2B;
    t.selection = 0x22364F;
    t.bad = 0xFF6B63, t.badFill = 0x2D2124, t.good = 0x59C38C, t.warning = 0xE8A33D;
    t.neutral = 0x98A2AD;
    t.grid = 0x262B31, t.cursor = 0xE4E8EC, t.chip = 0x22364F, t.chipText = 0x7DB0FF;
    return t;
}

Theme& inForce() {
    static Theme theme = lightTheme();
    return theme;
}

/// Fusion, whose icons on the buttons of dialogs are drawn for a light window only.
class PlainStyle : public QProxyStyle {
public:
    PlainStyle()
        : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override {
        if (hint == SH_DialogButtonBox_ButtonsHaveIcons) return 0;
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
};

QString firstInstalled(const QStringList& families, QFontDatabase::SystemFont otherwise) {
    const QStringList installed = QFontDatabase::families();
    for (const QString& family : families)
        if (installed.contains(family)) return family;
    return QFontDatabase::systemFont(otherwise).family();
}

const QString& uiFamily() {
    static const QString family = firstInstalled(
        {QStringLiteral("Inter"), QStringLiteral("Inter Variable")}, QFontDatabase::GeneralFont);
    return family;
}

const QString& monoFamily() {
    static const QString family =
        firstInstalled({QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono")},
                       QFontDatabase::FixedFont);
    return family;
}

QFont scaled(const QString& family, double factor) {
    QFont font(family);
    font.setPointSizeF(QApplication::font().pointSizeF() * factor);
    return font;
}

double systemPoints() {
    static const double points = QFontDatabase::systemFont(QFontDatabase::GeneralFont).pointSizeF();
    return std::max(points, kSmallestPoints);
}

QPalette paletteOf(const Theme& t) {
    QPalette p;
    p.setColor(QPalette::Window, t.window);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.surface);
    p.setColor(QPalette::AlternateBase, t.raised);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::PlaceholderText, t.muted);
    p.setColor(QPalette::Button, t.raised);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.bad);
    p.setColor(QPalette::Highlight, t.selection);
    p.setColor(QPalette::HighlightedText, t.text);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    p.setColor(QPalette::ToolTipBase, t.raised);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::Light, t.surface);
    p.setColor(QPalette::Midlight, t.grid);
    p.setColor(QPalette::Mid, t.border);
    p.setColor(QPalette::Dark, t.border);
    p.setColor(QPalette::Shadow, t.dark ? QColor(Qt::black) : t.border);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.muted);
    return p;
}

QColor between(const QColor& a, const QColor& b, double share) {
    return QColor::fromRgbF(float(a.redF() + (b.redF() - a.redF()) * share),
                            float(a.greenF() + (b.greenF() - a.greenF()) * share),
                            float(a.blueF() + (b.blueF() - a.blueF()) * share));
}

/// style.qss with each @colour@ replaced.
QString styleSheetOf(const Theme& t) {
    QFile file(QStringLiteral(":/postlude/themes/style.qss"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::pair<const char*, QColor> colours[] = {
        {"window", t.window},
        {"surface", t.surface},
        {"raised", t.raised},
        {"border", t.border},
        {"text", t.text},
        {"muted", t.muted},
        {"accent", t.accent},
        {"accentText", t.accentText},
        {"selection", t.selection},
        {"bad", t.bad},
        {"badFill", t.badFill},
        {"good", t.good},
        {"warning", t.warning},
        {"neutral", t.neutral},
        {"grid", t.grid},
        {"chip", t.chip},
        {"chipText", t.chipText},
        {"hover", between(t.raised, t.text, 0.06)},
        {"pressed", between(t.raised, t.text, 0.12)},
        {"accentHover", between(t.accent, t.text, 0.12)},
        {"handle", between(t.window, t.text, 0.22)},
    };
    for (const auto& [name, colour] : colours)
        sheet.replace(QLatin1Char('@') + QLatin1String(name) + QLatin1Char('@'), colour.name());
    sheet.replace(QStringLiteral("@theme@"),
                  t.dark ? QStringLiteral("dark") : QStringLiteral("light"));
    return sheet;
}

QSettings settings() {
    return QSettings(QStringLiteral("postlude"), QStringLiteral("postlude"));
}

} // namespace

const Theme& Theme::current() {
    return inForce();
}

QColor Theme::server(std::size_t index) const {
    // Okabe and Ito's order begins with black; ours with the colours that carry areas well.
    static constexpr std::array<QRgb, 8> kColours = {0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7,
                                                     0x56B4E9, 0xD55E00, 0xF0E442, 0x7F7F7F};
    return QColor(kColours[index % kColours.size()]);
}

QFont Theme::mono() const {
    QFont font = scaled(monoFamily(), 0.96);
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    return font;
}

QFont Theme::small() const {
    return scaled(uiFamily(), 0.88);
}

QFont Theme::heading() const {
    QFont font = scaled(uiFamily(), 0.85);
    font.setWeight(QFont::DemiBold);
    font.setCapitalization(QFont::AllUppercase);
    font.setLetterSpacing(QFont::PercentageSpacing, 104);
    return font;
}

QFont Theme::title() const {
    QFont font = scaled(uiFamily(), 1.15);
    font.setWeight(QFont::DemiBold);
    return font;
}

void setRole(QWidget* widget, const char* role) {
    if (widget->property("role").toByteArray() == role) return;
    widget->setProperty("role", QByteArray(role));
    // Restyling what was never styled would make the style forget a font set meanwhile.
    if (!widget->testAttribute(Qt::WA_WState_Polished)) return;
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

ThemeWatcher::ThemeWatcher() {
    const QSettings kept = settings();
    const int chosen = kept.value(QStringLiteral("theme"), 0).toInt();
    choice_ = chosen == 1   ? ThemeChoice::Light
              : chosen == 2 ? ThemeChoice::Dark
                            : ThemeChoice::System;
    scale_ = std::clamp(kept.value(QStringLiteral("textScale"), 1.0).toDouble(), 0.75, 2.0);
    auto* files = new QFileSystemWatcher(this);
    if (const QStringList all = systemThemeFiles(); !all.isEmpty()) files->addPaths(all);
    connect(files, &QFileSystemWatcher::fileChanged, this, [this, files](const QString& file) {
        // Desktops replace such a file, and what is gone is watched no more.
        if (!files->files().contains(file) && QFile::exists(file)) files->addPath(file);
        if (choice_ == ThemeChoice::System) apply();
    });
}

ThemeWatcher& ThemeWatcher::instance() {
    static ThemeWatcher watcher;
    return watcher;
}

ThemeChoice ThemeWatcher::choice() const {
    return choice_;
}
double ThemeWatcher::textScale() const {
    return scale_;
}

void ThemeWatcher::choose(ThemeChoice choice) {
    choice_ = choice;
    settings().setValue(QStringLiteral("theme"), int(choice)); // clazy:exclude=writing-to-temporary
    apply();
}

void ThemeWatcher::setTextScale(double factor) {
    scale_ = std::clamp(factor, 0.75, 2.0);
    settings().setValue(QStringLiteral("textScale"), scale_); // clazy:exclude=writing-to-temporary
    apply();
}

void ThemeWatcher::apply() {
    const bool dark =
        choice_ == ThemeChoice::System ? systemIsDark() : choice_ == ThemeChoice::Dark;
    inForce() = dark ? darkTheme() : lightTheme();
    QFont font(uiFamily());
    font.setPointSizeF(systemPoints() * scale_);
    QApplication::setStyle(new PlainStyle);
    QApplication::setPalette(paletteOf(inForce()));
    QApplication::setFont(font);
    QToolTip::setFont(font);
    qApp->setStyleSheet(styleSheetOf(inForce()));
    Q_EMIT changed();
}

} // namespace postlude
