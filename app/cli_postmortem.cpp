// SPDX-License-Identifier: GPL-3.0-or-later
// postmortem read FILE.md: what somebody wrote, as structure.
#include "app/cli_commands.h"
#include "app/cli_outline.h"
#include "app/cli_terminal.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace postlude::cli {

namespace {

struct Arguments {
    std::string file;
    bool json = false;
};

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

int readFile(const Arguments& arguments) {
    const auto content = contentOf(arguments.file);
    if (!content) return fail(content.error());
    auto reading = readPostmortem(*content);
    if (!reading) {
        reading.error().place.source = arguments.file;
        return fail(reading.error());
    }
    Output out;
    out.write(arguments.json ? toJson(*reading) : outlineOf(*reading));
    return out.finish();
}

} // namespace

void addPostmortem(CLI::App& program, Action& chosen) {
    CLI::App* group = program.add_subcommand("postmortem", "Postmortems that people wrote");
    group->require_subcommand(1);
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command =
        group->add_subcommand("read", "Take a postmortem in as structure, with nothing lost");
    command->add_option("file", arguments->file, "Markdown or plain text")
        ->required()
        ->type_name("FILE.md");
    command->add_flag("--json", arguments->json, "All of it, as JSON");
    command->footer(
        "Without --json: an outline of what was found, what was kept as it stood, and what\n"
        "contradicts itself or is not known. Pictures and links are never fetched.");
    command->callback(
        [arguments, &chosen] { chosen = [arguments] { return readFile(*arguments); }; });
}

} // namespace postlude::cli
