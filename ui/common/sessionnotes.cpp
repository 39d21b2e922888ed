// SPDX-License-Identifier: GPL-3.0-or-later
// What of a session the user has written: bookmarks, hypotheses, where one was.
#include "ui/common/session.h"

namespace postlude {

namespace {

constexpr const char* kHypotheses = "hypotheses";
constexpr const char* kLooks = "bookmarks";

class Change : public QUndoCommand {
public:
    Change(const QString& what, std::function<void()> redo, std::function<void()> undo)
        : QUndoCommand(what)
        , redo_(std::move(redo))
        , undo_(std::move(undo)) {}
    void redo() override { redo_(); }
    void undo() override { undo_(); }

private:
    std::function<void()> redo_, undo_;
};

} // namespace

void Session::change(const QString& what, std::function<void()> redo, std::function<void()> undo) {
    changes_.push(new Change(what, std::move(redo), std::move(undo)));
}

void Session::readNotes() {
    readBookmarks();
    hypotheses_ = hypothesesFrom(note(kHypotheses));
    looks_ = bookmarkLooksFrom(note(kLooks));
}

void Session::readBookmarks() {
    if (auto all = case_->bookmarks()) bookmarks_ = std::move(*all);
    std::ranges::sort(bookmarks_, {}, &Bookmark::at);
}

std::int64_t Session::putBookmark(const Bookmark& bookmark, const BookmarkLook& look) {
    const auto saved = case_->saveBookmark(bookmark);
    if (!saved) Q_EMIT failed(saved.error());
    const std::int64_t id = saved.value_or(0);
    if (id != 0 && lookOf(id) != look) {
        looks_.remove(id); // a number may have been another's before
        if (look != BookmarkLook{}) looks_.insert(id, look);
        saveNote(kLooks, toJson(looks_));
    }
    readBookmarks();
    Q_EMIT bookmarksChanged();
    return id;
}

void Session::dropBookmark(std::int64_t id) {
    const auto removed = case_->removeBookmark(id);
    if (!removed) Q_EMIT failed(removed.error());
    readBookmarks();
    Q_EMIT bookmarksChanged();
}

void Session::saveBookmark(const Bookmark& bookmark, std::optional<BookmarkLook> look) {
    if (bookmark.id != 0) {
        const auto was = std::ranges::find(bookmarks_, bookmark.id, &Bookmark::id);
        if (was == bookmarks_.end()) return;
        const BookmarkLook before = lookOf(bookmark.id);
        return change(
            tr("Change bookmark"),
            [this, bookmark, now = look.value_or(before)] { putBookmark(bookmark, now); },
            [this, was = *was, before] { putBookmark(was, before); });
    }
    const auto made = std::make_shared<Bookmark>(bookmark); // with its number once it has one
    change(
        tr("Bookmark"),
        [this, made, now = look.value_or(BookmarkLook{})] { made->id = putBookmark(*made, now); },
        [this, made] { dropBookmark(made->id); });
}

void Session::removeBookmark(std::int64_t id) {
    const auto was = std::ranges::find(bookmarks_, id, &Bookmark::id);
    if (was == bookmarks_.end()) return;
    change(
        tr("Remove bookmark"), [this, id] { dropBookmark(id); },
        [this, again = *was, look = lookOf(id)] { putBookmark(again, look); });
}

void Session::putHypotheses(const std::vector<Hypothesis>& hypotheses) {
    hypotheses_ = hypotheses;
    saveNote(kHypotheses, toJson(hypotheses_));
    Q_EMIT hypothesesChanged();
}

void Session::saveHypothesis(const Hypothesis& hypothesis) {
    const auto after = withHypothesis(hypotheses_, hypothesis);
    if (after == hypotheses_) return;
    change(
        tr("Change hypothesis"), [this, after] { putHypotheses(after); },
        [this, before = hypotheses_] { putHypotheses(before); });
}

void Session::removeHypothesis(const std::string& key) {
    auto after = hypotheses_;
    std::erase_if(after, [&key](const Hypothesis& h) { return h.key == key; });
    if (after == hypotheses_) return;
    change(
        tr("Remove hypothesis"), [this, after] { putHypotheses(after); },
        [this, before = hypotheses_] { putHypotheses(before); });
}

void Session::changeFilter(const QString& filter) {
    const QString before = selection_.place().filter;
    if (filter == before || (!filter.isEmpty() && !Filter::parse(filter.toStdString()))) return;
    change(
        tr("Filter"), [this, filter] { selection_.setFilter(filter); },
        [this, before] { selection_.setFilter(before); });
}

QByteArray Session::note(const std::string& name) const {
    const auto kept = case_->note(name);
    return kept && *kept ? QByteArray::fromStdString(**kept) : QByteArray{};
}

void Session::saveNote(const std::string& name, const QByteArray& value) {
    if (case_->mode() == OpenMode::ReadOnly) return;
    if (const auto saved = case_->setNote(name, value.toStdString()); !saved)
        Q_EMIT failed(saved.error());
}

} // namespace postlude
