// SPDX-License-Identifier: GPL-3.0-or-later
// A small bundle of a balancer's log, a program's log and measured values, and the session over
// it, for tests of windows.
#pragma once

#include "ui/common/session.h"

#include <QTemporaryDir>
#include <QTest>
#include <fmt/format.h>
#include <fstream>

namespace postlude {

class SmallCase {
public:
    static constexpr int kRequests = 300;

    SmallCase() {
        qputenv("XDG_DATA_HOME", home.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
        QCoreApplication::setApplicationName(QStringLiteral("postlude"));
        QCoreApplication::setOrganizationName(QStringLiteral("postlude"));
        const std::string folder = bundle().toStdString();
        std::filesystem::create_directories(folder);
        writeRequests(folder + "/haproxy.log");
        writeMessages(folder + "/worker.log");
        writeMetrics(folder + "/pool.json");
    }

    [[nodiscard]] QString bundle() const { return home.filePath(QStringLiteral("bundle")); }

    /// Read and analysed; null (with a failed test) if it is not.
    [[nodiscard]] std::unique_ptr<Session> open() const {
        auto session = Session::open({bundle().toStdString()});
        if (!session) return nullptr;
        const bool done =
            QTest::qWaitFor([&] { return !(*session)->busy() && (*session)->analysis(); }, 120'000);
        return done ? std::move(*session) : nullptr;
    }

    QTemporaryDir home;

private:
    /// A request a second from 09:57:00 on; app1 answers two of three, each tenth one fails.
    static void writeRequests(const std::string& file) {
        std::ofstream out(file);
        for (int i = 0; i < kRequests; ++i) {
            const int minute = 57 + i / 60;
            const std::string clock =
                fmt::format("{:02}:{:02}:{:02}", 9 + minute / 60, minute % 60, i % 60);
            out << fmt::format(
                "Jan 15 {} lb haproxy[1]: 192.0.2.{}:5000 [15/Jan/2024:{}.{:03}] web pool/app{} "
                "0/{}/1/{}/{} {} 512 - - ---- 1/1/0/0/0 0/0 \"GET /item/{} HTTP/1.1\"\n",
                clock, i % 200 + 1, clock, i % 1000, i % 3 == 2 ? 2 : 1, i % 7, 5 + i % 50,
                6 + i % 7 + i % 50, i % 10 == 9 ? 503 : 200, i);
        }
    }
    static void writeMessages(const std::string& file) {
        std::ofstream out(file);
        for (int i = 59; i >= 0; --i) // written backwards: its order is not that of time
            out << fmt::format("2024-01-15T09:58:{:02}Z INFO worker took Job {} of 60\n", i, i);
    }
    static void writeMetrics(const std::string& file) {
        std::ofstream out(file);
        out << R"({"status":"success","data":{"resultType":"matrix","result":[{"metric":)"
            << R"({"__name__":"pool_busy","instance":"app1"},"values":[)";
        for (int i = 0; i < 20; ++i)
            out << (i ? "," : "") << fmt::format("[{},\"{}\"]", 1705312620 + i * 15, i * 3);
        out << "]}]}}\n";
    }
};

} // namespace postlude
