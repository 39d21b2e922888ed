// SPDX-License-Identifier: GPL-3.0-or-later
// What Case and its Store share: the SQLite handle, its lock, and text on its way into blocks.
#pragma once

#include "core/case/detail/lock.h"
#include "core/case/detail/sqlite.h"
#include "core/case/store.h"

#include <list>
#include <mutex>
#include <set>

namespace postlude {

/// A file of a source, as it was when it was read.
struct KnownFile {
    std::filesystem::path path;
    std::uint64_t bytes = 0;
    std::string digest;
};

struct Case::Store::Database {
    std::filesystem::path file;
    OpenMode mode = OpenMode::ReadWrite;
    CaseLock lock; ///< outlives the handle: declared before it
    sqlite::Handle handle;
    mutable sqlite::Prepared prepared;
    mutable std::mutex mutex; ///< guards everything below and every use of the handle

    std::map<SourceId, std::string> pendingText; ///< not yet a block
    std::set<SourceId> textBegun;                ///< appendText was called since opening
    struct Block {
        SourceId source;
        std::uint64_t start;
        std::shared_ptr<const std::string> text;
    };
    mutable std::list<Block> blocks; ///< unpacked lately, newest first
    mutable std::map<std::string, std::string>
        checkedFiles; ///< path → state when last found unchanged

    [[nodiscard]] sqlite::Statement statement(std::string_view sql) const {
        return {handle.get(), sql, &prepared};
    }
    /// Runs `work` under the mutex; SQLite's failures come back as errors, with the file's name.
    template <class Work>
    auto reading(Work work) const {
        const std::lock_guard hold(mutex);
        auto result = sqlite::guarded(work);
        if (!result && result.error().place.source.empty())
            result.error().place.source = file.filename().string();
        return result;
    }
    /// The same as one transaction.
    template <class Work>
    auto writing(sqlite::Survives survives, Work work) {
        return reading([&] {
            sqlite::Transaction transaction(handle.get(), survives);
            if constexpr (std::is_void_v<decltype(work())>) {
                work();
                transaction.commit();
            } else {
                auto value = work();
                transaction.commit();
                return value;
            }
        });
    }
};

/// The plain files of a source in order. Within Database::reading() only.
std::vector<KnownFile> filesOf(const Case::Store::Database& database, SourceId source);

/// Makes a new file with empty tables; opens an existing one and checks that it is a case.
Result<std::unique_ptr<Case::Store::Database>> createDatabase(const std::filesystem::path& file);
Result<std::unique_ptr<Case::Store::Database>> openDatabase(const std::filesystem::path& file,
                                                            OpenMode mode);

} // namespace postlude
