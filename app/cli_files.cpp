// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_files.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace postlude::cli {

namespace {

// One byte more than is taken in shows that there is too much; a pipe may have no end.
constexpr std::size_t kMost = std::size_t{64} * 1024 * 1024 + 1;

Result<std::string> contentOf(const std::string& file) {
    const auto failed = [&](int code) {
        const ErrorKind kind = code == ENOENT   ? ErrorKind::NotFound
                               : code == EACCES ? ErrorKind::Permission
                                                : ErrorKind::Unreadable;
        return std::unexpected(
            Error{.kind = kind, .what = std::strerror(code), .place = {.source = file}});
    };
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return failed(errno);
    std::string content;
    std::vector<char> buffer(std::size_t{256} * 1024);
    while (content.size() < kMost) {
        const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            const int code = errno;
            ::close(descriptor);
            return failed(code);
        }
        if (got == 0) break;
        content.append(buffer.data(), static_cast<std::size_t>(got));
    }
    ::close(descriptor);
    return content;
}

} // namespace

Result<Reading> documentIn(const std::string& file) {
    const auto content = contentOf(file);
    if (!content) return std::unexpected(content.error());
    auto reading = readDocument(*content);
    if (!reading) reading.error().place.source = file;
    return reading;
}

} // namespace postlude::cli
