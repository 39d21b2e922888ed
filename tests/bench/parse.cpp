// SPDX-License-Identifier: GPL-3.0-or-later
// How fast one core reads lines, without cutting, storing or adding them up.
//
//     bench_parse FILE... [--format NAME]
//
// Each file's format is found by itself, then its first 16 MB are parsed again and again for some
// seconds; the fastest of all runs over a 64th of them counts, in time of this thread, so that what
// else the machine does matters little.
#include "core/format/catalogue.h"

#include <algorithm>
#include <ctime>
#include <fmt/format.h>
#include <fstream>
#include <string>
#include <vector>

using namespace postlude;

namespace {

constexpr std::size_t kBytes = 16U << 20U;
constexpr std::size_t kParts = 64;
constexpr int kRounds = 40;

double threadSeconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos;) {
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines;
}

/// ns a line of one part, at best; how many lines were records.
double timeOf(LineParser& parser, const std::vector<std::string_view>& lines, std::size_t part,
              std::size_t& records) {
    const std::size_t from = lines.size() * part / kParts;
    const std::size_t to = lines.size() * (part + 1) / kParts;
    Record record;
    const double began = threadSeconds();
    for (std::size_t i = from; i < to; ++i)
        records += parser.parse(lines[i], record) == LineVerdict::Record ? 1 : 0;
    return to > from ? (threadSeconds() - began) * 1e9 / static_cast<double>(to - from) : 0;
}

void measure(const Format& format, const std::string& path, const std::string& text) {
    const auto lines = linesOf(text);
    const auto parser = format.parser();
    std::vector<double> best(kParts, 1e12);
    std::size_t records = 0;
    for (int round = 0; round < kRounds; ++round)
        for (std::size_t part = 0; part < kParts; ++part)
            best[part] = std::min(best[part], timeOf(*parser, lines, part, records));
    std::ranges::sort(best);
    const double ns = best[kParts / 2];
    const double bytes = static_cast<double>(text.size()) / static_cast<double>(lines.size());
    const double read =
        100.0 * static_cast<double>(records) / static_cast<double>(kRounds * lines.size());
    fmt::print("{:32} {:20} {:5.0f} B/line {:7.1f} ns/line {:7.0f} MB/s {:6.1f} % read\n", path,
               format.name(), bytes, ns, bytes * 1e3 / ns, read);
}

} // namespace

int main(int argc, char** argv) {
    const auto catalogue = Catalogue::builtIn();
    if (!catalogue) return 1;
    std::string wanted;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--format" && i + 1 < argc) {
            wanted = argv[++i];
            continue;
        }
        std::ifstream file(argument, std::ios::binary);
        std::string text(kBytes, '\0');
        file.read(text.data(), static_cast<std::streamsize>(kBytes));
        text.resize(static_cast<std::size_t>(file.gcount()));
        text.resize(text.rfind('\n') + 1);
        const auto format = wanted.empty() ? catalogue->detect(text, false, argument).format
                                           : catalogue->named(wanted);
        if (format == nullptr || format->wholeDocument())
            fmt::print("{}: no format read line by line\n", argument);
        else
            measure(*format, argument, text);
    }
}
