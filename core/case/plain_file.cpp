// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/case/detail/plain_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <utility>

namespace postlude {

namespace {

constexpr std::size_t kDigestBytes = 65'536;
/// Of files up to this size every byte counts; of longer ones samples between head and tail.
constexpr std::uint64_t kWholeBytes = std::uint64_t{1} << 20U;
constexpr std::uint64_t kSamples = 62;
constexpr std::size_t kSampleBytes = 16'384;
constexpr std::size_t kMostChecked = 10'000;

Error errorFrom(int code, const std::filesystem::path& file) {
    const Place place{file.string()};
    if (code == ENOENT || code == ENOTDIR)
        return {ErrorKind::NotFound, "the file is no longer there", place,
                "put the bundle back where it was"};
    if (code == EACCES || code == EPERM)
        return {ErrorKind::Permission, "the file may not be read", place, {}};
    return {ErrorKind::Unreadable, "the file could not be read", place, {}};
}

Error changed(const KnownFile& file) {
    return {ErrorKind::Damaged,
            "the file has changed since it was read",
            {file.path.string()},
            "put the original back, or import the bundle again"};
}

/// How much there was; less than asked for only at the end of the file. Empty with errno on
/// failure.
std::optional<std::size_t> readInto(int descriptor, std::uint64_t offset, std::span<char> to) {
    std::size_t have = 0;
    while (have < to.size()) {
        const ssize_t got = ::pread(descriptor, to.data() + have, to.size() - have,
                                    static_cast<off_t>(offset + have));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return {};
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    return have;
}

std::optional<std::string> readAt(int descriptor, std::uint64_t offset, std::size_t size) {
    std::string text(size, '\0');
    const auto have = readInto(descriptor, offset, text);
    if (!have) return {};
    text.resize(*have);
    return text;
}

/// −1 with errno on failure.
int openToRead(const std::filesystem::path& file) {
    return ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

/// Where the samples of a file of so many bytes begin, and how long they are.
std::vector<std::pair<std::uint64_t, std::size_t>> samplesOf(std::uint64_t bytes) {
    if (bytes <= kWholeBytes) return {{0, static_cast<std::size_t>(bytes)}};
    std::vector<std::pair<std::uint64_t, std::size_t>> samples{{0, kDigestBytes}};
    for (std::uint64_t i = 1; i <= kSamples; ++i)
        samples.emplace_back(bytes / (kSamples + 1) * i, kSampleBytes);
    samples.emplace_back(bytes - kDigestBytes, kDigestBytes);
    return samples;
}

/// Of the first `bytes` bytes.
std::optional<std::string> digestOf(int descriptor, std::uint64_t bytes) {
    std::string all;
    for (const auto& [offset, size] : samplesOf(bytes)) {
        const auto sample = readAt(descriptor, offset, size);
        if (!sample) return {};
        all += *sample;
    }
    all += std::to_string(bytes);
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(all.data(), all.size()));
    return std::string(reinterpret_cast<const char*>(canonical.digest), sizeof canonical.digest);
}

std::string stateOf(const struct stat& status) {
    return std::to_string(status.st_ino) + '/' + std::to_string(status.st_size) + '/' +
           std::to_string(status.st_mtim.tv_sec) + '.' + std::to_string(status.st_mtim.tv_nsec);
}

/// Empty if the file still begins with what was read from it.
std::optional<Error> faultOf(int descriptor, const KnownFile& file,
                             std::map<std::string, std::string>& checked) {
    struct stat status{};
    if (::fstat(descriptor, &status) != 0) return errorFrom(errno, file.path);
    if (!S_ISREG(status.st_mode)) return changed(file);
    if (checked.size() > kMostChecked) checked.clear(); // they are looked at again
    std::string& known = checked[file.path.string()];
    const std::string state = stateOf(status);
    if (known == state) return {};
    if (static_cast<std::uint64_t>(status.st_size) < file.bytes) return changed(file);
    const auto digest = digestOf(descriptor, file.bytes);
    if (!digest) return errorFrom(errno, file.path);
    if (*digest != file.digest) return changed(file);
    known = state;
    return {};
}

} // namespace

PlainFile::PlainFile(int descriptor, KnownFile known)
    : descriptor_(descriptor)
    , known_(std::move(known)) {}

PlainFile::~PlainFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

PlainFile::PlainFile(PlainFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1))
    , known_(std::move(other.known_)) {}

PlainFile& PlainFile::operator=(PlainFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(known_, other.known_);
    return *this;
}

Result<void> PlainFile::read(std::uint64_t offset, std::span<char> to) const {
    const auto have = readInto(descriptor_, offset, to);
    if (!have) return std::unexpected(errorFrom(errno, known_.path));
    if (*have < to.size()) return std::unexpected(changed(known_));
    return {};
}

Result<void> PlainFile::check(std::map<std::string, std::string>& checked) const {
    if (auto fault = faultOf(descriptor_, known_, checked)) return std::unexpected(*fault);
    return {};
}

Result<KnownFile> lookAtFile(const std::filesystem::path& file) {
    std::error_code code;
    const auto path = std::filesystem::absolute(file, code);
    const PlainFile opened(openToRead(path), {});
    struct stat status{};
    if (opened.descriptor() < 0 || ::fstat(opened.descriptor(), &status) != 0)
        return std::unexpected(errorFrom(errno, path));
    KnownFile known{path, static_cast<std::uint64_t>(status.st_size), {}};
    auto digest = digestOf(opened.descriptor(), known.bytes);
    if (!digest) return std::unexpected(errorFrom(errno, path));
    known.digest = std::move(*digest);
    return known;
}

Result<PlainFile> openPlainFile(const KnownFile& file,
                                std::map<std::string, std::string>& checked) {
    PlainFile opened(openToRead(file.path), file);
    if (opened.descriptor() < 0) return std::unexpected(errorFrom(errno, file.path));
    if (auto fault = faultOf(opened.descriptor(), file, checked)) return std::unexpected(*fault);
    return opened;
}

Result<std::string> readPlainFile(const KnownFile& file, std::uint64_t offset, std::size_t size,
                                  std::map<std::string, std::string>& checked) {
    const auto opened = openPlainFile(file, checked);
    if (!opened) return std::unexpected(opened.error());
    auto text = readAt(opened->descriptor(), offset, size);
    if (!text) return std::unexpected(errorFrom(errno, file.path));
    return std::move(*text);
}

} // namespace postlude
