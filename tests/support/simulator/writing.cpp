// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/simulator/writing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace postlude::sim {

namespace {

constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

} // namespace

Stamp::Stamp(double seconds, int zone)
    : zone_(zone) {
    const auto ms = std::int64_t(std::floor(seconds * 1000)) + std::int64_t(zone) * 60'000;
    const auto days = std::int64_t(std::floor(double(ms) / 86'400'000.0));
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
    weekday_ = int(std::chrono::weekday{std::chrono::sys_days{date}}.c_encoding());
    year_ = int(date.year());
    month_ = unsigned(date.month());
    day_ = int(unsigned(date.day()));
    const auto rest = int(ms - days * 86'400'000);
    hour_ = rest / 3'600'000;
    minute_ = rest / 60'000 % 60;
    second_ = rest / 1000 % 60;
    ms_ = rest % 1000;
}

std::string Stamp::zone(bool colon) const {
    const int away = std::abs(zone_);
    return fmt::format("{}{:02}{}{:02}", zone_ < 0 ? '-' : '+', away / 60, colon ? ":" : "",
                       away % 60);
}

std::string Stamp::rfc3339() const {
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}{}", year_, month_, day_, hour_,
                       minute_, second_, ms_, zone_ == 0 ? "Z" : zone(true));
}

std::string Stamp::syslog() const {
    return fmt::format("{} {:>2} {:02}:{:02}:{:02}", kMonths[month_ - 1], day_, hour_, minute_,
                       second_);
}

std::string Stamp::haproxy() const {
    return fmt::format("{:02}/{}/{:04}:{:02}:{:02}:{:02}.{:03}", day_, kMonths[month_ - 1], year_,
                       hour_, minute_, second_, ms_);
}

std::string Stamp::combined() const {
    return fmt::format("{:02}/{}/{:04}:{:02}:{:02}:{:02} {}", day_, kMonths[month_ - 1], year_,
                       hour_, minute_, second_, zone(false));
}

std::string Stamp::python() const {
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02},{:03}", year_, month_, day_, hour_,
                       minute_, second_, ms_);
}

std::string Stamp::nginxError() const {
    return fmt::format("{:04}/{:02}/{:02} {:02}:{:02}:{:02}", year_, month_, day_, hour_, minute_,
                       second_);
}

std::string Stamp::isoLocal() const {
    std::string out = plain();
    out[10] = 'T';
    return out;
}

std::string Stamp::apacheError() const {
    static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                      "Thu", "Fri", "Sat"};
    return fmt::format("{} {} {:02} {:02}:{:02}:{:02}.{:03}000 {:04}", kDays[std::size_t(weekday_)],
                       kMonths[month_ - 1], day_, hour_, minute_, second_, ms_, year_);
}

std::string Stamp::plain() const {
    std::string out = python();
    out[out.size() - 4] = '.';
    return out;
}

std::string Site::program() const {
    static constexpr std::array<const char*, 5> kNames{"haproxy", "haproxy", "nginx", "apache2",
                                                       "caddy"};
    return kNames[std::size_t(s.balancer.kind)];
}

std::string Site::configName() const {
    static constexpr std::array<const char*, 5> kNames{"haproxy.cfg", "haproxy.cfg", "nginx.conf",
                                                       "apache2.conf", "Caddyfile"};
    return kNames[std::size_t(s.balancer.kind)];
}

bool Lines::save(const std::filesystem::path& path) {
    std::ranges::stable_sort(lines_, {}, &std::pair<double, std::string>::first);
    std::string text;
    for (const auto& [at, line] : lines_) {
        text += line;
        text += '\n';
    }
    return saveText(path, text);
}

bool saveText(const std::filesystem::path& path, const std::string& text) {
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (!file) return false;
    const bool whole = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    return std::fclose(file) == 0 && whole;
}

std::string Site::balancerAddress() const {
    const std::string& first = s.servers.front().address;
    return first.substr(0, first.rfind('.')) + ".10";
}

std::string Site::agentOf(const Request& r) const {
    static constexpr std::array<const char*, 5> kAgents{
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/126.0.0.0 Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
        "Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/126.0.6478.71 Mobile Safari/537.36",
        "okhttp/4.12.0"};
    if (r.attack) return "python-requests/2.31.0";
    return kAgents[std::size_t(std::max(0, r.person)) % kAgents.size()];
}

std::string Site::idOf(int request) const {
    std::uint64_t x = s.seed * 0x9E3779B97F4A7C15ULL + std::uint64_t(request) + 1;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x ^= x >> 27U;
    return fmt::format("{:016x}{:016x}", x, x * 0x94D049BB133111EBULL);
}

double Site::hurtsFrom() const {
    return s.fault.kind == FaultKind::Drain ? s.arrivals.bursts.back().from : s.fault.from;
}

} // namespace postlude::sim
