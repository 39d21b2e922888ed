// SPDX-License-Identifier: GPL-3.0-or-later
// How well message templates are found: reads the corrected 2k sets of Loghub-2.0 (a folder of
// NAME_2k.log_structured_corrected.csv) and prints of each grouping accuracy and the F1 of
// templates, with its precision and recall, then the means. With --show NAME what is wrong in one.
//
// Grouping accuracy: the share of lines whose group is exactly the labelled one. F1: a template
// found counts when its lines are exactly those of one label, and its text is that label's.
#include "core/analysis/templates.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows csv(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    Rows rows(1, {std::string()});
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            rows.back().back() += text[++i];
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == ',') {
            rows.back().emplace_back();
        } else if (!quoted && c == '\n') {
            rows.push_back({std::string()});
        } else if (quoted || c != '\r') {
            rows.back().back() += c;
        }
    }
    if (rows.back().size() == 1) rows.pop_back();
    return rows;
}

struct Set {
    std::vector<std::string> contents, labels;
};

Set read(const std::filesystem::path& file) {
    const Rows rows = csv(file);
    Set out;
    if (rows.empty()) return out;
    const auto column = [&](const char* name) {
        return std::size_t(std::ranges::find(rows[0], name) - rows[0].begin());
    };
    const std::size_t content = column("Content"), label = column("EventTemplate");
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].size() <= std::max(content, label)) continue;
        out.contents.push_back(rows[i][content]);
        out.labels.push_back(rows[i][label]);
    }
    return out;
}

struct Score {
    double grouping = 0, precision = 0, recall = 0, f1 = 0;
};

struct Found {
    std::map<std::string, std::size_t> labels; ///< of its lines
    std::size_t lines = 0, example = 0;
};

void show(const Set& set, const std::string& text, const Found& of, std::size_t labelled) {
    fmt::print("{:5} of {:5}  {}\n", of.lines, labelled, text);
    for (const auto& [label, lines] : of.labels)
        fmt::print("    {:5} {}\n", lines, label);
    fmt::print("          {}\n", set.contents[of.example]);
}

Score judge(const Set& set, const std::vector<std::string>& texts, bool showWrong) {
    std::map<std::string, Found> found;
    std::map<std::string, std::size_t> labels;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        Found& f = found.try_emplace(texts[i], Found{{}, 0, i}).first->second;
        ++f.lines;
        ++f.labels[set.labels[i]];
        ++labels[set.labels[i]];
    }
    std::size_t lines = 0, right = 0;
    for (const auto& [text, of] : found) {
        const auto& [label, count] = *of.labels.begin();
        const bool whole = of.labels.size() == 1 && labels[label] == of.lines;
        lines += whole ? of.lines : 0;
        right += whole && text == label ? 1 : 0;
        if (showWrong && (!whole || text != label)) show(set, text, of, labels[label]);
    }
    Score s;
    s.grouping = double(lines) / double(texts.size());
    s.precision = double(right) / double(found.size());
    s.recall = double(right) / double(labels.size());
    if (right > 0) s.f1 = 2 * s.precision * s.recall / (s.precision + s.recall);
    return s;
}

/// The template of each line; adds to `took` the seconds.
std::vector<std::string> templatesOf(const Set& set, double& took) {
    const auto start = std::chrono::steady_clock::now();
    postlude::TemplateMiner miner;
    std::vector<std::uint32_t> groups;
    for (const std::string& line : set.contents)
        groups.push_back(miner.add(line));
    const auto settled = miner.settled();
    took += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::vector<std::string> out;
    for (const std::uint32_t g : groups)
        out.push_back(settled.texts[settled.ofGroup[g]]);
    return out;
}

std::vector<std::filesystem::path> setsIn(const char* folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().filename().string().ends_with("_structured_corrected.csv"))
            files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2 && argc != 4) {
        fmt::print(stderr, "usage: bench_templates FOLDER [--show NAME]\n");
        return 2;
    }
    const std::string shown = argc == 4 ? argv[3] : "";
    Score sum;
    double took = 0;
    std::size_t sets = 0, lines = 0;
    for (const auto& file : setsIn(argv[1])) {
        const Set set = read(file);
        const std::string whole = file.filename().string();
        const std::string name = whole.substr(0, whole.find('_'));
        const Score s = judge(set, templatesOf(set, took), name == shown);
        fmt::print("{:12} {:6} lines   grouping {:.3f}   F1 {:.3f} ({:.3f} {:.3f})\n", name,
                   set.contents.size(), s.grouping, s.f1, s.precision, s.recall);
        sum.grouping += s.grouping;
        sum.f1 += s.f1;
        lines += set.contents.size();
        ++sets;
    }
    if (sets == 0) return 1;
    fmt::print("{:12} {:6} lines   grouping {:.3f}   F1 {:.3f}   {:.2f} million lines/s\n", "mean",
               lines, sum.grouping / double(sets), sum.f1 / double(sets),
               double(lines) / took / 1e6);
}
