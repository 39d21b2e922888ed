// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/detail/text_keeper.h"

#include "core/ingest/detail/text_joiner.h"

#include <cerrno>
#include <cstdlib>
#include <unistd.h>

namespace postlude::detail {

namespace {

constexpr std::size_t kHead = 4096;
constexpr std::size_t kTogether = 1000; // sources in one transaction

std::string headOf(const std::filesystem::path& file) {
    std::string head(kHead, '\0');
    std::FILE* in = std::fopen(file.c_str(), "rb");
    if (in == nullptr) return {};
    head.resize(std::fread(head.data(), 1, head.size(), in));
    std::fclose(in);
    return head;
}

/// False if another part would go on in its last line.
bool endsInBreak(const std::filesystem::path& file) {
    std::FILE* in = std::fopen(file.c_str(), "rb");
    if (in == nullptr) return true;
    const bool empty = std::fseek(in, -1, SEEK_END) != 0;
    const int last = empty ? '\n' : std::fgetc(in);
    std::fclose(in);
    return last == '\n' || last == EOF;
}

Error noRoom() {
    return {errno == ENOSPC || errno == EFBIG ? ErrorKind::DiskFull : ErrorKind::Write,
            "cannot unpack beside the case",
            {},
            "make room, or put the case on another disk"};
}

} // namespace

struct TextKeeper::Kept {
    SourceId source = SourceId::None;
    std::vector<Member> parts;
    std::size_t kept = 0; ///< parts [0, kept) go into the case
    std::size_t next = 0; ///< the part whose text is to be appended now
    std::map<std::size_t, Spool> waiting;
    std::map<std::size_t, bool> whole; ///< waiting parts that have all their text
    TextJoiner joiner;
    bool finished = false;
};

TextKeeper::TextKeeper(Case::Store& store, std::filesystem::path spoolFolder)
    : store_(store)
    , folder_(std::move(spoolFolder)) {}

TextKeeper::~TextKeeper() = default;

/// Everything up to the last packed or encoded part is kept; plain files behind it stay, unless one
/// needs a line break that it has not.
Result<TextKeeper::Origin> TextKeeper::add(SourceId source, const SourceFiles& files) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < files.parts.size(); ++i) {
        const Member& part = files.parts[i];
        if (part.file.empty() || needsDecoding(headOf(part.file))) kept = i + 1;
        if (!part.file.empty() && i + 1 < files.parts.size() && !endsInBreak(part.file))
            kept = files.parts.size();
    }
    std::vector<std::string> plain;
    for (std::size_t i = kept; i < files.parts.size(); ++i)
        plain.push_back(files.parts[i].file);
    const bool complete = store_.textComplete(source);
    const auto known = store_.textSize(source);
    if (!plain.empty() && !(known && *known > 0 && (kept == 0 || complete)))
        inPlace_.push_back({source, {plain.begin(), plain.end()}});
    if (inPlace_.size() >= kTogether)
        if (const auto set = place(); !set) return std::unexpected(set.error());
    if (kept == 0) return Origin{std::move(plain), {}};
    if (complete) return Origin{};
    const std::span<const Member> into(files.parts.data(), kept);
    if (std::ranges::all_of(into, [](const Member& m) { return m.alone || !m.file.empty(); }))
        return Origin{{}, {into.begin(), into.end()}};
    auto one = std::make_unique<Kept>();
    one->source = source;
    one->parts = files.parts;
    one->kept = kept;
    for (std::size_t i = 0; i < kept; ++i)
        if (files.parts[i].file.empty()) places_[files.parts[i].path] = {one.get(), i};
    kept_.push_back(std::move(one));
    if (const auto done = advance(*kept_.back()); !done) return std::unexpected(done.error());
    return Origin{};
}

Result<void> TextKeeper::place() {
    auto gone = store_.setFiles(std::exchange(inPlace_, {}));
    if (!gone) return std::unexpected(gone.error());
    std::ranges::move(*gone, std::back_inserter(gone_));
    return {};
}

Result<TextKeeper::Spool> TextKeeper::newSpool() {
    std::string name = (folder_ / ".postlude-XXXXXX").string();
    const int descriptor = ::mkstemp(name.data());
    if (descriptor < 0) return std::unexpected(noRoom());
    ::unlink(name.c_str());
    return Spool(::fdopen(descriptor, "w+b"));
}

Result<void> TextKeeper::append(Kept& kept, std::string_view chunk, bool last) {
    const std::string text = kept.joiner.take(chunk, last);
    if (!kept.joiner.binary().empty()) binaries_[kept.source] = kept.joiner.binary();
    return text.empty() ? Result<void>() : store_.appendText(kept.source, text);
}

Result<void> TextKeeper::appendFile(Kept& kept, std::FILE* file) {
    std::string block(std::size_t{1} << 20U, '\0');
    while (const std::size_t got = std::fread(block.data(), 1, block.size(), file))
        if (const auto done = append(kept, std::string_view(block).substr(0, got), false); !done)
            return done;
    return append(kept, {}, true);
}

/// Appends what is at hand, part by part, until one is missing.
Result<void> TextKeeper::advance(Kept& kept) {
    while (kept.next < kept.kept) {
        const Member& part = kept.parts[kept.next];
        Result<void> done;
        if (!part.file.empty()) {
            const Spool file(std::fopen(part.file.c_str(), "rb"));
            if (file) done = appendFile(kept, file.get());
        } else if (kept.whole.contains(kept.next)) {
            std::rewind(kept.waiting[kept.next].get());
            done = appendFile(kept, kept.waiting[kept.next].get());
            kept.waiting.erase(kept.next);
        } else {
            return {};
        }
        if (!done) return done;
        ++kept.next;
    }
    if (std::exchange(kept.finished, true)) return {};
    if (const std::string_view end = kept.joiner.end();
        !end.empty() && kept.kept < kept.parts.size())
        if (const auto done = store_.appendText(kept.source, end); !done) return done;
    return store_.finishText(kept.source);
}

Result<void> TextKeeper::take(const Member& member, std::string_view chunk, bool last) {
    const auto place = places_.find(member.path);
    if (place == places_.end()) return {};
    auto [kept, part] = place->second;
    if (part < kept->next) return {};
    if (part == kept->next) {
        if (const auto done = append(*kept, chunk, last); !done || !last) return done;
        ++kept->next;
        return advance(*kept);
    }
    Spool& spool = kept->waiting[part];
    if (!spool) {
        auto made = newSpool();
        if (!made) return std::unexpected(made.error());
        spool = std::move(*made);
    }
    const bool written =
        chunk.empty() || std::fwrite(chunk.data(), 1, chunk.size(), spool.get()) == chunk.size();
    if (!written || (last && std::fflush(spool.get()) != 0)) return std::unexpected(noRoom());
    if (last) kept->whole[part] = true;
    return {};
}

Result<void> TextKeeper::finish() {
    if (const auto set = place(); !set) return set;
    for (const auto& kept : kept_) {
        while (!kept->finished) {
            if (const auto done = advance(*kept); !done) return done;
            if (!kept->finished) ++kept->next; // it never came: its archive is damaged there
        }
    }
    return {};
}

} // namespace postlude::detail
