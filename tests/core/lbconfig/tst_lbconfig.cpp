// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lbconfig/lbconfig.h"

#ifndef Q_MOC_RUN // moc loses its way in raw strings
#include "tests/core/lbconfig/samples.h"
#endif

#include <QtTest>

using namespace postlude;

namespace {

BalancerConfig parsed(ConfigDialect dialect, const char* text) {
    auto config = parseConfig(dialect, text, "lb/x.cfg");
    if (!config) qFatal("%s", config.error().what.c_str());
    return *config;
}

} // namespace

class TstLbconfig : public QObject {
    Q_OBJECT
private slots:
    void haproxyInherits() {
        const auto c = parsed(ConfigDialect::HAProxy, kHaproxy);
        QCOMPARE(c.backends.size(), 2U);
        const auto& pool = c.backends[0];
        QCOMPARE(pool.algorithm, std::string("leastconn"));
        QCOMPARE(pool.balancing, Balancing::LeastConn);
        QCOMPARE(pool.health.path, std::string("/healthz"));
        QCOMPARE(pool.servers.size(), 3U);
        QCOMPARE(pool.servers[0].weight, 10.0);
        QCOMPARE(pool.servers[0].maxConnections, std::optional<std::uint64_t>(40));
        QCOMPARE(pool.servers[1].weight, 5.0);
        QVERIFY(pool.servers[0].check && !pool.servers[1].check && pool.servers[1].backup);
        QVERIFY(pool.servers[2].disabled);
        QCOMPARE(pool.servers[2].maxConnections, std::optional<std::uint64_t>(7));
        QCOMPARE(pool.servers[2].line, 15U);
        QCOMPARE(c.backends[1].balancing, Balancing::Header);
        QCOMPARE(c.backends[1].servers[0].name, std::string("b 1"));
        QCOMPARE(c.frontends[0].backends, (std::vector<std::string>{"shop one", "pool"}));
    }
    void nginxBlocks() {
        const auto c = parsed(ConfigDialect::Nginx, kNginx);
        QCOMPARE(c.backends.size(), 1U);
        QCOMPARE(c.backends[0].name, std::string("app"));
        QCOMPARE(c.backends[0].balancing, Balancing::Source);
        QCOMPARE(c.backends[0].algorithmLine, 4U);
        QCOMPARE(c.backends[0].servers.size(), 3U);
        QCOMPARE(c.backends[0].servers[0].weight, 3.0);
        QVERIFY(c.backends[0].servers[1].backup && c.backends[0].servers[2].disabled);
        QCOMPARE(c.backends[0].servers[2].line, 6U);
        QCOMPARE(c.frontends[0].name, std::string("a.example"));
        QCOMPARE(c.frontends[0].backends, std::vector<std::string>{"app"});
    }
    void apacheBalancer() {
        const auto c = parsed(ConfigDialect::Apache, kApache);
        QCOMPARE(c.backends.size(), 1U);
        const auto& app = c.backends[0];
        QCOMPARE(app.name, std::string("app"));
        QCOMPARE(app.balancing, Balancing::LeastConn);
        QCOMPARE(app.servers.size(), 2U);
        QCOMPARE(app.servers[0].name, std::string("one"));
        QCOMPARE(app.servers[0].weight, 4.0);
        QCOMPARE(app.servers[0].address, std::string("10.0.0.1:80"));
        QVERIFY(app.servers[1].backup && app.servers[1].check);
        QCOMPARE(app.health.path, std::string("/up"));
        QCOMPARE(c.frontends[0].backends, std::vector<std::string>{"app"});
    }
    void caddyProxy() {
        const auto c = parsed(ConfigDialect::Caddy, kCaddy);
        QCOMPARE(c.backends.size(), 1U);
        QCOMPARE(c.backends[0].name, std::string("/api/*"));
        QCOMPARE(c.backends[0].servers.size(), 2U);
        QCOMPARE(c.backends[0].servers[0].weight, 4.0);
        QCOMPARE(c.backends[0].servers[0].address, std::string("10.0.0.1:80"));
        QCOMPARE(c.backends[0].health.path, std::string("/up # now"));
        QCOMPARE(c.frontends[0].name, std::string("shop.example"));
    }
    /// Whoever reads it wants the words that differ, not the whole directive twice.
    void ofLongDirectivesTheWordsThatDifferAreTold_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("told");
        const auto row = [](const char* name, const char* from, const char* to, const char* told) {
            QTest::newRow(name) << from << to << told;
        };
        row("one word", "http-check send meth GET uri /healthz ver HTTP/1.1",
            "http-check send meth GET uri /ready ver HTTP/1.1",
            "Health check (http-check) changed from uri /healthz to uri /ready");
        row("two words", "http-check send meth GET uri /healthz ver HTTP/1.1",
            "http-check send meth HEAD uri /ready ver HTTP/1.1",
            "Health check (http-check) changed from meth GET uri /healthz to meth HEAD uri /ready");
        row("more of them", "http-check send meth GET uri /healthz",
            "http-check send meth GET uri /healthz ver HTTP/1.1",
            "Health check changed from http-check send meth GET uri /healthz to http-check send "
            "meth GET uri /healthz ver HTTP/1.1");
        row("short", "http-check expect status 200", "http-check expect status 204",
            "Health check changed from http-check expect status 200 to http-check expect status "
            "204");
    }
    void ofLongDirectivesTheWordsThatDifferAreTold() {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, told);
        const auto with = [](const QString& check) {
            return parsed(ConfigDialect::HAProxy, "backend pool\n    option httpchk\n    " +
                                                      check.toUtf8() +
                                                      "\n    server a1 10.0.0.1:80 check\n");
        };
        const auto found = differences(with(from), with(to));
        QCOMPARE(found.size(), 1U);
        QCOMPARE(QString::fromStdString(found[0].statement), told);
    }
    void differencesAreNamed_data() {
        QTest::addColumn<int>("dialect");
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("server");
        QTest::addColumn<int>("line");
        const auto row = [](const char* name, ConfigDialect d, const char* base, const char* from,
                            const char* to, DifferenceKind k, const char* server, int line) {
            QTest::newRow(name) << int(d) << base << from << to << int(k) << server << line;
        };
        using D = ConfigDialect;
        using K = DifferenceKind;
        row("weight", D::HAProxy, kHaproxy, "weight 10", "weight 100", K::Weights, "a1", 13);
        row("algorithm", D::HAProxy, kHaproxy, "hdr(Host) use_domain_only", "first", K::Hashing, "",
            17);
        row("check path", D::HAProxy, kHaproxy, "/healthz", "/ready", K::HealthCheck, "", 11);
        row("comment", D::HAProxy, kHaproxy, "# not a server", "# is", K::Other, "none", 0);
        row("server added", D::HAProxy, kHaproxy, "backend other",
            "    server a4 10.0.0.4:80\nbackend other", K::ServerAdded, "a4", 16);
        row("bind", D::HAProxy, kHaproxy, "*:80", "*:81", K::Other, "", 7);
        row("hash", D::Nginx, kNginx, "hash ${remote_addr}x consistent;", "least_conn;", K::Hashing,
            "", 4);
        row("nginx weight", D::Nginx, kNginx, "weight=3", "weight=30", K::Weights, "10.0.0.1:80",
            5);
        row("loadfactor", D::Apache, kApache, "loadfactor=4", "loadfactor=40", K::Weights, "one",
            2);
        row("lbmethod", D::Apache, kApache, "bybusyness", "byrequests", K::Algorithm, "", 6);
        row("member gone", D::Apache, kApache,
            "BalancerMember http://10.0.0.2:80 status=+H hcmethod=GET hcuri=/up", "",
            K::ServerRemoved, "10.0.0.2:80", 0);
        row("policy", D::Caddy, kCaddy, "lb_policy weighted_round_robin 4 1", "lb_policy first",
            K::Algorithm, "", 6);
        row("policy's weights", D::Caddy, kCaddy, "weighted_round_robin 4 1",
            "weighted_round_robin 4 30", K::Weights, "10.0.0.2:80", 6);
        row("uri", D::Caddy, kCaddy, "/up # now", "/down", K::HealthCheck, "", 7);
    }
    void differencesAreNamed() {
        QFETCH(int, dialect);
        QFETCH(QString, base);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(int, kind);
        QFETCH(QString, server);
        QFETCH(int, line);
        const auto before = parsed(ConfigDialect(dialect), base.toUtf8());
        const auto after = parsed(ConfigDialect(dialect), QString(base).replace(from, to).toUtf8());
        QVERIFY(differences(before, before).empty());
        const auto found = differences(before, after);
        if (server == "none") {
            QVERIFY(found.empty());
            return;
        }
        QCOMPARE(found.size(), 1U);
        QCOMPARE(int(found[0].kind), kind);
        QCOMPARE(QString::fromStdString(found[0].server), server);
        QCOMPARE(int(found[0].lineAfter), line);
        const auto back = differences(after, before);
        QCOMPARE(back.size(), 1U);
        QVERIFY(undoes(back[0], found[0]) && !undoes(found[0], found[0]));
    }
    void brokenConfigsAreErrors() {
        QCOMPARE(parseConfig(ConfigDialect::HAProxy, "a\nb \"c", "p").error().place.line, 2U);
        QVERIFY(!parseConfig(ConfigDialect::Nginx, "http { a b;", "p"));
        QVERIFY(!parseConfig(ConfigDialect::Nginx, "}", "p"));
        QVERIFY(!parseConfig(ConfigDialect::Apache, "</Proxy>", "p"));
        QVERIFY(!parseConfig(ConfigDialect::Caddy, "a {\n", "p"));
        QVERIFY(parseConfig(ConfigDialect::Caddy, "", "p").has_value());
    }
    void defaultsByName() {
        const auto c = parsed(ConfigDialect::HAProxy, R"(defaults slow
    timeout server 1m
    balance source
    default-server check maxconn 9
defaults fast from slow
    timeout server 2s
    no option httpchk
backend a from slow
    server s 192.0.2.1:80
backend b
    server s 192.0.2.1:80#comment
    server-template w 2-4 pool.example:80 no-check
)");
        QCOMPARE(c.backends[0].timeouts.at("server").ms, 60000.0);
        QCOMPARE(c.backends[1].timeouts.at("server").ms, 2000.0);
        QCOMPARE(c.backends[1].timeouts.at("server").place.line, 6U);
        QCOMPARE(c.backends[1].balancing, Balancing::Source);
        QCOMPARE(c.backends[1].servers.size(), 4U);
        QCOMPARE(c.backends[1].servers[0].address, std::string("192.0.2.1:80"));
        QCOMPARE(c.backends[1].servers[3].name, std::string("w4"));
        QVERIFY(c.backends[1].servers[0].check && !c.backends[1].servers[3].check);
    }
    void includesAreFollowed() {
        const std::vector<std::string> texts{"upstream a { server 192.0.2.1; }\n",
                                             "server {\n listen 80;\n include loc.inc;\n}",
                                             "location / { proxy_pass http://a; }", "x \"torn"};
        const ConfigFiles files{
            {"lb/conf.d/a.conf", "lb/conf.d/b.conf", "lb/loc.inc", "other/torn.conf"},
            [&](std::size_t i) { return std::optional(texts[i]); }};
        const auto main = "http { include /etc/nginx/conf.d/*.conf; include conf.d/?.x; }";
        const auto c = parseConfig(ConfigDialect::Nginx, main, "lb/nginx.conf", files);
        QVERIFY(c.has_value());
        QCOMPARE(c->files.size(), 4U);
        QCOMPARE(c->backends[0].name, std::string("a"));
        QCOMPARE(c->fileOf(c->backends[0].place()), std::string("lb/conf.d/a.conf"));
        QCOMPARE(c->frontends[0].backends, std::vector<std::string>{"a"});
        QVERIFY(c->missing.empty() && c->incomplete);
        const auto torn =
            parseConfig(ConfigDialect::Nginx, "include torn.conf;", "lb/n.conf", files);
        QCOMPARE(torn.error().place.source, std::string("other/torn.conf"));
        QCOMPARE(torn.error().what, std::string("column 3: a quotation mark is not closed"));
    }
    void documentsToo() {
        const auto c = parsed(ConfigDialect::Envoy, R"({"static_resources": {"clusters": [
            {"name": "a", "lb_policy": "RANDOM", "load_assignment": {"endpoints": [
              {"lb_endpoints": [{"endpoint": {"address": {"socket_address":
                {"address": "192.0.2.1", "port_value": 80}}}, "load_balancing_weight": 3}]}]}}]}})");
        QCOMPARE(c.backends[0].servers[0].address, std::string("192.0.2.1:80"));
        QCOMPARE(c.backends[0].servers[0].weight, 3.0);
        QCOMPARE(c.backends[0].balancing, Balancing::Random);
        const auto wrong = parseConfig(ConfigDialect::Traefik, "http:\n  a: [1, 2\n", "t.yml");
        QVERIFY(wrong.error().place.line >= 2 && wrong.error().what.starts_with("column "));
        const auto toml = parseConfig(ConfigDialect::Traefik, "[http]\nx = = 1\n", "t.toml");
        QCOMPARE(toml.error().place.line, 2U);
    }
    void sharesFollow() {
        auto b = parsed(ConfigDialect::HAProxy, "backend a\n server a a:1 weight 1\n"
                                                " server b b:1 weight 3\n server c c:1 backup\n")
                     .backends[0];
        QCOMPARE(expectedShares(b), (std::vector<double>{0.25, 0.75, 0}));
        QCOMPARE(expectedShares(b, {1, 0.5, 1}), (std::vector<double>{0.4, 0.6, 0}));
        QCOMPARE(expectedShares(b, {0, 0, 1}), (std::vector<double>{0, 0, 1}));
        QCOMPARE(expectedShares(b, {0, 0, 0}), (std::vector<double>{0, 0, 0}));
        b.balancing = Balancing::First;
        QCOMPARE(expectedShares(b), (std::vector<double>{1, 0, 0}));
        QCOMPARE(expectedShares(b, {0.5, 0.5, 1}), (std::vector<double>{0.5, 0.25, 0.25}));
    }
    void snapshotsAreOrdered_data() {
        QTest::addColumn<QStringList>("paths");
        QTest::addColumn<QStringList>("order");
        QTest::addColumn<bool>("known");
        QTest::newRow("before after") << QStringList{"lb/h.cfg.after", "lb/h.cfg.before"}
                                      << QStringList{"lb/h.cfg.before", "lb/h.cfg.after"} << true;
        QTest::newRow("orig") << QStringList{"C", "C.orig"} << QStringList{"C.orig", "C"} << true;
        QTest::newRow("stamps and live")
            << QStringList{"h.cfg", "h.cfg.20240122T1942Z", "h.cfg.20240122T1800Z"}
            << QStringList{"h.cfg.20240122T1800Z", "h.cfg.20240122T1942Z", "h.cfg"} << true;
        QTest::newRow("dates with numbers")
            << QStringList{"n.conf.2023-11-11", "n.conf.2023-11-10.1", "n.conf.2023-11-10"}
            << QStringList{"n.conf.2023-11-10", "n.conf.2023-11-10.1", "n.conf.2023-11-11"} << true;
        QTest::newRow("numbers are ages") << QStringList{"h.cfg", "h.cfg.1", "h.cfg.2"}
                                          << QStringList{"h.cfg.2", "h.cfg.1", "h.cfg"} << true;
        QTest::newRow("mark before the extension")
            << QStringList{"lb-01-new.cfg", "lb-01.old.cfg"}
            << QStringList{"lb-01.old.cfg", "lb-01-new.cfg"} << true;
        QTest::newRow("folders tell") << QStringList{"lb/new/h.cfg", "lb/before/h.cfg"}
                                      << QStringList{"lb/before/h.cfg", "lb/new/h.cfg"} << true;
        QTest::newRow("folders of dates")
            << QStringList{"2024-01-23/lb/h.cfg", "2024-01-22/lb/h.cfg"}
            << QStringList{"2024-01-22/lb/h.cfg", "2024-01-23/lb/h.cfg"} << true;
        QTest::newRow("nothing tells")
            << QStringList{"x.old", "x.orig"} << QStringList{"x.old", "x.orig"} << false;
    }
    void snapshotsAreOrdered() {
        QFETCH(QStringList, paths);
        QFETCH(QStringList, order);
        QFETCH(bool, known);
        std::vector<std::string> names;
        for (const auto& p : paths)
            names.push_back(p.toStdString());
        const auto series = snapshotSeries(names);
        QCOMPARE(series.size(), 1U);
        QStringList got;
        for (const auto i : series[0].order)
            got << paths[qsizetype(i)];
        QCOMPARE(got, order);
        QCOMPARE(series[0].orderKnown, known);
    }
    void whereNamesDoNotTellTheTimeOfChangeDoes() {
        const auto early = Instant{} + std::chrono::hours(1);
        const auto late = Instant{} + std::chrono::hours(2);
        auto series = snapshotSeries({"x.old", "x.orig"}, {late, early});
        QCOMPARE(series.size(), 1U);
        QCOMPARE(series[0].order, (std::vector<std::size_t>{1, 0}));
        QVERIFY(series[0].orderKnown);
        QCOMPARE(series[0].written[0], std::optional(early));
        series =
            snapshotSeries({"x.old", "x"}, {late, early}); // a copy made later is still the old
        QCOMPARE(series[0].order, (std::vector<std::size_t>{0, 1}));
        QCOMPARE(snapshotSeries({"lb-01/h.cfg", "lb-02/h.cfg"}).size(), 2U);
    }
    void theHeadSaysWhenItWasWritten_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("time");
        const auto row = [](const char* name, const char* text, const char* time) {
            QTest::newRow(name) << QString(text) << QString(time);
        };
        row("ansible",
            "# Ansible managed: /t/h.cfg.j2 modified on 2024-01-22 19:42:11 by ops\nglobal\n",
            "2024-01-22T19:42:11Z");
        row("offset", "\n#\n# Generated 2024-01-22T19:42:11.250+01:00\n", "2024-01-22T18:42:11Z");
        row("minutes", "; last updated: 2024/01/22 19:42\n", "2024-01-22T19:42:00Z");
        row("no word for it", "# valid until 2024-01-22 19:42:11\n", "");
        row("no date", "# generated by hand, 2024\n", "");
        row("not at the head", "global\n# generated 2024-01-22 19:42:11\n", "");
        row("no real moment", "# generated 2024-13-22 19:42:11\n", "");
    }
    void theHeadSaysWhenItWasWritten() {
        QFETCH(QString, text);
        QFETCH(QString, time);
        const auto at = statedTime(text.toStdString());
        QCOMPARE(QString::fromStdString(at ? toRfc3339(*at, 0) : ""), time);
    }
};

QTEST_GUILESS_MAIN(TstLbconfig)
#include "tst_lbconfig.moc"
