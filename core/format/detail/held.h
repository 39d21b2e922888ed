// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of an entry's first lines, until the line comes that makes it a record.
#pragma once

#include "core/format/record.h"

#include <list>

namespace postlude {

/// Not thread-safe.
class HeldRecord {
public:
    [[nodiscard]] bool open() const { return open_; }
    /// What the opening lines told; its views hold until the next opening after a close().
    [[nodiscard]] const Record& record() const { return record_; }
    /// Keeps `record`, which may be record() with what `line` added to it, and copies `line`.
    void hold(const Record& record, std::string_view line);
    void close() { open_ = false; }

private:
    std::list<std::string> lines_;
    Record record_;
    bool open_ = false;
};

} // namespace postlude
