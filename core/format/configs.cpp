// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/detail/configs.h"

#include "core/base/text.h"
#include "core/format/detail/chars.h"

namespace postlude {

namespace {

std::string_view takeLine(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

struct Marker {
    std::string_view dialect, start;
};
// What begins lines (after white space) of one dialect and of no log.
constexpr Marker kMarkers[] = {{"haproxy", "frontend "},
                               {"haproxy", "backend "},
                               {"haproxy", "defaults"},
                               {"haproxy", "timeout connect"},
                               {"haproxy", "timeout client"},
                               {"haproxy", "timeout server"},
                               {"haproxy", "default_backend "},
                               {"haproxy", "option http"},
                               {"haproxy", "balance "},
                               {"haproxy", "bind "},
                               {"haproxy", "log global"},
                               {"haproxy", "global"},
                               {"haproxy", "mode http"},
                               {"haproxy", "mode tcp"},
                               {"haproxy", "stats socket"},
                               {"nginx", "http {"},
                               {"nginx", "server {"},
                               {"nginx", "upstream "},
                               {"nginx", "proxy_pass "},
                               {"nginx", "worker_processes "},
                               {"nginx", "log_format "},
                               {"nginx", "events {"},
                               {"nginx", "worker_connections "},
                               {"nginx", "access_log "},
                               {"nginx", "location "},
                               {"nginx", "server_name "},
                               {"nginx", "proxy_set_header "},
                               {"apache", "ServerRoot "},
                               {"apache", "LoadModule "},
                               {"apache", "<VirtualHost"},
                               {"apache", "ProxyPass "},
                               {"apache", "BalancerMember "},
                               {"apache", "<Proxy "},
                               {"apache", "LogFormat "},
                               {"apache", "CustomLog "},
                               {"apache", "DocumentRoot "},
                               {"apache", "ServerName "},
                               {"apache", "ErrorLog "},
                               {"apache", "ProxySet "},
                               {"caddy", "reverse_proxy "},
                               {"caddy", "lb_policy "},
                               {"caddy", "health_uri "},
                               {"caddy", "auto_https "},
                               {"caddy", "handle {"},
                               {"caddy", "handle_path "},
                               {"caddy", "file_server"},
                               {"caddy", "header_up "},
                               {"caddy", "output file "},
                               {"caddy", "admin "},
                               {"caddy", "encode "},
                               {"caddy", "lb_try_duration "},
                               {"postgresql", "log_line_prefix"},
                               {"postgresql", "log_min_duration_statement"},
                               {"postgresql", "log_timezone"},
                               {"postgresql", "logging_collector"},
                               {"postgresql", "listen_addresses"},
                               {"postgresql", "shared_buffers"},
                               {"postgresql", "max_wal_size"},
                               {"postgresql", "dynamic_shared_memory_type"},
                               {"postgresql", "default_text_search_config"},
                               {"postgresql", "data_directory"},
                               {"postgresql", "hba_file"}};
constexpr std::string_view kDialects[] = {"haproxy", "nginx", "apache", "caddy", "postgresql"};

std::string_view dialectOfPath(std::string_view path) {
    std::string name(path.substr(path.rfind('/') + 1));
    std::ranges::transform(name, name.begin(), lower);
    const auto has = [&](std::string_view part) { return name.find(part) != std::string::npos; };
    if (has("haproxy") && has("cfg")) return "haproxy";
    if (has("nginx") && has("conf")) return "nginx";
    if ((has("apache") || has("httpd")) && has("conf")) return "apache";
    if (name.starts_with("caddyfile")) return "caddy";
    if (has("postgresql") && has("conf")) return "postgresql";
    return {};
}

/// One argument of a haproxy.cfg line: HAProxy's quoting rules (configuration manual, 2.2).
std::string takeArgument(std::string_view& line) {
    line = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
    std::string out;
    char quote = 0;
    std::size_t i = 0;
    for (; i < line.size(); ++i) {
        const char c = line[i];
        if (quote == 0 && (c == ' ' || c == '\t')) break;
        if (quote == 0 && c == '#') {
            i = line.size();
            break;
        }
        if (c == '\\' && quote != '\'' && i + 1 < line.size())
            out += line[++i];
        else if (quote == 0 && (c == '"' || c == '\''))
            quote = c;
        else if (c == quote)
            quote = 0;
        else
            out += c;
    }
    line.remove_prefix(i);
    return out;
}

constexpr bool isSection(std::string_view word) {
    return word == "frontend" || word == "backend" || word == "listen" || word == "defaults" ||
           word == "global";
}

/// Captures may stand behind the log-format, so formats are finished at the section's end.
class HaproxyFormats {
public:
    std::vector<DefinedFormat> run(std::string_view config) {
        for (std::uint64_t number = 1; !config.empty(); ++number) {
            std::string_view line = takeLine(config);
            readLine(line, number);
        }
        endSection();
        return std::move(found_);
    }

private:
    void readLine(std::string_view line, std::uint64_t number) {
        const std::string word = takeArgument(line);
        if (isSection(word)) {
            endSection();
            const std::string name = takeArgument(line);
            section_ = name.empty() ? word : name;
        } else if (word == "log-format") {
            add(takeArgument(line), number);
        } else if (word == "option") {
            const std::string option = takeArgument(line);
            if (option == "httplog") add(takeArgument(line) == "clf" ? "clf" : "httplog", number);
            if (option == "tcplog" || option == "httpslog") add(option, number);
        } else if (word == "capture") {
            readCapture(line);
        }
    }

    /// "capture request header Host len 40"
    void readCapture(std::string_view line) {
        const std::string side = takeArgument(line);
        if (takeArgument(line) != "header") return;
        (side == "request" ? captures_.request : captures_.response).push_back(takeArgument(line));
    }

    void add(std::string text, std::uint64_t line) {
        open_.push_back({"haproxy", section_, std::move(text), {}, line});
    }

    void endSection() {
        for (DefinedFormat& format : open_) {
            format.captures = captures_;
            found_.push_back(std::move(format));
        }
        // A frontend that captures headers logs them in the format that it has from defaults.
        if (open_.empty() && captures_ != HaproxyCaptures{} && !found_.empty()) {
            DefinedFormat inherited = found_.back();
            inherited.name = section_;
            inherited.captures = captures_;
            found_.push_back(std::move(inherited));
        }
        open_.clear();
        captures_ = {};
    }

    std::string section_;
    HaproxyCaptures captures_;
    std::vector<DefinedFormat> open_, found_;
};

/// One word or quoted string of nginx.conf; empty at ';'.
std::optional<std::string> takeNginxWord(std::string_view text, std::size_t& at) {
    at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    if (at == text.size() || text[at] == ';') return {};
    const char quote = text[at] == '\'' || text[at] == '"' ? text[at] : '\0';
    if (quote != 0) ++at;
    std::string out;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != 0 ? c == quote : (c == ';' || c == ' ' || c == '\n' || c == '\t')) break;
        const bool escape = c == '\\' && at + 1 < text.size();
        if (escape) ++at;
        out += text[at];
    }
    if (quote != 0 && at < text.size()) ++at;
    return out;
}

std::vector<DefinedFormat> nginxFormats(std::string_view config) {
    static constexpr std::string_view directive = "log_format";
    std::vector<DefinedFormat> found;
    for (std::size_t at = config.find(directive); at != std::string_view::npos;
         at = config.find(directive, at)) {
        const std::size_t lineStart = config.rfind('\n', at) + 1;
        const bool comment =
            config.substr(lineStart, at - lineStart).find('#') != std::string_view::npos;
        const auto number =
            static_cast<std::uint64_t>(std::ranges::count(config.substr(0, at), '\n')) + 1;
        at += directive.size();
        if (comment || at >= config.size() || (config[at] != ' ' && config[at] != '\t')) continue;
        DefinedFormat format{"nginx", {}, {}, {}, number};
        format.name = takeNginxWord(config, at).value_or("");
        while (auto word = takeNginxWord(config, at))
            if (!word->starts_with("escape=")) format.text += *word;
        found.push_back(std::move(format));
    }
    return found;
}

/// The "…" with \" and \\ undone.
std::string takeApacheString(std::string_view& line) {
    line = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
    const bool quoted = line.starts_with('"');
    std::size_t i = quoted ? 1 : 0;
    std::string out;
    for (; i < line.size(); ++i) {
        const char c = line[i];
        if (quoted ? c == '"' : (c == ' ' || c == '\t')) break;
        const bool escape =
            c == '\\' && i + 1 < line.size() && (line[i + 1] == '"' || line[i + 1] == '\\');
        if (escape) ++i;
        out += line[i];
    }
    line.remove_prefix(std::min(i + 1, line.size()));
    return out;
}

std::vector<DefinedFormat> apacheFormats(std::string_view config) {
    std::vector<DefinedFormat> found;
    for (std::uint64_t number = 1; !config.empty(); ++number) {
        std::string_view line = trimmed(takeLine(config));
        const std::string_view word = line.substr(0, line.find_first_of(" \t"));
        std::string low(word);
        std::ranges::transform(low, low.begin(), lower);
        if (low != "logformat" && low != "customlog") continue;
        line.remove_prefix(word.size());
        if (low == "customlog") takeApacheString(line);
        DefinedFormat format{"apache", {}, takeApacheString(line), {}, number};
        format.name = takeApacheString(line);
        if (format.text.find('%') == std::string::npos) continue; // a nickname, not a format
        if (format.name.empty() || format.name.starts_with("env=")) format.name = "custom";
        found.push_back(std::move(format));
    }
    return found;
}

/// log_line_prefix = '%m [%p] '   # the last one counts; '' is a quote
std::vector<DefinedFormat> postgresFormats(std::string_view config) {
    constexpr std::string_view directive = "log_line_prefix";
    std::vector<DefinedFormat> found;
    for (std::uint64_t number = 1; !config.empty(); ++number) {
        std::string_view line = trimmed(takeLine(config));
        if (!line.starts_with(directive)) continue;
        const std::size_t open = line.find('\'');
        if (open == std::string_view::npos) continue;
        DefinedFormat format{"postgresql", "prefix", {}, {}, number};
        for (std::size_t i = open + 1; i < line.size(); ++i) {
            const bool quote = line[i] == '\'';
            if (quote && (i + 1 == line.size() || line[i + 1] != '\'')) break;
            if (quote) ++i;
            format.text += line[i];
        }
        if (format.text.find('%') == std::string::npos) continue;
        found.assign(1, std::move(format));
    }
    return found;
}

} // namespace

std::string configDialect(std::string_view text, std::string_view path) {
    int hits[std::size(kDialects)] = {};
    int lines = 0;
    while (!text.empty() && lines < 400) {
        const std::string_view line = trimmed(takeLine(text));
        if (line.empty() || line.front() == '#') continue;
        ++lines;
        for (const Marker& marker : kMarkers)
            if (line.starts_with(marker.start))
                ++hits[std::ranges::find(kDialects, marker.dialect) - std::begin(kDialects)];
    }
    const auto* best = std::ranges::max_element(hits);
    const std::string_view byText = kDialects[best - std::begin(hits)];
    const std::string_view byPath = dialectOfPath(path);
    if (!byPath.empty() && hits[std::ranges::find(kDialects, byPath) - std::begin(kDialects)] > 0)
        return std::string(byPath);
    return *best >= 2 && *best * 8 >= lines ? std::string(byText) : std::string{};
}

std::vector<DefinedFormat> definedFormats(std::string_view config, std::string_view dialect) {
    if (dialect == "haproxy") return HaproxyFormats{}.run(config);
    if (dialect == "nginx") return nginxFormats(config);
    if (dialect == "apache") return apacheFormats(config);
    if (dialect == "postgresql") return postgresFormats(config);
    return {};
}

} // namespace postlude
