// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/held.h"

#include <functional>

namespace postlude {

namespace {

constexpr std::size_t kMostLines = 64; // of a file that only ever opens

/// Makes a view into `from` one into its copy `to`.
void move(std::string_view& view, std::string_view from, std::string_view to) {
    const std::less<const char*> before;
    if (view.data() == nullptr || before(view.data(), from.data()) ||
        before(from.data() + from.size(), view.data()))
        return;
    view = to.substr(static_cast<std::size_t>(view.data() - from.data()), view.size());
}

} // namespace

void HeldRecord::hold(const Record& record, std::string_view line) {
    record_ = record;
    if (!open_ || lines_.size() >= kMostLines) {
        if (open_) record_.clear();
        lines_.clear();
    }
    open_ = true;
    const std::string_view copy = lines_.emplace_back(line);
    for (std::string_view& text : record_.texts)
        move(text, line, copy);
    for (auto& [name, value] : record_.extra) {
        move(name, line, copy);
        move(value, line, copy);
    }
}

} // namespace postlude
