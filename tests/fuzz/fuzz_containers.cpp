// SPDX-License-Identifier: GPL-3.0-or-later
// A file of any bytes, opened as a bundle; bounds are small, so that bombs are found quickly.
#include "core/bundle/bundle.h"

#include "tests/fuzz/fuzz.h"

#include <cstdio>
#include <filesystem>
#include <unistd.h>

namespace {

constexpr std::uint64_t kMostBytes = 4U << 20U;

std::filesystem::path scratch() {
    return std::filesystem::temp_directory_path() / ("postlude-fuzz-" + std::to_string(getpid()));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace postlude;
    static const std::filesystem::path folder = [] {
        std::filesystem::create_directories(scratch());
        std::atexit([] { std::filesystem::remove_all(scratch()); });
        return scratch();
    }();
    const std::filesystem::path file = folder / "bundle";
    std::FILE* out = std::fopen(file.c_str(), "wb");
    fuzz::require(out != nullptr, "the scratch file can be written");
    std::fwrite(data, 1, size, out);
    std::fclose(out);

    BundleLimits limits;
    limits.unpackedBytes = kMostBytes;
    limits.members = 1000;
    auto bundle = Bundle::open({file}, limits, {});
    if (!bundle) return 0;
    for (const SourceFiles& source : bundle->sources()) {
        fuzz::require(!source.path.starts_with('/'), "a source is relative");
        for (const auto& part : std::filesystem::path(source.path))
            fuzz::require(part != "..", "a source stays within the bundle");
    }
    std::uint64_t bytes = 0;
    (void)bundle->unpack(
        [&](const Member&, std::string_view chunk, bool last) -> Result<void> {
            bytes += chunk.size();
            Decoder decoder;
            (void)decoder.decode(chunk, last);
            return {};
        },
        {}, {});
    fuzz::require(bytes <= 2 * kMostBytes, "no more is unpacked than allowed");
    return 0;
}
