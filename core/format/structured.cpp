// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/structured.h"

#include <algorithm>

namespace postlude {

namespace {

/// "%ci" or "%[src]" at the front of a value, up to where the value ends; empty if it is no item.
std::string_view itemAt(std::string_view value) {
    if (value.starts_with('"')) value.remove_prefix(1);
    if (!value.starts_with('%')) return {};
    std::size_t end = 0;
    for (int depth = 0; end < value.size(); ++end) {
        const char c = value[end];
        if (depth == 0 && (c == '"' || c == ' ' || c == ']')) break;
        depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
    }
    return value.substr(0, end);
}

bool movesToColumn(const Target& target) {
    return target.act != Act::Extra && target.act != Act::Skip && target.act != Act::Time &&
           target.act != Act::TimeEnd && target.act != Act::Noted;
}

/// What `from` has and `out` has not.
void fill(const Record& from, Record& out) {
    for (std::size_t i = 0; i < from.texts.size(); ++i)
        if (out.texts[i].data() == nullptr) out.texts[i] = from.texts[i];
    for (std::size_t i = 0; i < from.numbers.size(); ++i)
        if (out.numbers[i] == kAbsent) out.numbers[i] = from.numbers[i];
    out.extra.insert(out.extra.end(), from.extra.begin(), from.extra.end());
}

} // namespace

StructuredTargets structuredTargets(const HaproxyCaptures& captures) {
    StructuredTargets targets;
    const std::string_view text = captures.structured;
    for (std::size_t equals = text.find('='); equals != std::string_view::npos;
         equals = text.find('=', equals + 1)) {
        const std::size_t blank = text.rfind(' ', equals);
        const std::string_view item = itemAt(text.substr(equals + 1));
        if (blank == std::string_view::npos || item.empty()) continue;
        const auto program = compileHaproxy(item, captures);
        if (!program || program->steps.size() != 1) continue;
        const Target& target = program->steps.front().target;
        if (movesToColumn(target))
            targets.emplace_back(text.substr(blank + 1, equals - blank - 1), target);
    }
    return targets;
}

void settleStructured(const StructuredTargets& targets, Assigner& assigner, Record& scratch,
                      Record& out) {
    scratch.clear();
    assigner.begin();
    std::erase_if(out.extra, [&](const auto& parameter) {
        const auto known =
            std::ranges::find(targets, parameter.first, &StructuredTargets::value_type::first);
        return known != targets.end() && assigner.assign(known->second, parameter.second, scratch);
    });
    fill(scratch, out);
}

} // namespace postlude
