// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/composed.h"

#include <fmt/format.h>
#include <mutex>

namespace postlude {

std::string composedKey(const KnownFormats& formats) {
    std::string key = "(";
    for (const auto& format : formats)
        key += fmt::format("{} ", fmt::ptr(format.get()));
    return key + ')';
}

std::shared_ptr<const KnownFormat>
onceComposed(const std::string& key,
             const std::function<std::shared_ptr<const KnownFormat>()>& make) {
    static std::mutex mutex;
    static std::map<std::string, std::weak_ptr<const KnownFormat>> made;
    static std::size_t sweepAt = 64;
    const std::scoped_lock lock(mutex);
    std::weak_ptr<const KnownFormat>& known = made[key];
    if (auto there = known.lock()) return there;
    auto fresh = make();
    known = fresh;
    if (made.size() > sweepAt) {
        std::erase_if(made, [](const auto& each) { return each.second.expired(); });
        sweepAt = 2 * made.size() + 64;
    }
    return fresh;
}

} // namespace postlude
