// SPDX-License-Identifier: GPL-3.0-or-later
// Who a request came from: the connection's other end, and whom proxies say they speak for.
#include "core/base/text.h"
#include "core/format/detail/chars.h"
#include "core/format/detail/target.h"

namespace postlude {

namespace {

bool isPrivate(std::string_view ip) {
    if (ip.starts_with("10.") || ip.starts_with("192.168.") || ip == "::1") return true;
    if (ip == "127.0.0.1" || ip.starts_with("169.254.") || ip == "localhost") return true;
    unsigned second = 0;
    if (ip.starts_with("172.") && digits(ip, 4, 2, second)) return second >= 16 && second < 32;
    const char c = ip.empty() ? '\0' : lower(ip.front());
    return c == 'f' && ip.size() > 1 && (lower(ip[1]) == 'd' || lower(ip[1]) == 'c');
}

/// As isPrivate, and any address of this machine.
bool isOurs(std::string_view ip) {
    return isPrivate(ip) || ip.starts_with("127.");
}

bool mayBeIp(std::string_view text) {
    return text.find(':') != std::string_view::npos || isDigit(text.front());
}

/// Without the blank (which IIS writes as '+') before it and a port behind it.
std::string_view bareHop(std::string_view hop) {
    hop = trimmed(hop);
    if (hop.starts_with('+')) hop.remove_prefix(1);
    std::string_view port;
    return bareAddress(hop, port);
}

/// "2.75", where addresses were expected: $gzip_ratio stands there in nginx's manual.
bool isNumber(std::string_view text) {
    return text.find_first_not_of("0123456789.") == std::string_view::npos &&
           std::ranges::count(text, '.') != 3;
}

/// The hop nearest to us that is not of our own network; the first if all are.
std::string_view clientOf(std::string_view hops) {
    std::string_view first;
    while (!hops.empty()) {
        const std::size_t comma = hops.rfind(',');
        const std::string_view hop =
            bareHop(comma == std::string_view::npos ? hops : hops.substr(comma + 1));
        hops = comma == std::string_view::npos ? std::string_view{} : hops.substr(0, comma);
        if (hop.empty() || hop == "unknown" || hop == "-" || isNumber(hop)) continue;
        if (!isPrivate(hop)) return hop;
        first = hop;
    }
    return first;
}

bool readAddressPort(std::string_view piece, Record& out) {
    const std::size_t colon = piece.rfind(':');
    std::string_view address = piece.substr(0, colon);
    if (address.size() >= 2 && address.front() == '[' && address.back() == ']')
        address = address.substr(1, address.size() - 2);
    if (colon == std::string_view::npos) {
        out[TextField::ClientIp] = piece;
        return !piece.empty();
    }
    const auto port = readWhole(piece.substr(colon + 1));
    if (!port || address.empty() || *port > 65'535) return false;
    out[TextField::ClientIp] = address;
    out[NumberField::ClientPort] = *port;
    return true;
}

} // namespace

bool mayBeAddress(std::string_view piece) {
    int colons = 0;
    for (const char c : piece) {
        if (isDigit(c) || c == '.') continue;
        if (c == ':') ++colons;
        if (c == ' ' || c == '<' || c == '>' || c == '"' || c == '=' || c == '|') return false;
    }
    const bool isTime = colons == 2 && piece.size() > 18 && piece[4] == '-' && piece[10] == 'T';
    return !isTime && (colons != 1 || piece.starts_with("unix:"));
}

void Assigner::assignForwarded(std::string_view piece, Record& out) {
    const std::string_view client = clientOf(piece);
    if (client.empty()) {
        if (isNumber(piece) && !piece.empty())
            out.extra.emplace_back(
                piece.find('.') == std::string_view::npos ? "forwarded_for" : "gzip_ratio", piece);
        return;
    }
    const bool told =
        std::ranges::any_of(out.extra, [](const auto& e) { return e.first == "remote_addr"; });
    if (told || client == out[TextField::ClientIp]) { // the server has weighed the hops itself
        if (piece != client || told) out.extra.emplace_back("forwarded_for", piece);
        return;
    }
    // Addresses of some network of theirs say less than the public address that connected.
    const std::string_view peer = out[TextField::ClientIp];
    if (!peer.empty() && isOurs(client) && !isOurs(peer) && mayBeIp(peer)) {
        out.extra.emplace_back("forwarded_for", piece);
        return;
    }
    if (out.has(TextField::ClientIp)) out.extra.emplace_back("remote_addr", peer);
    if (std::int64_t& port = out[NumberField::ClientPort]; port != kAbsent) {
        port_ =
            std::to_string(std::exchange(port, kAbsent)); // of the connection, not of that client
        out.extra.emplace_back("remote_port", port_);
    }
    out[TextField::ClientIp] = client;
    if (piece != client) out.extra.emplace_back("forwarded_for", piece);
}

bool Assigner::assignPeer(const Target& target, std::string_view piece, Record& out) {
    switch (target.act) {
    case Act::Address: {
        if (piece.starts_with('[') && piece.find(':') == std::string_view::npos) return false;
        std::string_view port;
        const std::string_view address = bareAddress(piece, port);
        if (isNothing(address) || address.empty()) return true;
        out[TextField::ClientIp] = address;
        if (const auto number = readWhole(port)) out[NumberField::ClientPort] = *number;
        return true;
    }
    case Act::Peer:
        if (!mayBeAddress(piece)) return false;
        if (out.has(TextField::ClientIp))
            out.extra.emplace_back("remote_addr", piece);
        else if (!isNothing(piece))
            out[TextField::ClientIp] = piece;
        return true;
    case Act::AddressPort:
        if (isNothing(piece)) return true;
        if (!out.has(TextField::ClientIp)) return readAddressPort(piece, out);
        out.extra.emplace_back("remote_addr", piece); // Forwarded has told a better one
        return true;
    case Act::Forwarded:
        if (piece.find("//") != std::string_view::npos) return false; // a server's URL
        assignForwarded(piece, out);
        return true;
    default:
        return false;
    }
}

} // namespace postlude
