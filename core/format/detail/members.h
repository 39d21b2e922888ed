// SPDX-License-Identifier: GPL-3.0-or-later
// The members of one JSON object as flat names and texts.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

namespace postlude {

/// Members of objects within objects are named "outer.inner", of objects in an array
/// "outer.0.inner", or "outer.NAME" where the array is [{"name": NAME, "value": …}, …]. Not
/// thread-safe.
class JsonMembers {
public:
    struct Member {
        std::string_view name, value;
        std::string_view list;    ///< the whole array where `value` is but its first scalar
        std::string_view generic; ///< the name with '#' for places in arrays, if it has any
    };
    JsonMembers();
    ~JsonMembers();
    JsonMembers(JsonMembers&&) noexcept;
    JsonMembers& operator=(JsonMembers&&) noexcept;

    /// False if `text` is no JSON object, or more than one. At most 256 members are kept, none
    /// deeper than twelve objects; of an array the first scalar stands for all (headers); null is
    /// left out. What was read holds until the next call.
    bool read(std::string_view text);
    [[nodiscard]] const std::vector<Member>& all() const;
    [[nodiscard]] const Member* find(std::string_view name) const;

private:
    struct Reader;
    std::unique_ptr<Reader> reader_;
};

} // namespace postlude
