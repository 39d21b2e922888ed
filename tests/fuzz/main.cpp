// SPDX-License-Identifier: GPL-3.0-or-later
// Drives a fuzz target without a fuzzer: every file of the folders named, then each file cut
// short, with bytes changed and with pieces doubled. The same changes at every run.
#include "tests/fuzz/fuzz.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

namespace {

constexpr std::size_t kLargest = 16 * 1024; ///< longer seeds are cut there

std::string contents(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    if (text.size() > kLargest) text.resize(kLargest);
    return text;
}

void run(const std::string& text) {
    // A copy of exactly this size: reading beyond it is seen by the address sanitizer.
    const std::vector<std::uint8_t> bytes(text.begin(), text.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

void runChanged(const std::string& text, std::mt19937& random) {
    if (text.empty()) return;
    const auto at = [&] { return random() % text.size(); };
    run(text.substr(0, at()));
    std::string changed = text;
    for (int i = 0; i < 4; ++i)
        changed[at()] = static_cast<char>(random());
    run(changed);
    const std::size_t from = at();
    changed = text;
    changed.insert(at(), text.substr(from, 64));
    run(changed);
}

} // namespace

int main(int argc, char** argv) {
    std::mt19937 random(1); // NOLINT: the same changes at every run
    int files = 0;
    for (int i = 1; i < argc; ++i)
        for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
            if (!entry.is_regular_file()) continue;
            const std::string text = contents(entry.path());
            run(text);
            for (int round = 0; round < 3; ++round)
                runChanged(text, random);
            ++files;
        }
    run({});
    std::printf("%d files\n", files);
    return files == 0 ? 1 : 0;
}
