// SPDX-License-Identifier: GPL-3.0-or-later
// Writes JSON in the order given, indented by two.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postlude {

class JsonWriter {
public:
    void beginObject(std::string_view key = {}) { open('{', key); }
    void endObject() { close('}'); }
    void beginArray(std::string_view key = {}) { open('[', key); }
    void endArray() { close(']'); }
    void text(std::string_view key, std::string_view value);
    /// Nothing is written for an empty text: unknown means absent.
    void textIf(std::string_view key, std::string_view value);
    void number(std::string_view key, double value);
    void count(std::string_view key, std::uint64_t value);
    void numberIf(std::string_view key, const std::optional<double>& value);
    [[nodiscard]] const std::string& str() const { return out_; }

private:
    void lead(std::string_view key);
    void open(char mark, std::string_view key);
    void close(char mark);
    std::string out_;
    int depth_ = 0;
    bool first_ = true;
};

} // namespace postlude
