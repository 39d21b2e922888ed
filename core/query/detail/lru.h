// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps what was used last, up to so many bytes. Thread-safe; values are shared, so one that is
// in use outlives its being dropped.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>

namespace postlude {

template <class Key, class Value>
class Lru {
public:
    explicit Lru(std::size_t mostBytes)
        : most_(mostBytes) {}

    std::shared_ptr<const Value> find(const Key& key) {
        const std::lock_guard hold(mutex_);
        const auto it = index_.find(key);
        if (it == index_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, it->second);
        return it->second->value;
    }

    void insert(const Key& key, std::shared_ptr<const Value> value, std::size_t bytes) {
        const std::lock_guard hold(mutex_);
        if (index_.contains(key)) return; // another thread was as fast
        entries_.push_front({key, std::move(value), bytes});
        index_[key] = entries_.begin();
        bytes_ += bytes;
        while (bytes_ > most_ && entries_.size() > 1) {
            bytes_ -= entries_.back().bytes;
            index_.erase(entries_.back().key);
            entries_.pop_back();
        }
    }

    /// Drops all keys in [from, to).
    void forget(const Key& from, const Key& to) {
        const std::lock_guard hold(mutex_);
        const auto end = index_.lower_bound(to);
        for (auto it = index_.lower_bound(from); it != end; it = index_.erase(it)) {
            bytes_ -= it->second->bytes;
            entries_.erase(it->second);
        }
    }

private:
    struct Entry {
        Key key;
        std::shared_ptr<const Value> value;
        std::size_t bytes;
    };
    std::mutex mutex_;
    std::list<Entry> entries_;
    std::map<Key, typename std::list<Entry>::iterator> index_;
    std::size_t bytes_ = 0;
    std::size_t most_;
};

} // namespace postlude
