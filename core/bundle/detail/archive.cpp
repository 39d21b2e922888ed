// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/detail/archive.h"

#include "core/base/text.h"
#include "core/bundle/detail/gunzip.h"

#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cerrno>

namespace postlude::detail {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kReadBlock = 256 * 1024;
constexpr std::size_t kMostBehind = std::size_t{16} << 20U; // of padding behind the last entry

bool isTar(std::string_view head, std::string_view name) {
    if (head.size() >= 262 && head.substr(257, 5) == "ustar") return true;
    return name.ends_with(".tar") && head.size() >= 512 && head[0] != '\0' &&
           head.substr(100, 7).find_first_not_of("01234567 \0"sv) == std::string_view::npos;
}

/// Not all that there are: for lrzip, lzop and grzip libarchive starts another program, and what a
/// file begins with must not start any.
void addFilters(archive* a) {
    archive_read_support_filter_gzip(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_lzma(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_lz4(a);
    archive_read_support_filter_lzip(a);
    archive_read_support_filter_compress(a);
}

} // namespace

Packing packingOf(std::string_view head, std::string_view name) {
    static constexpr std::array streams{"\x1f\x8b"sv, "\x28\xb5\x2f\xfd"sv, "\xfd\x37zXZ\0"sv,
                                        "BZh"sv,      "\x04\x22\x4d\x18"sv, "LZIP"sv};
    static constexpr std::array containers{"PK\3\4"sv, "PK\5\6"sv, "7z\xbc\xaf\x27\x1c"sv,
                                           "Rar!\x1a\x07"sv};
    const auto begins = [&](std::string_view magic) { return head.starts_with(magic); };
    if (std::ranges::any_of(streams, begins) || isTar(head, name)) return Packing::Stream;
    return std::ranges::any_of(containers, begins) ? Packing::Seekable : Packing::None;
}

/// Keeps the bytes libarchive looks at alive until it asks for more.
struct Archive::Source {
    Pull pull;
    std::unique_ptr<Gunzip> gunzip;        ///< what `pull` asks, if it is gzip
    std::shared_ptr<std::uint64_t> packed; ///< bytes read of a file; null: nobody counts them
    std::optional<Error> error;

    static la_ssize_t read(archive* a, void* self, const void** block) {
        auto& source = *static_cast<Source*>(self);
        Result<std::string_view> bytes = source.pull();
        if (!bytes) {
            source.error = bytes.error();
            archive_set_error(a, EIO, "the outer archive cannot be read further");
            return ARCHIVE_FATAL;
        }
        *block = bytes->data();
        return static_cast<la_ssize_t>(bytes->size());
    }
};

void Archive::Closer::operator()(archive* a) const {
    archive_read_free(a);
}

Archive::Archive(std::unique_ptr<archive, Closer> handle)
    : handle_(std::move(handle)) {}

Result<Archive> Archive::ready() {
    Archive made{std::unique_ptr<archive, Closer>{archive_read_new()}};
    archive* a = made.handle_.get();
    if (a == nullptr) return std::unexpected(Error{ErrorKind::Internal, "no memory", {}, {}});
    addFilters(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_zip(a);
    archive_read_support_format_7zip(a);
    archive_read_support_format_rar(a);
    archive_read_support_format_rar5(a);
    archive_read_support_format_empty(a);
    archive_read_support_format_raw(a);
    return made;
}

namespace {

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/// Gives the file's bytes and counts them.
Pull pullFrom(const std::shared_ptr<std::FILE>& file,
              const std::shared_ptr<std::uint64_t>& packed) {
    const auto block = std::make_shared<std::string>(kReadBlock, '\0');
    return [=]() -> Result<std::string_view> {
        const std::size_t got = std::fread(block->data(), 1, block->size(), file.get());
        if (got == 0 && std::ferror(file.get()) != 0)
            return std::unexpected(Error{
                ErrorKind::Unreadable, "cannot be read further", {}, "copy it and try again"});
        *packed += got;
        return std::string_view(*block).substr(0, got);
    };
}

} // namespace

Result<Archive> Archive::openFile(const std::filesystem::path& file) {
    std::string head(2, '\0');
    const std::shared_ptr<std::FILE> opened(std::fopen(file.c_str(), "rb"), Close{});
    if (opened && std::fread(head.data(), 1, head.size(), opened.get()) == head.size() &&
        Gunzip::isGzip(head)) {
        std::rewind(opened.get());
        const auto packed = std::make_shared<std::uint64_t>(0);
        return openPulled(pullFrom(opened, packed), true, packed);
    }
    Result<Archive> made = ready();
    if (made &&
        archive_read_open_filename(made->handle_.get(), file.c_str(), kReadBlock) != ARCHIVE_OK)
        return std::unexpected(made->failure("cannot be opened"));
    return made;
}

Result<Archive> Archive::openSpooled(std::FILE* spooled) {
    std::rewind(spooled);
    Result<Archive> made = ready();
    if (made && archive_read_open_FILE(made->handle_.get(), spooled) != ARCHIVE_OK)
        return std::unexpected(made->failure("cannot be opened"));
    return made;
}

Result<Archive> Archive::openStream(Pull pull) {
    Result<std::string_view> first = pull();
    if (!first) return std::unexpected(first.error());
    const bool gzip = Gunzip::isGzip(*first);
    Pull all = [pull = std::move(pull), first = *first]() mutable -> Result<std::string_view> {
        return first.empty() ? pull() : std::exchange(first, {});
    };
    return openPulled(std::move(all), gzip, nullptr);
}

Result<Archive> Archive::openPulled(Pull pull, bool gzip, std::shared_ptr<std::uint64_t> packed) {
    Result<Archive> made = ready();
    if (!made) return made;
    made->source_ = std::make_shared<Source>();
    Source& source = *made->source_;
    source.packed = std::move(packed);
    if (gzip) {
        source.gunzip = std::make_unique<Gunzip>(std::move(pull));
        pull = [&source] { return source.gunzip->pull(); };
    }
    source.pull = std::move(pull);
    if (archive_read_open(made->handle_.get(), made->source_.get(), nullptr, &Source::read,
                          nullptr) != ARCHIVE_OK)
        return std::unexpected(made->failure("cannot be opened"));
    return made;
}

Error Archive::failure(const char* doing) const {
    if (source_ && source_->error) return *source_->error;
    const char* text = archive_error_string(handle_.get());
    const std::string why = text ? ": " + visible(text) : std::string();
    return {ErrorKind::Damaged, doing + why, {}, "fetch it again; what stood before is read"};
}

Result<archive_entry*> Archive::next() {
    position_ = hole_ = 0;
    doubtful_ = false;
    waiting_ = {};
    for (;;) {
        archive_entry* entry = nullptr;
        const int result = archive_read_next_header(handle_.get(), &entry);
        if (result == ARCHIVE_EOF) return nullptr;
        if (result == ARCHIVE_OK || result == ARCHIVE_WARN) return entry;
        if (result == ARCHIVE_FATAL) {
            ended_ = true;
            return std::unexpected(failure("is truncated or damaged"));
        }
    }
}

Result<std::string_view> Archive::zeros(std::uint64_t count) {
    static constexpr std::array<char, 64 * 1024> nothing{};
    const std::uint64_t now = std::min<std::uint64_t>(count, nothing.size());
    hole_ = count - now;
    position_ += now;
    return std::string_view(nothing.data(), now);
}

Result<std::string_view> Archive::data() {
    if (hole_ > 0) return zeros(hole_);
    if (!waiting_.empty()) {
        position_ += waiting_.size();
        return std::exchange(waiting_, {});
    }
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    int result = ARCHIVE_OK;
    do {
        result = archive_read_data_block(handle_.get(), &block, &size, &offset);
        doubtful_ = doubtful_ || result == ARCHIVE_WARN; // a checksum or length that is wrong
    } while (result == ARCHIVE_RETRY ||
             (size == 0 && (result == ARCHIVE_OK || result == ARCHIVE_WARN)));
    if (result == ARCHIVE_EOF && !std::exchange(doubtful_, false)) return std::string_view{};
    if (result < ARCHIVE_WARN || result == ARCHIVE_EOF) {
        ended_ = result == ARCHIVE_FATAL;
        return std::unexpected(failure("is truncated or damaged"));
    }
    waiting_ = {static_cast<const char*>(block), size};
    const auto at = static_cast<std::uint64_t>(offset);
    if (offset > 0 && at > position_) return zeros(at - position_);
    position_ += size;
    return std::exchange(waiting_, {});
}

void Archive::readRest() {
    if (!source_) return;
    for (std::size_t behind = 0; behind < kMostBehind;) {
        const Result<std::string_view> more = source_->pull();
        if (!more || more->empty()) return;
        behind += more->size();
    }
}

std::optional<Error> Archive::fault() const {
    return source_ && source_->gunzip ? source_->gunzip->fault() : std::nullopt;
}

bool Archive::single() const {
    return archive_format(handle_.get()) == ARCHIVE_FORMAT_RAW ||
           archive_format(handle_.get()) == ARCHIVE_FORMAT_EMPTY;
}

bool Archive::mustUnpackToSkip() const {
    return archive_filter_code(handle_.get(), 0) != ARCHIVE_FILTER_NONE || source_;
}

std::uint64_t Archive::packedBytes() const {
    if (source_ && source_->packed) return *source_->packed;
    return static_cast<std::uint64_t>(
        std::max<la_int64_t>(0, archive_filter_bytes(handle_.get(), -1)));
}

std::string storedPath(archive_entry* entry) {
    const char* path = archive_entry_pathname_utf8(entry);
    if (path == nullptr) path = archive_entry_pathname(entry);
    return path ? path : "";
}

std::optional<Instant> modifiedTime(archive_entry* entry) {
    const auto s = static_cast<std::int64_t>(archive_entry_mtime(entry));
    if (!archive_entry_mtime_is_set(entry) || s <= 0 || s > 9'000'000'000) return {};
    return instant(s * 1'000'000'000);
}

} // namespace postlude::detail
