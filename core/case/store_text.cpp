// SPDX-License-Identifier: GPL-3.0-or-later
// The text of sources: compressed blocks in the case, and plain files that stay where they are.
#include "core/case/detail/database.h"
#include "core/case/detail/pack.h"
#include "core/case/detail/plain_file.h"

#include <algorithm>

namespace postlude {

using sqlite::Survives;

namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20U;
constexpr std::size_t kBlocksKept = 8;

using Database = Case::Store::Database;

bool isComplete(const Database& database, SourceId source) {
    auto row = database.statement("SELECT text_complete FROM source WHERE id = ?");
    return row.with(source).step() && row.integer(0) != 0;
}

std::uint64_t blockBytes(const Database& database, SourceId source) {
    auto row = database.statement("SELECT start + size FROM text_block WHERE source = ? "
                                  "ORDER BY start DESC LIMIT 1");
    return row.with(source).step() ? row.as<std::uint64_t>(0) : 0;
}

struct PackedBlock {
    std::size_t size = 0; ///< unpacked
    std::string bytes;
};

/// Whole blocks, and `all` of it: the rest as a shorter one.
std::vector<PackedBlock> packBlocks(std::string_view text, bool all) {
    std::vector<PackedBlock> blocks;
    while (text.size() >= kBlockBytes || (all && !text.empty())) {
        const std::string_view block = text.substr(0, kBlockBytes);
        blocks.push_back({block.size(), pack(block, Effort::Text)});
        text.remove_prefix(block.size());
    }
    return blocks;
}

void writeBlocks(Database& database, SourceId source, const std::vector<PackedBlock>& blocks) {
    std::uint64_t start = blockBytes(database, source);
    auto insert = database.statement(
        "INSERT INTO text_block (source, start, size, data) VALUES (?, ?, ?, ?)");
    for (const PackedBlock& block : blocks) {
        insert.run(source, start, block.size, sqlite::Blob{block.bytes});
        start += block.size;
    }
}

void startAnew(Database& database, SourceId source) {
    database.statement("DELETE FROM text_block WHERE source = ?").run(source);
    database.statement("UPDATE source SET text_complete = 0 WHERE id = ?").run(source);
    database.blocks.clear();
}

std::shared_ptr<const std::string> unpackBlock(const sqlite::Statement& row) {
    auto text = unpack(row.bytes(2), row.as<std::size_t>(1));
    if (!text || text->size() != row.as<std::size_t>(1))
        throw sqlite::Failure{{ErrorKind::Damaged, "kept text of the case is damaged", {}, {}}};
    return std::make_shared<const std::string>(std::move(*text));
}

/// The block that holds `offset`; nothing behind the last one.
std::optional<Database::Block> blockAt(const Database& database, SourceId source,
                                       std::uint64_t offset) {
    auto& kept = database.blocks;
    const auto holds = [&](const Database::Block& block) {
        return block.source == source && offset >= block.start &&
               offset - block.start < block.text->size();
    };
    if (const auto it = std::ranges::find_if(kept, holds); it != kept.end()) {
        kept.splice(kept.begin(), kept, it);
        return kept.front();
    }
    auto row = database.statement("SELECT start, size, data FROM text_block "
                                  "WHERE source = ? AND start <= ? ORDER BY start DESC LIMIT 1");
    if (!row.with(source, offset).step()) return {};
    if (offset - row.as<std::uint64_t>(0) >= row.as<std::uint64_t>(1)) return {};
    kept.push_front({source, row.as<std::uint64_t>(0), unpackBlock(row)});
    if (kept.size() > kBlocksKept) kept.pop_back();
    return kept.front();
}

/// Reads from blocks and from what is not a block yet; stops at their end.
std::string readKept(const Database& database, SourceId source, std::uint64_t offset,
                     std::size_t size) {
    std::string text;
    while (text.size() < size) {
        const std::uint64_t at = offset + text.size();
        const auto block = blockAt(database, source, at);
        if (!block) break;
        text.append(*block->text, at - block->start, size - text.size());
    }
    const auto pending = database.pendingText.find(source);
    if (text.size() == size || pending == database.pendingText.end()) return text;
    const std::uint64_t begin = blockBytes(database, source);
    const std::uint64_t at = offset + text.size();
    if (at >= begin && at - begin < pending->second.size())
        text.append(pending->second, at - begin, size - text.size());
    return text;
}

std::uint64_t keptBytes(const Database& database, SourceId source) {
    const auto pending = database.pendingText.find(source);
    return blockBytes(database, source) +
           (pending == database.pendingText.end() ? 0 : pending->second.size());
}

void readFiles(const Database& database, SourceId source, std::uint64_t offset, std::size_t size,
               std::string& text) {
    for (const KnownFile& file : filesOf(database, source)) {
        if (text.size() == size) return;
        if (offset >= file.bytes) {
            offset -= file.bytes;
            continue;
        }
        const auto part = static_cast<std::size_t>(
            std::min<std::uint64_t>(size - text.size(), file.bytes - offset));
        auto read = readPlainFile(file, offset, part, database.checkedFiles);
        if (!read) throw sqlite::Failure{read.error()};
        text += *read;
        offset = 0;
    }
}

Result<std::vector<KnownFile>> lookAtFiles(const std::vector<std::filesystem::path>& files) {
    std::vector<KnownFile> known;
    for (const auto& file : files) {
        auto one = lookAtFile(file);
        if (!one) return std::unexpected(one.error());
        known.push_back(std::move(*one));
    }
    return known;
}

} // namespace

std::vector<KnownFile> filesOf(const Database& database, SourceId source) {
    std::vector<KnownFile> files;
    auto row = database.statement(
        "SELECT path, bytes, digest FROM source_file WHERE source = ? ORDER BY part");
    row.with(source);
    while (row.step())
        files.push_back({row.text(0), row.as<std::uint64_t>(1), row.text(2)});
    return files;
}

Result<void> Case::Store::setFiles(SourceId source,
                                   const std::vector<std::filesystem::path>& files) {
    const FilesInPlace one{source, files};
    const auto set = setFiles({&one, 1});
    if (!set) return std::unexpected(set.error());
    return set->empty() ? Result<void>() : std::unexpected(set->front().second);
}

Result<std::vector<std::pair<SourceId, Error>>>
Case::Store::setFiles(std::span<const FilesInPlace> sources) {
    std::vector<std::pair<SourceId, Error>> faults;
    std::vector<std::vector<KnownFile>> known;
    for (const FilesInPlace& each : sources) {
        auto files = lookAtFiles(each.files);
        if (!files) faults.emplace_back(each.source, files.error());
        known.push_back(files ? std::move(*files) : std::vector<KnownFile>());
    }
    return database_->writing(Survives::Kill, [&] {
        auto remove = database_->statement("DELETE FROM source_file WHERE source = ?");
        auto insert = database_->statement("INSERT INTO source_file VALUES (?, ?, ?, ?, ?)");
        for (std::size_t at = 0; at < sources.size(); ++at) {
            if (known[at].empty() && !sources[at].files.empty()) continue;
            remove.run(sources[at].source);
            for (std::size_t i = 0; i < known[at].size(); ++i) {
                const std::string path = known[at][i].path.string();
                insert.run(sources[at].source, i, sqlite::Blob{path}, known[at][i].bytes,
                           sqlite::Blob{known[at][i].digest});
            }
        }
        return faults;
    });
}

Result<void> Case::Store::appendText(SourceId source, std::string_view text) {
    auto begun = database_->reading([&] { return database_->textBegun.insert(source).second; });
    if (!begun) return std::unexpected(begun.error());
    if (*begun) {
        auto anew = database_->writing(Survives::Kill, [&] {
            if (!isComplete(*database_, source)) startAnew(*database_, source);
        });
        if (!anew) return anew;
    }
    // Packed past the lock: nobody has to wait for that.
    std::string joined;
    auto looked = database_->reading([&] {
        std::string& pending = database_->pendingText[source];
        if (pending.empty() && text.size() >= kBlockBytes) return;
        pending += text;
        if (pending.size() >= kBlockBytes) joined = pending;
        text = {};
    });
    if (!looked) return looked;
    const bool early = text.empty(); // it can be read before it is packed
    if (early) text = joined;
    if (text.empty()) return {};
    const std::vector<PackedBlock> blocks = packBlocks(text, false);
    std::size_t packed = 0;
    for (const PackedBlock& block : blocks)
        packed += block.size;
    return database_->reading([&] {
        sqlite::Transaction transaction(database_->handle.get(), Survives::Kill);
        writeBlocks(*database_, source, blocks);
        transaction.commit();
        database_->pendingText[source] = text.substr(packed);
    });
}

Result<void> Case::Store::finishText(SourceId source) {
    auto written = database_->writing(Survives::Kill, [&] {
        writeBlocks(*database_, source, packBlocks(database_->pendingText[source], true));
        database_->statement("UPDATE source SET text_complete = 1 WHERE id = ?").run(source);
    });
    if (written)
        static_cast<void>(database_->reading([&] { database_->pendingText.erase(source); }));
    return written;
}

bool Case::Store::textComplete(SourceId source) const {
    return database_->reading([&] { return isComplete(*database_, source); }).value_or(false);
}

Result<std::string> Case::Store::readText(SourceId source, std::uint64_t offset,
                                          std::size_t size) const {
    return database_->reading([&] {
        const std::uint64_t kept = keptBytes(*database_, source);
        std::string text;
        if (offset < kept) text = readKept(*database_, source, offset, size);
        if (text.size() < size)
            readFiles(*database_, source, offset < kept ? 0 : offset - kept, size, text);
        return text;
    });
}

Result<std::optional<Error>> Case::Store::staleness(SourceId source) const {
    return database_->reading([&] {
        std::optional<Error> fault;
        for (const KnownFile& file : filesOf(*database_, source)) {
            auto opened = openPlainFile(file, database_->checkedFiles);
            if (!opened && !fault) fault = std::move(opened.error());
        }
        return fault;
    });
}

Result<std::uint64_t> Case::Store::textSize(SourceId source) const {
    return database_->reading([&] {
        std::uint64_t size = keptBytes(*database_, source);
        for (const KnownFile& file : filesOf(*database_, source))
            size += file.bytes;
        return size;
    });
}

} // namespace postlude
