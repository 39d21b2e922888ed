// SPDX-License-Identifier: GPL-3.0-or-later
// A made-up bundle behind the query interface: requests through a balancer to four servers with
// clocks of their own, configurations, changes, a database and chat.
#pragma once

#include "core/query/query.h"

#include <algorithm>
#include <map>
#include <random>

namespace postlude::test {

class Dice {
public:
    explicit Dice(std::uint32_t seed)
        : state_(seed) {}
    double operator()() { return double(state_()) / 4294967296.0; }

private:
    std::mt19937 state_;
};

struct SimRequest {
    double at = 0, took = 0.1; ///< seconds after the origin
    std::string client, path = "/api/x";
    int server = 0; ///< 1…4; 0: none
    int status = 200;
    double connect = 0.001; ///< of `took`, the balancer's way to the server
};

class Simulated : public Query {
public:
    static constexpr std::int64_t kOrigin = 1'700'000'000'000'000'000;
    static Instant at(double s) { return instant(kOrigin) + fromSeconds(s); }

    std::vector<SimRequest> requests;
    std::array<double, 5> offset{}; ///< of each server's clock
    bool wholeSeconds = false;      ///< server logs stamp the end in whole seconds, no duration
    bool timers = false;            ///< the balancer logs how long connecting and the answer took

    Simulated() {
        addSource("lb/access.log", "lb", SourceRole::Balancer);
        for (int s = 1; s <= 4; ++s)
            addSource("app" + std::to_string(s) + "/access.log", "app" + std::to_string(s),
                      SourceRole::Server);
    }

    SourceId addSource(std::string path, std::string host, SourceRole role, std::string text = {},
                       std::string format = {}) {
        SourceInfo info;
        info.format = std::move(format);
        info.id = SourceId(infos_.size() + 1);
        info.path = std::move(path);
        info.host = std::move(host);
        info.role = role;
        info.records = 1;
        texts_[info.id] = std::move(text);
        infos_.push_back(info);
        return info.id;
    }

    void addRecord(SourceId source, RecordKind kind, double when, std::string message,
                   TextField also = TextField::Message, std::string value = {}) {
        RecordRow row;
        row.id = RecordId(1'000'000'000 + rows_.size());
        row.source = source;
        row.line = rows_.size() + 1;
        row.kind = kind;
        row.numbers.fill(kAbsent);
        row.time = row.timeRaw = at(when);
        row.texts[std::size_t(also)] = std::move(value);
        row.texts[std::size_t(TextField::Message)] = std::move(message);
        rows_.push_back(std::move(row));
    }

    /// The balancer's word on a server of its pool.
    void addState(SourceId source, double when, const std::string& server, std::string state) {
        addRecord(source, RecordKind::ServerState, when, "Server pool/" + server + " is " + state,
                  TextField::State, state);
        rows_.back().texts[std::size_t(TextField::Backend)] = "pool";
        rows_.back().texts[std::size_t(TextField::Server)] = server;
    }

    /// A row of measured values, by the names of their columns.
    void addValues(SourceId source, double when,
                   std::vector<std::pair<std::string, std::string>> values) {
        addRecord(source, RecordKind::Message, when, "values");
        rows_.back().extra = std::move(values);
    }
    RecordRow& lastRecord() { return rows_.back(); }

    /// `perSecond` requests, evenly to all servers, 2 % 404 and a few 500.
    void steady(double from, double to, double perSecond, Dice& dice, int clients = 300) {
        for (double t = from; t < to; t += -std::log(1 - dice()) / perSecond) {
            SimRequest r;
            r.at = t;
            r.took = 0.02 + 0.2 * dice();
            r.client = "10.0." + std::to_string(int(dice() * 20)) + "." +
                       std::to_string(int(dice() * clients / 20));
            r.path = "/api/" + std::to_string(int(dice() * 500));
            r.server = 1 + int(dice() * 4);
            const double luck = dice();
            if (luck < 0.0005)
                r.status = 500;
            else if (luck < 0.02)
                r.status = 404;
            requests.push_back(r);
        }
        std::ranges::sort(requests, {}, &SimRequest::at);
    }

    Result<void> refresh() override { return {}; }
    std::vector<SourceInfo> sources() const override { return infos_; }
    Window span(ClockView) const override { return {at(0), at(1000)}; }
    std::vector<ServerKey> servers() const override { return {}; }
    Result<SeriesTable> series(const SeriesRequest&, std::stop_token) const override {
        return SeriesTable{};
    }
    Result<RecordRow> record(RecordId id) const override {
        return rows_.at(std::size_t(id) - 1'000'000'000);
    }
    Result<std::string> rawText(RecordId id) const override {
        return std::string((*record(id))[TextField::Message]);
    }
    Result<RecordId> recordAtLine(SourceId, std::uint64_t) const override { return RecordId{}; }
    Result<std::string> document(SourceId id) const override { return texts_.at(id); }
    std::vector<std::pair<std::string, std::uint64_t>> values(TextField,
                                                              std::size_t) const override {
        return {};
    }

    Result<RecordList> select(const RecordsRequest& r, std::stop_token,
                              const FoundSink&) const override {
        RecordList out;
        if (!r.filter.passesAll()) return out;
        for (const RecordRow& row : rows_) {
            const bool kind = r.kinds == 0 || (r.kinds >> unsigned(row.kind) & 1U) != 0;
            const bool source =
                r.sources.empty() || std::ranges::find(r.sources, row.source) != r.sources.end();
            if (!kind || !source || (r.window && !r.window->contains(*row.time))) continue;
            out.add(*row.time, row.id);
        }
        return out;
    }

    Result<void> scanRequests(const RequestScan& scan, const RequestVisitor& visit,
                              std::stop_token) const override {
        if (scan.scope == RequestScope::Balancer)
            chunk(0, scan, visit);
        else
            for (int s = 1; s <= 4; ++s)
                chunk(s, scan, visit);
        return {};
    }

    std::string name(TextField field, std::uint32_t code) const override {
        return code ? names_[std::size_t(field)].at(code - 1) : "";
    }

private:
    std::uint32_t code(TextField field, const std::string& text) const {
        if (text.empty()) return 0;
        auto& all = names_[std::size_t(field)];
        auto [it, isNew] =
            codes_[std::size_t(field)].try_emplace(text, std::uint32_t(all.size() + 1));
        if (isNew) all.push_back(text);
        return it->second;
    }

    void chunk(int side, const RequestScan& scan, const RequestVisitor& visit) const {
        std::vector<RecordId> ids;
        std::vector<std::int64_t> start, duration, status, connect, response;
        std::vector<std::uint32_t> client, backend, server, method, path, none;
        for (std::size_t i = 0; i < requests.size(); ++i) {
            const SimRequest& r = requests[i];
            if (side && r.server != side) continue;
            if (scan.window && !scan.window->contains(at(r.at))) continue;
            ids.push_back(RecordId(i));
            times(r, side, start, duration);
            status.push_back(r.status);
            client.push_back(code(TextField::ClientIp, r.client));
            backend.push_back(side ? 0 : code(TextField::Backend, "pool"));
            server.push_back(
                side || !r.server ? 0 : code(TextField::Server, "a" + std::to_string(r.server)));
            method.push_back(code(TextField::Method, "GET"));
            path.push_back(code(TextField::Path, r.path));
            none.push_back(0);
            if (side || !timers) continue;
            connect.push_back(std::int64_t(r.connect * 1e9));
            response.push_back(std::int64_t((r.took - r.connect) * 1e9));
        }
        RequestChunk c;
        c.source = SourceId(side + 1);
        c.ids = ids;
        c.start = start;
        c.duration = duration;
        c.status = status;
        c.connect = connect;
        c.response = response;
        c.client = client;
        c.backend = backend;
        c.server = server;
        c.method = method;
        TextList paths;
        for (const std::string& one : names_[std::size_t(TextField::Path)])
            paths.push_back(one);
        c.path = {path, &paths};
        TextList clients;
        for (const std::string& one : names_[std::size_t(TextField::ClientIp)])
            clients.push_back(one);
        c.clientText = {client, &clients};
        c.termination = none;
        visit(c);
    }

    void times(const SimRequest& r, int side, std::vector<std::int64_t>& start,
               std::vector<std::int64_t>& duration) const {
        constexpr std::int64_t kMs = 1'000'000, kSecond = 1'000'000'000;
        const std::int64_t ours = nanoseconds(at(r.at));
        const auto took = std::int64_t(r.took * 1e9);
        if (side == 0) {
            start.push_back(ours / kMs * kMs);
            duration.push_back(took / kMs * kMs);
            return;
        }
        const std::int64_t begun = ours + kMs + std::int64_t(offset[std::size_t(side)] * 1e9);
        const std::int64_t inside = std::max<std::int64_t>(0, took - 2 * kMs);
        start.push_back(wholeSeconds ? (begun + inside) / kSecond * kSecond : begun / kMs * kMs);
        duration.push_back(wholeSeconds ? kAbsent : inside / kMs * kMs);
    }

    std::vector<SourceInfo> infos_;
    std::map<SourceId, std::string> texts_;
    std::vector<RecordRow> rows_;
    mutable std::array<std::vector<std::string>, kTextFields> names_;
    mutable std::array<std::map<std::string, std::uint32_t>, kTextFields> codes_;
};

} // namespace postlude::test
