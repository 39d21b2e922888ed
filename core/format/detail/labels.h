// SPDX-License-Identifier: GPL-3.0-or-later
// What people call values in access logs of their own: "rt=0.012", "RequestTime: 0.012",
// "upstream_response_time 0.012".
#pragma once

#include "core/format/detail/target.h"

#include <array>

namespace postlude {

/// One value under its label. Labels that have no column of ours go to extra if `keep`. False: not
/// known.
bool assignLabelled(std::string_view label, std::string_view value, bool keep, Assigner& assigner,
                    Record& out);

/// Is it a label even without a sign behind it ("request_time 0.012")?
bool isBareLabel(std::string_view word);

/// A piece of a line: a word, perhaps with the label in front of it, or what quotes or brackets
/// enclose. Lists ("a, b") are one.
struct Piece {
    std::string_view text;  ///< without what encloses it
    std::string_view label; ///< "" if it has none
    char open = '\0';       ///< '"', '(', '[' or '{' if it is enclosed
    bool equals = false;    ///< its label has an '='
};
/// Takes the next piece away from the front of `text`. False if there is none.
bool takePiece(std::string_view& text, Piece& piece);

/// nginx's seconds without labels ("0.012", "0.001, 0.010"): a list is of the upstream's; of two
/// the longer is the request's.
class BareSeconds {
public:
    /// False if it is none.
    bool take(std::string_view text);
    /// What has been taken to where nothing else was told.
    void settle(Assigner& assigner, Record& out) const;

private:
    std::array<std::string_view, 2> single_{}; ///< the longest two
    std::string_view list_;
};

/// Four numbers or groups with colons, perhaps with a port, or a list of such.
bool isAddressList(std::string_view text);

/// Values with labels in what stands behind a request (extra "more") go where they belong; "more"
/// stays if there is anything without a label in it.
void readAccessTail(Assigner& assigner, Record& out);

} // namespace postlude
