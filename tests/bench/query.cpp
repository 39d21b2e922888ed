// SPDX-License-Identifier: GPL-3.0-or-later
// How long an open case takes to answer, in a process that runs already.
//
//     bench_query CASE reopen                  open it and count its first chart
//     bench_query CASE filter EXPR             count, and list the first page of, what passes
//     bench_query CASE search EXPR             count what passes
//
// Prints one line a figure: milliseconds, name, count. Each is the best of some runs, and each run
// begins with nothing decoded; "again" is what the next question costs that asks for the same.
#include "core/query/query.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fmt/format.h>
#include <string>

using namespace postlude;

namespace {

constexpr std::size_t kPage = 100;

double now() {
    return std::chrono::duration<double, std::milli>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

template <class Value>
Value orExit(Result<Value> result) {
    if (result) return std::move(*result);
    fmt::print(stderr, "{}\n", describe(result.error()));
    std::exit(1);
}

struct Best {
    double ms = 1e12;
    std::uint64_t count = 0;
    template <class Work>
    void run(Work work) {
        const double began = now();
        count = work();
        ms = std::min(ms, now() - began);
    }
    void print(std::string_view name) const { fmt::print("{:.2f} {} {}\n", ms, name, count); }
};

std::uint64_t chart(const Query& query) {
    SeriesRequest request;
    request.window = query.span(request.clock);
    const Duration span = request.window.to - request.window.from;
    const auto tens = (span / 1000 + std::chrono::seconds{10}) / std::chrono::seconds{10};
    request.bucket = std::chrono::seconds{10} * std::max<std::int64_t>(1, tens);
    std::uint64_t requests = 0;
    for (const Bucket& bucket : orExit(query.series(request, {})).total.buckets)
        requests += bucket.requests;
    return requests;
}

void reopen(const std::string& file) {
    Best best;
    for (int i = 0; i < 5; ++i)
        best.run([&] {
            const auto one = orExit(Case::open(file, OpenMode::ReadOnly));
            return chart(*orExit(openQuery(*one)));
        });
    best.print("reopen");
}

void filter(const Case& of, const std::string& text, int rounds) {
    RecordsRequest request;
    request.filter = orExit(Filter::parse(text));
    RecordsRequest first = request;
    first.limit = kPage;
    Best count, page, again;
    for (int i = 0; i < rounds; ++i) {
        {
            const auto query = orExit(openQuery(of));
            count.run([&] { return orExit(query->count(request, {})).records; });
            again.run([&] { return orExit(query->count(request, {})).records; });
        }
        const auto query = orExit(openQuery(of));
        page.run([&] {
            const RecordList list = orExit(query->select(first, {}));
            for (const RecordId id : list.ids())
                orExit(query->record(id));
            return list.size();
        });
    }
    count.print("count");
    page.print("page");
    again.print("again");
}

} // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 2 ? argv[2] : "";
    if (what == "reopen") {
        reopen(argv[1]);
    } else if (argc > 3 && (what == "filter" || what == "search")) {
        filter(*orExit(Case::open(argv[1], OpenMode::ReadOnly)), argv[3],
               what == "filter" ? 15 : 3);
    } else {
        fmt::print(stderr, "bench_query CASE reopen | CASE filter EXPR | CASE search EXPR\n");
        return 2;
    }
    return 0;
}
