// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/kinds.h"

#include "core/base/text.h"
#include "core/bundle/bundle.h"
#include "core/format/detail/chars.h"

#include <algorithm>

namespace postlude {

namespace {

struct Magic {
    std::string_view start, what;
};
using namespace std::string_view_literals;
constexpr Magic kMagics[] = {{"\x89PNG"sv, "PNG picture"},
                             {"\xFF\xD8\xFF"sv, "JPEG picture"},
                             {"GIF8"sv, "GIF picture"},
                             {"RIFF"sv, "media file"},
                             {"%PDF"sv, "PDF document"},
                             {"SQLite format 3"sv, "SQLite database"},
                             {"PK\x03\x04"sv, "zip archive"},
                             {"\x1F\x8B"sv, "gzip file"},
                             {"\x28\xB5\x2F\xFD"sv, "zstd file"},
                             {"7z\xBC\xAF"sv, "7z archive"},
                             {"\x7F"
                              "ELF"sv,
                              "executable"},
                             {"BZh"sv, "bzip2 file"},
                             {"\xFD"
                              "7zXZ"sv,
                              "xz file"},
                             {"\xD4\xC3\xB2\xA1"sv, "packet capture"},
                             {"\x0A\x0D\x0D\x0A"sv, "packet capture"}};

std::string extensionOf(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const std::size_t dot = name.rfind('.');
    std::string ext(dot == std::string_view::npos ? std::string_view{} : name.substr(dot + 1));
    std::ranges::transform(ext, ext.begin(), lower);
    return ext;
}

} // namespace

std::string binaryKind(std::string_view sample) {
    for (const Magic& magic : kMagics)
        if (sample.starts_with(magic.start)) return std::string(magic.what);
    return looksBinary(sample) ? "binary data" : "";
}

std::string textKind(std::string_view sample, std::string_view path) {
    const std::string_view text = trimmed(sample);
    const std::string ext = extensionOf(path);
    const auto has = [&](std::string_view part) {
        return text.find(part) != std::string_view::npos;
    };
    if (text.starts_with('[') && has("\"real_name\"") && has("\"id\"") && has("\"name\""))
        return "Slack users";
    if (ext == "svg" || text.starts_with("<svg")) return "SVG picture";
    if (text.starts_with("<!DOCTYPE html") || text.starts_with("<html")) return "web page";
    if (text.starts_with('{') || text.starts_with('[')) return "JSON document";
    if (ext == "md" || ext == "markdown" || ext == "rst" || ext == "txt") return "notes";
    if (ext == "yml" || ext == "yaml") return "YAML document";
    if (ext == "conf" || ext == "cfg" || ext == "ini" || ext == "toml") return "configuration";
    if (ext == "sh" || ext == "py" || text.starts_with("#!")) return "script";
    if (ext == "csv" || ext == "tsv") return "table";
    return "text";
}

} // namespace postlude
