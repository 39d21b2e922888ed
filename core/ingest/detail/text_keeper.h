// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the text of packed members into the case, parts of a source oldest first, and leaves plain
// files where they are.
#pragma once

#include "core/bundle/bundle.h"
#include "core/case/store.h"

#include <cstdio>
#include <map>

namespace postlude::detail {

/// One source while its text is gathered. An archive may hold the younger part first: it then
/// waits in a nameless file beside the case.
class TextKeeper {
public:
    /// `spoolFolder`: where waiting parts go; the case is there, so there is room.
    TextKeeper(Case::Store& store, std::filesystem::path spoolFolder);
    ~TextKeeper();
    TextKeeper(const TextKeeper&) = delete;
    TextKeeper& operator=(const TextKeeper&) = delete;

    /// Where the text of a source comes from; if neither says it, from the case.
    struct Origin {
        std::vector<std::string> files; ///< that stay in place, if all do
        std::vector<Member> streamed;   ///< parts to be put into the case while they are read
    };
    Result<Origin> add(SourceId source, const SourceFiles& files);
    /// True if text has to come from archives.
    [[nodiscard]] bool waiting() const { return !places_.empty(); }
    [[nodiscard]] bool wants(const Member& member) const { return places_.contains(member.path); }
    /// For Bundle::unpack().
    Result<void> take(const Member& member, std::string_view chunk, bool last);
    /// When all is unpacked: what waited or never came is settled.
    Result<void> finish();
    /// Sources whose files have gone since they were listed; after finish().
    [[nodiscard]] const std::vector<std::pair<SourceId, Error>>& gone() const { return gone_; }
    /// Beginnings of members whose contents are no text and were left out.
    [[nodiscard]] const std::map<SourceId, std::string>& binaries() const { return binaries_; }

private:
    struct Kept;
    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    using Spool = std::unique_ptr<std::FILE, Closer>;
    Result<void> append(Kept& kept, std::string_view chunk, bool last);
    Result<void> advance(Kept& kept);
    Result<void> appendFile(Kept& kept, std::FILE* file);
    Result<Spool> newSpool();
    Result<void> place();

    Case::Store& store_;
    std::filesystem::path folder_;
    std::vector<Case::Store::FilesInPlace> inPlace_; // to be told to the case
    std::vector<std::pair<SourceId, Error>> gone_;
    std::vector<std::unique_ptr<Kept>> kept_;
    std::map<std::string, std::pair<Kept*, std::size_t>> places_; // member path → source, part
    std::map<SourceId, std::string> binaries_;
};

} // namespace postlude::detail
