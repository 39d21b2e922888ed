// SPDX-License-Identifier: GPL-3.0-or-later
// Makes one text of the parts of a source.
#pragma once

#include "core/bundle/bundle.h"

#include <string>

namespace postlude::detail {

/// Takes the parts one after another, oldest first, in chunks. Parts that are no text are left
/// out.
class TextJoiner {
public:
    /// What the chunk adds to the text; `last` ends the part.
    std::string take(std::string_view chunk, bool last);
    /// Behind the last part: a break where it has none, for what may follow in place.
    [[nodiscard]] std::string_view end() const { return lastByte_ == '\n' ? "" : "\n"; }
    /// The beginning of a part that was left out; "" if none was.
    [[nodiscard]] const std::string& binary() const { return binary_; }

private:
    Decoder decoder_;
    std::string binary_;
    char lastByte_ = '\n';
    bool begun_ = false; ///< the part has given bytes
    bool dropped_ = false;
};

} // namespace postlude::detail
