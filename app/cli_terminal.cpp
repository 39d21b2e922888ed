// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_terminal.h"

#include "core/base/text.h"
#include "core/base/writeall.h"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <unistd.h>

namespace postlude::cli {

namespace {

constexpr std::size_t kBuffer = 1U << 16U;

void showProgress(const Progress& now) {
    std::string line = "\r\x1b[K" + visible(now.stage);
    if (now.bytesTotal != 0) {
        const double share =
            static_cast<double>(now.bytesDone) / static_cast<double>(now.bytesTotal);
        line += fmt::format(" {:3.0f} %", share * 100);
    }
    if (now.linesDone != 0) line += fmt::format("  {} lines", now.linesDone);
    // A line that wraps could not be written over.
    if (const std::string source = visible(now.source); source.size() < 40) line += "  " + source;
    writeAll(STDERR_FILENO, line);
}

} // namespace

void Output::write(std::string_view text) {
    if (!wanted()) return;
    buffer_ += text;
    if (buffer_.size() >= kBuffer) flush();
}

void Output::flush() {
    error_ = writeAll(STDOUT_FILENO, buffer_);
    buffer_.clear();
}

int Output::finish() {
    if (wanted()) flush();
    if (error_ == 0 || error_ == EPIPE) return kDone;
    say(fmt::format("standard output: {}", std::strerror(error_)));
    return kCouldNotWrite;
}

void say(std::string_view text) {
    writeAll(STDERR_FILENO, "postlude-cli: " + visible(text) + '\n');
}

int fail(const Error& error) {
    say(describe(error));
    return exitStatus(error.kind);
}

int failWriting(const Error& error) {
    const int status = fail(error);
    const bool otherwise = error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::Usage;
    return otherwise ? status : kCouldNotWrite;
}

ProgressLine::ProgressLine()
    : terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
    if (terminal_) writeAll(STDERR_FILENO, "\r\x1b[K");
}

ProgressSink ProgressLine::sink() const {
    return terminal_ ? ProgressSink(showProgress) : ProgressSink();
}

} // namespace postlude::cli
