// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/filterhistory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSettings>

namespace postlude {

namespace {

constexpr const char* kNote = "filters";

QString settingsKey() {
    return QStringLiteral("filters/saved");
}

void write(const std::vector<SavedFilter>& all) {
    QSettings settings;
    settings.beginWriteArray(settingsKey(), static_cast<int>(all.size()));
    for (std::size_t i = 0; i < all.size(); ++i) {
        settings.setArrayIndex(static_cast<int>(i));
        settings.setValue(QStringLiteral("name"), all[i].name);
        settings.setValue(QStringLiteral("filter"), all[i].filter);
    }
    settings.endArray();
}

} // namespace

void FilterHistory::setSession(Session* session) {
    session_ = session;
    recent_.clear();
    if (!session_) return;
    const QJsonArray kept = QJsonDocument::fromJson(session_->note(kNote)).array();
    for (const auto& value : kept)
        if (!value.toString().isEmpty() && recent_.size() < kMost) recent_ << value.toString();
}

void FilterHistory::add(const QString& filter) {
    if (filter.isEmpty() || (!recent_.isEmpty() && recent_.front() == filter)) return;
    recent_.removeAll(filter);
    recent_.prepend(filter);
    while (recent_.size() > kMost)
        recent_.removeLast();
    keep();
}

void FilterHistory::forget() {
    recent_.clear();
    keep();
}

void FilterHistory::keep() {
    if (session_)
        session_->saveNote(
            kNote,
            QJsonDocument(QJsonArray::fromStringList(recent_)).toJson(QJsonDocument::Compact));
}

std::vector<SavedFilter> FilterHistory::saved() {
    QSettings settings;
    std::vector<SavedFilter> all;
    const int count = settings.beginReadArray(settingsKey());
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        const SavedFilter one{settings.value(QStringLiteral("name")).toString(),
                              settings.value(QStringLiteral("filter")).toString()};
        if (!one.name.isEmpty() && !one.filter.isEmpty()) all.push_back(one);
    }
    settings.endArray();
    std::ranges::sort(all, {}, &SavedFilter::name);
    return all;
}

void FilterHistory::save(const SavedFilter& one) {
    auto all = saved();
    std::erase_if(all, [&](const SavedFilter& known) { return known.name == one.name; });
    all.push_back(one);
    write(all);
}

void FilterHistory::remove(const QString& name) {
    auto all = saved();
    std::erase_if(all, [&](const SavedFilter& known) { return known.name == name; });
    QSettings().remove(settingsKey());
    write(all);
}

} // namespace postlude
