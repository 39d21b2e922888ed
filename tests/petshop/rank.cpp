// SPDX-License-Identifier: GPL-3.0-or-later
// The analysis' own ranking of metric series for tests/petshop/table. Standard input,
// tab-separated:
//   node NAME    level VALUE… ("-": not known)    volume VALUE…    asks INDEX…    sufferer INDEX
// where level, volume and asks belong to the node before. Output: SCORE NAME, best first.
#include "core/analysis/detail/ranking.h"

#include <cstdlib>
#include <iostream>
#include <limits>
#include <sstream>

using namespace postlude::detail;

namespace {

std::vector<double> numbers(std::istream& in) {
    std::vector<double> out;
    for (std::string word; std::getline(in, word, '\t');)
        out.push_back(word == "-" ? std::numeric_limits<double>::quiet_NaN()
                                  : std::strtod(word.c_str(), nullptr));
    return out;
}

} // namespace

int main() {
    std::vector<Suspect> suspects;
    std::size_t sufferer = 0;
    for (std::string line, what; std::getline(std::cin, line);) {
        std::istringstream in(line);
        std::getline(in, what, '\t');
        if (what == "node") {
            std::getline(in, suspects.emplace_back().name);
        } else if (what == "sufferer") {
            in >> sufferer;
        } else if (!suspects.empty()) {
            const auto values = numbers(in);
            if (what == "level") suspects.back().level = values;
            if (what == "volume") suspects.back().volume = values;
            if (what == "asks") suspects.back().asks.assign(values.begin(), values.end());
        }
    }
    for (const Origin& o : rankOrigins(suspects, sufferer))
        std::cout << o.score << '\t' << suspects[o.suspect].name << '\n';
    return 0;
}
