// SPDX-License-Identifier: GPL-3.0-or-later
// Access log formats in Envoy's and Istio's YAML: only the values of the few keys that hold one
// are read, whatever is around them.
#include "core/format/detail/configformats.h"

#include "core/base/text.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace postlude {

namespace {

struct YamlLine {
    std::size_t indent = 0;
    std::string_view text; ///< without indentation, list dashes and a comment line's text
    std::uint64_t number = 0;
};

std::vector<YamlLine> yamlLines(std::string_view config) {
    std::vector<YamlLine> lines;
    for (std::uint64_t number = 1; !config.empty(); ++number) {
        const std::string_view line = takeConfigLine(config);
        std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
        while (line.substr(indent).starts_with("- ")) // what is in a list item is deeper
            indent = std::min(line.find_first_not_of(' ', indent + 2), line.size());
        lines.push_back({indent, line.substr(indent), number});
    }
    return lines;
}

/// What stands between double quotes.
std::string unescapedYaml(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size() && text[i] != '"'; ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        const char c = text[++i];
        out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
    }
    return out;
}

/// One line's scalar.
std::string scalar(std::string_view text) {
    if (text.starts_with('"')) return unescapedYaml(text.substr(1));
    if (text.starts_with('\'')) {
        std::string out;
        for (std::size_t i = 1; i < text.size(); ++i) {
            const bool quote = text[i] == '\'';
            if (quote && text.substr(i + 1, 1) != "'") break;
            if (quote) ++i;
            out += text[i];
        }
        return out;
    }
    return std::string(trimmed(text.substr(0, text.find(" #"))));
}

class EnvoyConfig {
public:
    explicit EnvoyConfig(std::string_view config)
        : lines_(yamlLines(config)) {}

    std::vector<DefinedFormat> run() {
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            std::string_view value;
            const std::string_view key = keyAt(i, value);
            if (key == "json_format")
                add(jsonText(i, value), i);
            else if (key == "text_format" || key == "inline_string" || key == "format" ||
                     key == "accessLogFormat")
                add(textAt(i, value), i);
        }
        return std::move(found_);
    }

private:
    /// "key: value" at a line; an empty key if it is none.
    std::string_view keyAt(std::size_t i, std::string_view& value) const {
        const std::string_view text = lines_[i].text;
        const std::size_t colon = text.find(':');
        if (text.starts_with('#') || colon == std::string_view::npos) return {};
        if (colon + 1 < text.size() && text[colon + 1] != ' ') return {};
        value = trimmed(text.substr(colon + 1));
        std::string_view key = trimmed(text.substr(0, colon));
        if (key.size() > 1 && (key.front() == '"' || key.front() == '\'') &&
            key.back() == key.front())
            key = key.substr(1, key.size() - 2);
        return key;
    }

    [[nodiscard]] bool isDeeper(std::size_t i, std::size_t than) const {
        return i < lines_.size() &&
               (lines_[i].indent > lines_[than].indent || trimmed(lines_[i].text).empty());
    }

    /// A scalar on the line or, behind '|' or '>', in those below it.
    [[nodiscard]] std::string textAt(std::size_t i, std::string_view value) const {
        if (!value.starts_with('|') && !value.starts_with('>')) return scalar(value);
        const char between = value.front() == '|' ? '\n' : ' ';
        std::string out;
        for (std::size_t at = i + 1; isDeeper(at, i); ++at) {
            if (trimmed(lines_[at].text).empty()) continue;
            if (!out.empty()) out += between;
            out += lines_[at].text;
        }
        return out;
    }

    /// A mapping, on the line or below it, as JSON.
    std::string jsonText(std::size_t i, std::string_view value) const {
        if (value.starts_with('{')) return std::string(value);
        if (!value.empty()) return {};
        std::size_t at = i + 1;
        const QJsonObject object = mapping(at, i);
        return object.isEmpty()
                   ? std::string()
                   : QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    }

    QJsonObject mapping(std::size_t& at, std::size_t than) const {
        QJsonObject object;
        while (isDeeper(at, than)) {
            const std::size_t here = at++;
            std::string_view value;
            const std::string_view key = keyAt(here, value);
            if (key.empty()) continue;
            const auto name = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
            if (value.empty() && isDeeper(at, here))
                object[name] = mapping(at, here);
            else
                object[name] = QString::fromStdString(scalar(value));
        }
        return object;
    }

    void add(std::string text, std::size_t i) {
        const bool commands = text.find("%START_TIME") != std::string::npos ||
                              text.find("%REQ(") != std::string::npos ||
                              text.find("%RESPONSE_CODE%") != std::string::npos;
        if (commands) found_.push_back({"envoy", "access", std::move(text), {}, lines_[i].number});
    }

    std::vector<YamlLine> lines_;
    std::vector<DefinedFormat> found_;
};

} // namespace

std::vector<DefinedFormat> envoyFormats(std::string_view config) {
    return EnvoyConfig(config).run();
}

} // namespace postlude
