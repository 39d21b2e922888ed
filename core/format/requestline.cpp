// SPDX-License-Identifier: GPL-3.0-or-later
// Request lines and the URLs in them.
#include "core/format/detail/chars.h"
#include "core/format/detail/target.h"

namespace postlude {

namespace {

/// "HTTP/1.1"; Hypercorn leaves out the name.
bool isVersion(std::string_view word) {
    return word.starts_with("HTTP/") || word == "1.0" || word == "1.1" || word == "2" ||
           word == "3";
}

} // namespace

void readRequestLine(std::string_view piece, Record& out) {
    if (piece.empty() || isNothing(piece) || piece == "<BADREQ>") return;
    if (piece.starts_with("- error:")) piece.remove_prefix(2); // Squid, of what was no request
    const std::size_t first = piece.find(' ');
    if (first == std::string_view::npos) {
        out[TextField::Path] = piece;
        return;
    }
    const std::string_view method = piece.substr(0, first);
    const bool isMethod =
        !method.empty() && method.size() <= 24 &&
        std::ranges::all_of(method, [](char c) { return isAlnum(c) || c == '-' || c == '_'; });
    if (!isMethod) { // not HTTP at all: keep what was sent
        out[TextField::Path] = piece;
        return;
    }
    out[TextField::Method] = method;
    std::string_view rest = piece.substr(first + 1);
    const std::size_t last = rest.rfind(' ');
    if (last != std::string_view::npos && isVersion(rest.substr(last + 1))) {
        out[TextField::HttpVersion] = rest.substr(last + 1);
        rest = rest.substr(0, last);
    } else if (last != std::string_view::npos && last > 0 && last + 1 == rest.size()) {
        rest.remove_suffix(1); // "GET / ": Tomcat writes the version of HTTP/0.9 as nothing
    }
    out[TextField::Path] = rest;
}

void readUrl(std::string_view url, Record& out) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos || scheme > url.find('/')) {
        out[TextField::Path] = url;
        return;
    }
    const std::size_t path = std::min(url.find_first_of("/?", scheme + 3), url.size());
    out.extra.emplace_back("origin", url.substr(0, path));
    if (path < url.size()) out[TextField::Path] = url.substr(path);
}

std::string_view hostOfUrl(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return url;
    url.remove_prefix(scheme + 3);
    if (url.starts_with("unix:"))
        return url.substr(0, url.find(':', 5)); // unix:/run/app.sock:/path
    return url.substr(0, url.find('/'));
}

} // namespace postlude
