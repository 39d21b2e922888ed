// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/source_text.h"

#include "core/case/detail/database.h"
#include "core/case/detail/pack.h"
#include "core/case/detail/plain_file.h"

#include <algorithm>

namespace postlude {

namespace {

using Database = Case::Store::Database;

struct Block {
    std::int64_t id = 0;
    std::uint64_t start = 0;
    std::size_t size = 0;
};

struct File {
    KnownFile known;
    std::uint64_t start = 0; ///< where its text begins in the source
    std::optional<PlainFile> open;
};

Error damagedText() {
    return {ErrorKind::Damaged, "kept text of the case is damaged", {}, {}};
}

std::vector<Block> blocksOf(const Database& database, SourceId source) {
    std::vector<Block> blocks;
    auto row = database.statement(
        "SELECT id, start, size FROM text_block WHERE source = ? ORDER BY start");
    row.with(source);
    while (row.step())
        blocks.push_back({row.integer(0), row.as<std::uint64_t>(1), row.as<std::size_t>(2)});
    return blocks;
}

} // namespace

struct SourceText::Parts {
    const Database* database = nullptr;
    std::vector<Block> blocks;
    std::string pending;    ///< read, but not a block yet
    std::uint64_t kept = 0; ///< bytes of blocks and of what is pending
    std::vector<File> files;
    std::string packed, block, buffer;
    std::optional<std::size_t> unpacked; ///< index of the block that `block` holds

    [[nodiscard]] std::uint64_t pendingStart() const { return kept - pending.size(); }

    /// What there is at `offset` and behind it in one piece, at most `size`; empty at the end.
    Result<std::string_view> piece(std::uint64_t offset, std::size_t size) {
        if (offset < pendingStart()) return ofBlock(offset, size);
        if (offset < kept) return std::string_view(pending).substr(offset - pendingStart(), size);
        return ofFile(offset, size);
    }

    Result<std::string_view> ofBlock(std::uint64_t offset, std::size_t size) {
        const auto after = std::ranges::upper_bound(blocks, offset, {}, &Block::start);
        if (after == blocks.begin()) return std::unexpected(damagedText());
        const auto index = static_cast<std::size_t>(after - blocks.begin()) - 1;
        const Block& found = blocks[index];
        if (offset - found.start >= found.size) return std::unexpected(damagedText());
        if (unpacked != index) {
            unpacked.reset();
            if (auto done = unpackBlock(found); !done) return std::unexpected(done.error());
            unpacked = index;
        }
        return std::string_view(block).substr(offset - found.start, size);
    }

    Result<void> unpackBlock(const Block& from) {
        auto fetched = database->reading([&] {
            auto row = database->statement("SELECT data FROM text_block WHERE id = ?");
            if (row.with(from.id).step()) packed = row.bytes(0);
        });
        if (!fetched) return fetched;
        auto text = unpack(packed, from.size);
        if (!text || text->size() != from.size) return std::unexpected(damagedText());
        block = std::move(*text);
        return {};
    }

    Result<std::string_view> ofFile(std::uint64_t offset, std::size_t size) {
        const auto holds = [&](const File& file) {
            return offset >= file.start && offset - file.start < file.known.bytes;
        };
        const auto file = std::ranges::find_if(files, holds);
        if (file == files.end()) return std::string_view{};
        if (!file->open) {
            auto opened = database->reading(
                [&] { return openPlainFile(file->known, database->checkedFiles); });
            if (!opened) return std::unexpected(opened.error());
            if (!*opened) return std::unexpected(opened->error());
            file->open = std::move(**opened);
        }
        const std::uint64_t at = offset - file->start;
        size = static_cast<std::size_t>(std::min<std::uint64_t>(size, file->known.bytes - at));
        if (buffer.size() < size) buffer.resize(size);
        if (auto got = file->open->read(at, {buffer.data(), size}); !got)
            return std::unexpected(got.error());
        return std::string_view(buffer).substr(0, size);
    }
};

SourceText::SourceText(std::unique_ptr<Parts> parts)
    : parts_(std::move(parts)) {}
SourceText::~SourceText() = default;
SourceText::SourceText(SourceText&&) noexcept = default;
SourceText& SourceText::operator=(SourceText&&) noexcept = default;

Result<SourceText> SourceText::open(const Case::Store& store, SourceId source) {
    auto parts = std::make_unique<Parts>();
    const Database& database = store.database();
    parts->database = &database;
    auto looked = database.reading([&] {
        parts->blocks = blocksOf(database, source);
        const auto pending = database.pendingText.find(source);
        if (pending != database.pendingText.end()) parts->pending = pending->second;
        if (!parts->blocks.empty())
            parts->kept = parts->blocks.back().start + parts->blocks.back().size;
        parts->kept += parts->pending.size();
        std::uint64_t start = parts->kept;
        for (KnownFile& known : filesOf(database, source)) {
            const std::uint64_t bytes = known.bytes;
            parts->files.push_back({std::move(known), start, {}});
            start += bytes;
        }
    });
    if (!looked) return std::unexpected(looked.error());
    return SourceText(std::move(parts));
}

Result<std::string_view> SourceText::read(std::uint64_t offset, std::size_t size) {
    auto first = parts_->piece(offset, size);
    if (!first || first->size() == size || first->empty()) return first;
    // Over the border of two blocks or files.
    std::string whole(*first);
    while (whole.size() < size) {
        auto next = parts_->piece(offset + whole.size(), size - whole.size());
        if (!next) return next;
        if (next->empty()) break;
        whole += *next;
    }
    parts_->buffer = std::move(whole);
    return std::string_view(parts_->buffer);
}

Result<void> SourceText::check() const {
    for (const File& file : parts_->files) {
        if (!file.open) continue;
        const auto same = parts_->database->reading(
            [&] { return file.open->check(parts_->database->checkedFiles); });
        if (!same) return std::unexpected(same.error());
        if (!*same) return *same;
    }
    return {};
}

} // namespace postlude
