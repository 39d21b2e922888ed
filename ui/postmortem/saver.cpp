// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/postmortem/saver.h"

namespace postlude {

namespace {

constexpr int kSoonMs = 1200;  // with the write itself well below the two seconds promised
constexpr int kRetryMs = 5000; // after a failed write, such as a full disk

Instant present() {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

QString ago(Duration age) {
    const auto whole = std::chrono::duration_cast<std::chrono::seconds>(age).count();
    if (whole < 2) return DocumentSaver::tr("just now");
    if (whole < 60) return DocumentSaver::tr("%1 s ago").arg(whole);
    if (whole < 3600) return DocumentSaver::tr("%1 min ago").arg(whole / 60);
    return DocumentSaver::tr("%1 h ago").arg(whole / 3600);
}

} // namespace

DocumentSaver::DocumentSaver(Document& document, QObject* parent)
    : QObject(parent)
    , document_(document) {
    soon_.setSingleShot(true);
    connect(&soon_, &QTimer::timeout, this, &DocumentSaver::save);
    connect(&document, &Document::edited, this, &DocumentSaver::touch);
    connect(&clock_, &QTimer::timeout, this, [this] { Q_EMIT statusChanged(status()); });
    clock_.start(1000);
}

void DocumentSaver::setCase(Case* of, DocumentId document) {
    soon_.stop();
    case_ = of;
    which_ = document;
    startFrom(std::nullopt);
}

void DocumentSaver::startFrom(const std::optional<Revision>& revision) {
    unsaved_ = failing_ = false;
    revision_ = revision ? revision->number : 0;
    saved_ = revision ? revision->saved : Instant{};
    json_ = revision ? revision->json : std::string{};
    Q_EMIT statusChanged(status());
}

/// The timer is not started anew by each letter: then steady typing would never be saved.
void DocumentSaver::touch() {
    unsaved_ = true;
    if (!soon_.isActive()) soon_.start(failing_ ? kRetryMs : kSoonMs);
    Q_EMIT statusChanged(status());
}

bool DocumentSaver::save() {
    soon_.stop();
    return !unsaved_ || saveAs("typed");
}

bool DocumentSaver::saveAs(const std::string& why) {
    soon_.stop();
    if (!case_ || case_->mode() == OpenMode::ReadOnly || !document_.isLoaded()) return false;
    std::string json = toJson(document_.now());
    if (json == json_) { // typed and undone
        unsaved_ = failing_ = false;
        Q_EMIT statusChanged(status());
        return true;
    }
    const Result<std::int64_t> number = saveRevision(*case_, which_, json, why);
    failing_ = !number;
    if (!number) {
        unsaved_ = true;
        soon_.start(kRetryMs);
        Q_EMIT statusChanged(status());
        Q_EMIT failed(number.error());
        return false;
    }
    json_ = std::move(json);
    revision_ = *number;
    saved_ = present();
    unsaved_ = false;
    Q_EMIT statusChanged(status());
    return true;
}

QString DocumentSaver::status() const {
    if (!case_ || !document_.isLoaded()) return {};
    if (case_->mode() == OpenMode::ReadOnly) return tr("read-only");
    if (failing_) return tr("not saved: will try again");
    if (unsaved_) return tr("saving …");
    if (revision_ == 0) return tr("not saved yet");
    return tr("saved %1 · revision %2").arg(ago(present() - saved_)).arg(revision_);
}

} // namespace postlude
