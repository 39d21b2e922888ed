// SPDX-License-Identifier: GPL-3.0-or-later
// The sample of a source, from a case or from a bundle that was not read yet; and the formats
// among which it is looked for.
#include "core/bundle/bundle.h"
#include "core/format/userformats.h"
#include "core/ingest/detail/sample.h"
#include "core/ingest/preview.h"

#include <fstream>

namespace postlude {

using namespace detail;

namespace {

constexpr std::size_t kMostNames = std::size_t{64} << 20U; ///< bytes of a list of them

std::unexpected<Error> noSource(const std::string& path) {
    return std::unexpected(Error{ErrorKind::NotFound, "there is no such source", {path, 0, 0}, {}});
}

/// Takes a chunk of a text; an error that stops whoever hands it out once there is enough.
Result<void> take(SourceSample& sample, Decoder& decoder, std::string_view chunk, bool last) {
    sample.text += decoder.decode(chunk, last);
    if (sample.text.size() <= kSampleBytes) return {};
    sample.text.resize(kSampleBytes);
    sample.whole = false;
    return std::unexpected(Error{ErrorKind::Cancelled, "enough"});
}

Result<void> takePlain(SourceSample& sample, const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string chunk(kSampleBytes + 1, '\0');
    file.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    if (file.bad() || (!file.is_open()))
        return std::unexpected(
            Error{ErrorKind::Unreadable, "cannot be read", {path.string(), 0, 0}, {}});
    chunk.resize(static_cast<std::size_t>(file.gcount()));
    Decoder decoder;
    static_cast<void>(take(sample, decoder, chunk, true));
    return {};
}

Result<void> takePacked(SourceSample& sample, Bundle& bundle, const Member& wanted,
                        std::stop_token stop) {
    Decoder decoder;
    const auto visit = [&](const Member& member, std::string_view chunk,
                           bool last) -> Result<void> {
        if (member.path != wanted.path) return {};
        return take(sample, decoder, chunk, last);
    };
    const auto done = bundle.unpack(visit, std::move(stop), {});
    return sample.whole ? done : Result<void>();
}

/// The formats that the configurations of the case define. What of them cannot be compiled, or
/// read, was told when the case was made.
void addFromConfigs(const Case& file, Catalogue& catalogue) {
    const auto sources = file.sources();
    if (!sources) return;
    for (const SourceInfo& source : *sources) {
        const bool maybeNames = Catalogue::mayHoldNames(source.path);
        if (source.role != SourceRole::Config && !maybeNames) continue;
        if (maybeNames) {
            if (const auto text = file.store().readText(source.id, 0, kMostNames))
                catalogue.addNames(*text, source.path);
        } else if (const auto text = file.store().readText(source.id, 0, kSampleBytes))
            static_cast<void>(catalogue.addFromConfig(*text, source.path));
    }
}

} // namespace

Result<SourceSample> sampleOf(const Case& file, const std::string& source) {
    const auto sources = file.sources();
    if (!sources) return std::unexpected(sources.error());
    const auto it = std::ranges::find(*sources, source, &SourceInfo::path);
    if (it == sources->end()) return noSource(source);
    auto text = file.store().readText(it->id, 0, kSampleBytes);
    if (!text) return std::unexpected(text.error());
    SourceSample sample{.path = source, .text = std::move(*text)};
    sample.whole = sample.text.size() < kSampleBytes;
    sample.further = linesFurtherOn(file.store(), it->id);
    sample.modified = it->last; // yearless stamps are near to what was read before
    return sample;
}

Result<SourceSample> sampleOf(const std::vector<std::filesystem::path>& paths,
                              const std::string& source, std::stop_token stop) {
    auto bundle = Bundle::open(paths, {}, stop);
    if (!bundle) return std::unexpected(bundle.error());
    const auto& all = bundle->sources();
    const auto it =
        source.empty() ? all.begin() : std::ranges::find(all, source, &SourceFiles::path);
    if (it == all.end()) return noSource(source);
    const Member first = it->parts.front();
    SourceSample sample{.path = it->path, .modified = it->parts.back().modified};
    const bool one = it->parts.size() == 1;
    const auto done = first.file.empty() ? takePacked(sample, *bundle, first, std::move(stop))
                                         : takePlain(sample, first.file);
    if (!done) return std::unexpected(done.error());
    sample.whole = sample.whole && one;
    return sample;
}

Result<Catalogue> catalogueFor(const ImportOptions& options, const Case* file,
                               std::vector<Error>& refused) {
    auto catalogue = Catalogue::builtIn();
    if (!catalogue) return catalogue;
    if (!options.formatsFolder.empty()) refused = catalogue->addUserFormats(options.formatsFolder);
    for (const auto& format : options.userFormats)
        if (auto added = catalogue->add(format); !added) return std::unexpected(added.error());
    int number = 0;
    for (const auto& [dialect, text] : options.logFormats)
        if (auto added = catalogue->addDialect(dialect, "own:" + std::to_string(++number), text);
            !added)
            return std::unexpected(added.error());
    if (file != nullptr) addFromConfigs(*file, *catalogue);
    return catalogue;
}

} // namespace postlude
