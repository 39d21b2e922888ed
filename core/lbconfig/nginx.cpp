// SPDX-License-Identifier: GPL-3.0-or-later
// nginx: words, ended by ';', or by '{' which opens a block. Includes are not followed.
#include "core/lbconfig/detail/tokens.h"

#include "core/base/text.h"

#include <map>

namespace postlude::lbconfig {

namespace {

class Scanner {
public:
    explicit Scanner(std::string_view text)
        : text_(text) {}

    Result<std::vector<Directive>> scan() {
        while (true) {
            skipBlanks();
            if (at_ >= text_.size()) break;
            const char c = text_[at_];
            if (c == ';' || c == '{' || c == '}') {
                if (!endDirective(c))
                    return std::unexpected(notUnderstood("a '}' too many", line_));
                ++at_;
            } else if (!word()) {
                return std::unexpected(notUnderstood("a quotation mark is not closed", begun_));
            }
        }
        if (!blocks_.empty())
            return std::unexpected(notUnderstood("a block is not closed", begun_));
        return std::move(out_);
    }

private:
    void skipBlanks() {
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '\n')
                ++line_;
            else if (c == '#')
                while (at_ + 1 < text_.size() && text_[at_ + 1] != '\n')
                    ++at_;
            else if (c != ' ' && c != '\t' && c != '\r')
                return;
        }
    }

    bool word() {
        if (words_.empty()) {
            begun_ = line_;
            from_ = at_;
        }
        std::string out;
        const char quote = text_[at_] == '"' || text_[at_] == '\'' ? text_[at_] : '\0';
        if (quote) ++at_;
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '\n') ++line_;
            if (c == '\\' && at_ + 1 < text_.size()) {
                out += text_[++at_];
            } else if (c == '$' && !quote && at_ + 1 < text_.size() && text_[at_ + 1] == '{') {
                out += "${";
                ++at_;
                inVariable_ = true;
            } else if (quote ? c == quote : endsWord(c)) {
                break;
            } else {
                out += c;
            }
        }
        if (quote && at_ >= text_.size()) return false;
        if (quote) ++at_;
        words_.push_back(std::move(out));
        to_ = at_;
        return true;
    }

    bool endsWord(char c) {
        if (inVariable_ && c == '}') {
            inVariable_ = false;
            return false;
        }
        if (c == '\n') --line_; // counted again by skipBlanks
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ';' || c == '{' || c == '}';
    }

    std::string section() const {
        std::string out;
        for (const auto& b : blocks_)
            out += (out.empty() ? "" : " / ") + b;
        return out;
    }

    bool endDirective(char mark) {
        if (!words_.empty()) {
            std::string written;
            for (const char c : text_.substr(from_, to_ - from_))
                if (c != '\n' && c != '\r' && c != '\t')
                    written += c;
                else if (!written.empty() && written.back() != ' ')
                    written += ' ';
            out_.push_back({section(), words_, written, begun_});
            if (mark == '{') blocks_.push_back(written);
        } else if (mark == '{') {
            blocks_.emplace_back();
        }
        words_.clear();
        if (mark != '}') return true;
        if (blocks_.empty()) return false;
        blocks_.pop_back();
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0, from_ = 0, to_ = 0;
    std::uint64_t line_ = 1, begun_ = 1;
    bool inVariable_ = false;
    std::vector<std::string> words_, blocks_;
    std::vector<Directive> out_;
};

ConfigServer serverOf(const Directive& d) {
    ConfigServer server;
    server.name = server.address = addressOf(d.words[1]);
    server.text = d.text;
    server.line = d.line;
    server.check = true; // passive checks are on unless max_fails=0
    for (const std::string& word : d.words) {
        if (word.starts_with("weight=")) server.weight = numberFrom(word.substr(7)).value_or(1);
        if (word.starts_with("max_conns="))
            if (const auto n = numberFrom(word.substr(10)))
                server.maxConnections = std::uint64_t(*n);
        if (word == "max_fails=0") server.check = false;
        if (word == "backup") server.backup = true;
        if (word == "down") server.disabled = true;
    }
    return server;
}

void takeInto(const Directive& d, ConfigBackend& upstream) {
    static const std::map<std::string, Balancing> known{{"least_conn", Balancing::LeastConn},
                                                        {"ip_hash", Balancing::Source},
                                                        {"random", Balancing::Random},
                                                        {"least_time", Balancing::LeastConn},
                                                        {"sticky", Balancing::Cookie}};
    const std::string& name = d.words[0];
    if (name == "server" && d.words.size() > 1) upstream.servers.push_back(serverOf(d));
    if (name == "health_check") upstream.health = {true, "", d.text, d.line};
    const auto it = known.find(name);
    if (it == known.end() && name != "hash") return;
    upstream.algorithm = d.text;
    upstream.algorithmLine = d.line;
    if (it != known.end())
        upstream.balancing = it->second;
    else if (d.text.find("remote_addr") != std::string::npos)
        upstream.balancing = Balancing::Source;
    else if (d.text.find("cookie") != std::string::npos)
        upstream.balancing = Balancing::Cookie;
    else
        upstream.balancing = Balancing::Uri;
}

void takeServerBlock(const Directive& d, BalancerConfig& config) {
    ConfigFrontend& frontend = config.frontends.back();
    if (d.words.size() < 2) return;
    if (d.words[0] == "server_name") frontend.name = d.words[1];
    if (d.words[0] == "listen") frontend.binds.push_back(d.words[1]);
    if (d.words[0].ends_with("_pass")) frontend.backends.push_back(addressOf(d.words[1]));
}

} // namespace

Result<std::vector<Directive>> nginxDirectives(std::string_view text) {
    return Scanner(text).scan();
}

void interpretNginx(BalancerConfig& config) {
    std::string upstream, server;
    for (const Directive& d : config.directives) {
        const std::string inner = d.section.empty() ? d.text : d.section + " / " + d.text;
        if (d.words[0] == "upstream" && d.words.size() > 1) {
            upstream = inner;
            config.backends.push_back({});
            config.backends.back().name = d.words[1];
            config.backends.back().line = d.line;
        } else if (!upstream.empty() && d.section == upstream) {
            takeInto(d, config.backends.back());
        } else if (d.words[0] == "server" && d.words.size() == 1) {
            server = inner;
            config.frontends.push_back({});
            config.frontends.back().line = d.line;
        } else if (!server.empty() && d.section.starts_with(server)) {
            takeServerBlock(d, config);
        }
    }
}

} // namespace postlude::lbconfig
