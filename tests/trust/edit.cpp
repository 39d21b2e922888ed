// SPDX-License-Identifier: GPL-3.0-or-later
// Saves revisions of a postmortem one after another, as the editor does while somebody types, and
// says after each that it is saved. What was said must be there whatever happens next.
//
//     trust_edit CASE FROM COUNT    saves "FROM", "FROM + 1", …; the case is made if it is not
//     there trust_edit CASE               prints what the revisions say, oldest first, and what is
//     unsound
#include "core/case/case.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

using namespace postlude;

namespace {

constexpr int kNotWritten = 4;
constexpr std::size_t kTypical = 20'000; // bytes of a postmortem that is nearly done

int tell(const Error& error) {
    std::fprintf(stderr, "%s\n", error.what.c_str());
    return kNotWritten;
}

std::string textOf(long number) {
    std::string text = "{\"number\": " + std::to_string(number) + ", \"text\": \"";
    text.append(kTypical, static_cast<char>('a' + number % 26));
    return text + "\"}";
}

int edit(Case& file, long from, long count) {
    for (long number = from; number < from + count; ++number) {
        const auto saved = file.savePostmortem(textOf(number), "typed");
        if (!saved) return tell(saved.error());
        std::printf("%ld\n", number);
        std::fflush(stdout);
    }
    return 0;
}

int show(Case& file) {
    const auto history = file.postmortemHistory();
    if (!history) return tell(history.error());
    for (const Revision& revision : *history) {
        const long number = std::strtol(revision.json.c_str() + 11, nullptr, 10);
        if (revision.json != textOf(number)) std::printf("damaged ");
        std::printf("%ld\n", number);
    }
    std::fputs(file.integrityFaults().c_str(), stdout);
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2 && count != 4) return 2;
    const std::filesystem::path path(arguments[1]);
    auto file = std::filesystem::exists(path) ? Case::open(path) : Case::create(path);
    if (!file) return tell(file.error());
    if (count == 2) return show(**file);
    return edit(**file, std::strtol(arguments[2], nullptr, 10),
                std::strtol(arguments[3], nullptr, 10));
}
