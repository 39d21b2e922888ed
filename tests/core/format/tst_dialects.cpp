// SPDX-License-Identifier: GPL-3.0-or-later
// Format strings of HAProxy, nginx and Apache: one line read by each, and what is said about
// strings that cannot be compiled.
#include "core/format/catalogue.h"

#include <QTest>
#include <fmt/format.h>

using namespace postlude;

namespace {

/// "client_ip=… status=…": the columns asked for, "-" where absent.
std::string shown(const Record& r, std::string_view columns) {
    std::string out;
    while (!columns.empty()) {
        const std::size_t end = std::min(columns.find(' '), columns.size());
        const std::string name(columns.substr(0, end));
        columns.remove_prefix(std::min(end + 1, columns.size()));
        std::string value = "-";
        if (name == "time") value = toRfc3339(instant(r.time.local), 3);
        if (const auto text = textFieldNamed(name); text && r.has(*text)) value = r[*text];
        if (const auto number = numberFieldNamed(name); number && r.has(*number))
            value = fmt::format("{}", double(r[*number]) / (isDuration(*number) ? 1e6 : 1));
        for (const auto& [key, text] : r.extra)
            if (key == name) value = text;
        out += (out.empty() ? "" : "|") + value;
    }
    return out;
}

} // namespace

class TstDialects : public QObject {
    Q_OBJECT
private slots:
    void reads_data() {
        QTest::addColumn<QString>("dialect");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("columns");
        QTest::addColumn<QString>("values");
        const auto row = [](const char* title, const char* dialect, const char* format,
                            const char* line, const char* columns, const char* values) {
            QTest::newRow(title) << dialect << format << line << columns << values;
        };
        row("escaped blanks, hexadecimal id", "haproxy",
            "%ci:%cp\\ [%t]\\ %ft\\ %ST\\ %{+X}o\\ %ID",
            "127.0.0.1:80 [15/Jan/2024:09:57:40.143] www 200 7F00:01",
            "client_ip client_port frontend status request_id", "127.0.0.1|80|www|200|7F00:01");
        row("idle time before the request", "haproxy",
            "%ci [%t] %Th/%Ti/%TR/%Tw/%Tc/%Tr/%Ta %Tt %ST",
            "::1 [15/Jan/2024:09:57:40.000] 5/1000/0/1/2/3/6 1011 200",
            "time queue_ms connect_ms response_ms duration_ms", "2024-01-15T09:57:41.005Z|1|2|3|6");
        row("old timers", "haproxy", "%ci [%t] %Tq/%Tw/%Tc/%Tr/%Tt %ST",
            "::1 [15/Jan/2024:09:57:40.000] 250/-1/-1/-1/1250 503", "time queue_ms duration_ms",
            "2024-01-15T09:57:40.250Z|-|1000");
        row("a quoted date", "haproxy", "%ci [%[date,utime(\"%d/%b/%Y:%H:%M:%S\",0)]] %ST",
            "192.0.2.7 [15/Jan/2024:09:57:40] 200", "time status", "2024-01-15T09:57:40.000Z|200");
        row("named samples", "haproxy", "%ci %(verdict)[var(txn.waf)] %[req.hdr(User-Agent)]",
            "127.0.0.1 pass curl/8", "client_ip verdict user_agent", "127.0.0.1|pass|curl/8");
        row("a preset by its variable", "haproxy", "$HAPROXY_TCP_LOG_FMT %ID %OG",
            "192.0.2.7:5000 [15/Jan/2024:09:57:40.143] db db/db1 0/1/5012 8192 -- 5/5/4/0/0 0/0 "
            "7F0A "
            "sess_killed",
            "client_port server duration_ms request_id log_origin",
            "5000|db1|5012|7F0A|sess_killed");
        row("Envoy: the connection's addresses, ids and attempts", "envoy",
            "[%START_TIME_LOCAL(%Y-%m-%dT%H:%M:%S.%3f%z)%] "
            "\"%REQ(:METHOD)% %PATH(WQ:ORIG)% %PROTOCOL%\" "
            "%RESPONSE_CODE% %RESPONSE_CODE_DETAILS% %UPSTREAM_REMOTE_ADDRESS% "
            "%UPSTREAM_REQUEST_ATTEMPT_COUNT% %DOWNSTREAM_DIRECT_REMOTE_ADDRESS% %TRACE_ID% "
            "%RESPONSE_FLAGS_LONG% %COMMON_DURATION(DS_RX_BEG:US_TX_BEG:us)%",
            "[2024-01-15T09:57:40.143+0000] \"GET /a?b=1 HTTP/2\" 503 "
            "upstream_reset_before_response_started 192.0.2.9:80 2 [2001:db8::7]:5000 "
            "5c1f0b2a UpstreamConnectionFailure 118",
            "time path status response_code_details server retries "
            "client_ip "
            "client_port request_id",
            "2024-01-15T09:57:40.143Z|/a?b=1|503|upstream_reset_before_response_started|"
            "192.0.2.9:80|1|2001:db8::7|5000|5c1f0b2a");
        row("Envoy: the better of two", "envoy",
            "%START_TIME% %EMIT_TIME% %UPSTREAM_HOST% %UPSTREAM_REMOTE_ADDRESS% "
            "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS% %STREAM_ID% "
            "%REQ(X-REQUEST-ID)%",
            "2024-01-15T09:57:40.143Z 2024-01-15T09:57:41.000Z 192.0.2.9:80 192.0.2.10:80 "
            "10.0.0.1:1 192.0.2.7:5000 s1 r1",
            "time server client_ip request_id downstream_direct_remote_address stream_id",
            "2024-01-15T09:57:40.143Z|192.0.2.9:80|192.0.2.7|r1|10.0.0.1:1|s1");
        row("separate parts of the request", "haproxy", "%HM %HP %HQ %HV", "GET /a ?b=1 HTTP/2.0",
            "method path http_version", "GET|/a?b=1|HTTP/2.0");
        row("zoned date without brackets", "haproxy", "%T %ci %{+Q}r %U %si:%sp",
            "15/Jan/2024:09:57:40 +0000 ::1 \"GET /a\"b HTTP/1.1\" +5 127.0.0.1:80",
            "time client_ip path bytes_received server",
            "2024-01-15T09:57:40.000Z|::1|/a\"b|5|127.0.0.1:80");
        row("epoch and milliseconds", "haproxy", "%ci %Ts.%ms %ST %Tr/%[bc.timer.connect]",
            "::1 1705312660.143 -1 -1/4", "time status response_ms connect_ms",
            "2024-01-15T09:57:40.143Z|-|-|4");
        row("CLF", "haproxy", "clf",
            "127.0.0.1 - - [15/Jan/2024:09:57:40 +0000] \"GET /a HTTP/1.1\" 200 5 \"\" \"\" 4000 "
            "143 "
            "\"www~\" \"be\" \"s1\" 0 1 2 3 6 LR-- 1 1 1 1 0 0 0 \"\" \"\" \"a b\" \"c\"",
            "client_port frontend server termination request_headers",
            "4000|www|s1|LR--|\"a b\" \"c\"");
        row("everything as JSON", "haproxy",
            "%{+json}o %(client)ci %(when)tr %(code)ST %(agent)[req.hdr(User-Agent)] "
            "%(x)[var(txn.x)]",
            "{\"client\": \"127.0.0.1\", \"when\": \"15/Jan/2024:09:57:40.143\", \"code\": 200, "
            "\"agent\": \"say \\\"hi\\\"\", \"x\": null}",
            "client_ip time status user_agent x",
            "127.0.0.1|2024-01-15T09:57:40.143Z|200|say \"hi\"|-");
        row("quoted only where asked", "haproxy", "%{+Q}r %{+Q}b %s",
            "\"GET /a HTTP/1.1\" \"be\" s1", "path backend server", "/a|be|s1");
        row("time from the syslog head", "haproxy", "%ci %ST",
            "Jan 15 09:57:40 lb haproxy[1]: 127.0.0.1 200", "time host status",
            "1972-01-15T09:57:40.000Z|lb|200");
        row("quoted pairs", "haproxy", "%{+Q}o client=%ci:%cp t=%tr fe=%ft st=%ST u=%HU",
            "client=\"2001:db8::7\":50712 t=\"15/Jan/2024:09:57:40.143\" fe=\"www~\" st=200 "
            "u=\"/a?b=c\"",
            "client_ip client_port time frontend status path",
            "2001:db8::7|50712|2024-01-15T09:57:40.143Z|www|200|/a?b=c");
        row("nginx: the header's time alone", "nginx",
            "$msec|$remote_addr|$status|$request_time|$upstream_header_time",
            "1705312660.143|192.0.2.7|200|0.012|0.004, 0.011", "time response_ms duration_ms",
            "2024-01-15T09:57:40.143Z|11|12");
        row("nginx: the header's time and the answer's", "nginx",
            "$remote_addr $status $upstream_header_time $upstream_response_time",
            "192.0.2.7 200 0.004 0.011", "response_ms upstream_header_time", "11|0.004");
        row("Envoy: a time told twice", "envoy",
            "[%START_TIME(%Y/%m/%dT%H:%M:%S%z %s)%] %RESPONSE_CODE% %DURATION%",
            "[2024/01/15T09:57:40+0000 1705312660] 200 19", "time status duration_ms",
            "2024-01-15T09:57:40.000Z|200|19");
        row("Squid: ident is not the user", "squid", "%ts.%03tu %>a %[ui %[un %>Hs",
            "1705312660.143 192.0.2.7 - ann 200", "time user status",
            "2024-01-15T09:57:40.143Z|ann|200");
        row("milliseconds apart from their date", "haproxy", "%ci t=%T ms=%ms %ST",
            "192.0.2.7 t=20/Nov/2025:10:02:11 +0000 ms=123 200", "time status",
            "2025-11-20T10:02:11.123Z|200");
        row("the fraction before its date", "apache", "%{msec_frac}t %t %h %>s",
            "123 [20/Nov/2025:10:02:11 +0000] 192.0.2.7 200", "time status",
            "2025-11-20T10:02:11.123Z|200");
        row("the client in a header alone", "nginx", "$http_x_real_ip [$time_iso8601] $status",
            "203.0.113.5 [2025-11-20T10:02:11+00:00] 200", "client_ip status", "203.0.113.5|200");
        row("hops before who connected", "apache", "\"%{X-Forwarded-For}i\" %h %t \"%r\" %>s",
            "\"203.0.113.9, 10.1.1.1\" 192.0.2.7 [20/Nov/2025:10:02:11 +0000] \"GET / HTTP/1.1\" "
            "200",
            "client_ip remote_addr status", "203.0.113.9|192.0.2.7|200");
        row("no hops before who connected", "apache", "\"%{X-Forwarded-For}i\" %h %t \"%r\" %>s",
            "\"-\" 192.0.2.7 [20/Nov/2025:10:02:11 +0000] \"GET / HTTP/1.1\" 200",
            "client_ip status", "192.0.2.7|200");
        row("a path that ends with a quote", "haproxy",
            "{\"t\":\"%Tl\",\"u\":\"%[capture.req.uri,json(utf8s)]\",\"st\":%ST}",
            "{\"t\":\"20/Nov/2025:10:02:11 +0000\",\"u\":\"\\/x?y=\\\"z\\\"\",\"st\":200}",
            "path status", "/x?y=\"z\"|200");
        row("a header beside the client", "nginx",
            "$remote_addr $http_x_real_ip [$time_iso8601] $status",
            "192.0.2.7 203.0.113.5 [2025-11-20T10:02:11+00:00] 200",
            "client_ip http_x_real_ip status", "192.0.2.7|203.0.113.5|200");
        row("attempts of Envoy", "envoy",
            "[%START_TIME%] %RESPONSE_CODE% %UPSTREAM_REQUEST_ATTEMPT_COUNT% %UPSTREAM_HOST%",
            "[2025-11-20T10:02:11.123Z] 200 3 192.0.2.7:80", "status retries server",
            "200|2|192.0.2.7:80");
        row("no attempt of Envoy's", "envoy",
            "[%START_TIME%] %RESPONSE_CODE% %UPSTREAM_REQUEST_ATTEMPT_COUNT% %UPSTREAM_HOST%",
            "[2025-11-20T10:02:11.123Z] 503 0 -", "status retries server", "503|-|-");
        row("Squid's version with its name", "squid", "%>a [%tl] \"%rm %ru HTTP/%rv\" %>Hs",
            "192.0.2.7 [20/Nov/2025:10:02:11 +0000] \"GET http://a.example/x HTTP/1.1\" 200",
            "method path http_version status", "GET|/x|HTTP/1.1|200");
        row("attempts with blanks around", "nginx",
            "$remote_addr $upstream_addr $upstream_response_time $status",
            "127.0.0.1 127.0.0.2:80, 127.0.0.3:80 : unix:/run/x 0.1, 0.2 : 0.250 200",
            "server retries response_ms status", "unix:/run/x|2|250|200");
        row("nothing around the date, the request and the agent", "nginx",
            "$time_local $request $status $upstream_response_time,$request_time $http_user_agent "
            "$pipe",
            "15/Jan/2024:09:57:40 +0000 GET /a b HTTP/1.1 200 0.1, 0.2,0.3 Mozilla/5.0 (X11; "
            "Linux) .",
            "time path status user_agent response_ms duration_ms",
            "2024-01-15T09:57:40.000Z|/a b|200|Mozilla/5.0 (X11; Linux)|200|300");
        row("path and query apart", "nginx", "\"$request_method $uri$is_args$args\" $remote_addr",
            "\"GET /a?b=1\" ::1", "method path", "GET|/a?b=1");
        row("JSON", "nginx",
            "{\"t\":\"$time_iso8601\",\"u\":\"$request_uri\",\"a\":\"$http_user_agent\",\"s\":$"
            "status,\"d\":$request_time}",
            "{\"t\":\"2024-01-15T09:57:40+00:00\",\"u\":\"/a\",\"a\":\"say "
            "\\\"hi\\\"\",\"s\":200,\"d\":1.5}",
            "path user_agent status duration_ms", "/a|say \"hi\"|200|1500");
        row("milliseconds since 1970 beat whole seconds", "nginx",
            "$msec [$time_local] $remote_addr",
            "1705312776.262 [15/Jan/2024:09:59:36 +0000] 127.0.0.1", "time",
            "2024-01-15T09:59:36.262Z");
        row("variables nobody knows", "nginx", "$remote_addr $my_own ${other}ms", "::1 x 5ms",
            "client_ip my_own other", "::1|x|5");
        row("units of %T", "apache", "%h %t \"%m %U%q %H\" %>s %B %{ms}T %{X-Request-Id}i",
            "::1 [14/Feb/2024:09:57:50 -0500] \"GET /a HTTP/1.1\" 200 5 17 r1",
            "method path http_version duration_ms", "GET|/a|HTTP/1.1|17");
        row("a time in parts", "apache",
            "[%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t] %h \"%r\" %>s %{c}a %{BALANCER_NAME}e",
            "[15/Jan/2024 09:57:40.143 +0000] ::1 \"GET /a HTTP/1.1\" 200 ::2 balancer://app",
            "time client_ip status peer_address backend",
            "2024-01-15T09:57:40.143Z|::1|200|::2|app");
        row("JSON written by hand", "apache",
            "{ \"time\": \"%{%FT%T%z}t\", \"req\": {\"ua\": \"%{User-Agent}i\", \"x\": \"%{X}i\"} "
            "}",
            "{ \"time\": \"2024-01-15T09:57:40+0000\", \"req\": {\"ua\": \"a\\\"b\", \"x\": \"y\"} "
            "}",
            "time user_agent req.x", "2024-01-15T09:57:40.000Z|a\"b|y");
        row("milliseconds of %T", "apache", "%h %t \"%r\" %>s %b %{ms}T %{X-Request-Id}i",
            "::1 [14/Feb/2024:09:57:50 -0500] \"GET /a HTTP/1.1\" 200 - 17 r1",
            "path status bytes_sent duration_ms request_id", "/a|200|-|17|r1");
        row("tabs as httpd writes them", "apache", "%h\\t%>s\\t%U", "::1\t200\t/a",
            "client_ip status path", "::1|200|/a");
        row("commands with arguments", "envoy",
            "[%START_TIME(%Y/%m/%dT%H:%M:%S%z)%] %REQ(:METHOD)% "
            "\"%REQ(X-ENVOY-ORIGINAL-PATH?:PATH):40%\" %RESPONSE_CODE% %RESP(X-CACHE)% "
            "%DYNAMIC_METADATA(a:b)% 100%% %UPSTREAM_HOST%\\n",
            "[2024/01/15T09:57:40+0000] GET \"/a\" 200 hit x 100% tcp://192.0.2.1:80",
            "time method path status x-cache a:b server",
            "2024-01-15T09:57:40.000Z|GET|/a|200|hit|x|192.0.2.1:80");
        row("JSON in any order", "envoy",
            "{\"when\": \"%START_TIME%\", \"code\": \"%RESPONSE_CODE%\", \"d\": {\"ms\": "
            "\"%DURATION%\"}, \"x\": \"a %PROTOCOL%\"}",
            "{\"code\":503,\"d\":{\"ms\":12},\"when\":\"2024-01-15T09:57:40.143Z\",\"x\":\"a "
            "HTTP/2\"}",
            "time status duration_ms x", "2024-01-15T09:57:40.143Z|503|12|a HTTP/2");
    }

    void reads() {
        QFETCH(QString, dialect);
        QFETCH(QString, format);
        QFETCH(QString, line);
        QFETCH(QString, columns);
        QFETCH(QString, values);
        Catalogue catalogue;
        const auto added = catalogue.addDialect(dialect.toStdString(), "x", format.toStdString());
        if (columns.isEmpty()) { // not compilable: %U and %q run into each other
            QVERIFY(!added.has_value());
            return;
        }
        QVERIFY2(added.has_value(), added ? "" : describe(added.error()).c_str());
        const auto parser = catalogue.formats().front()->parser();
        Record record;
        const std::string bytes = line.toStdString();
        QVERIFY(parser->parse(bytes, record) == LineVerdict::Record);
        QCOMPARE(QString::fromStdString(shown(record, columns.toStdString())), values);
    }

    void faults_data() {
        QTest::addColumn<QString>("dialect");
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("column");
        QTest::newRow("unknown item") << "haproxy" << "%ci:%cp %xyz%b" << 9;
        QTest::newRow("open flags") << "haproxy" << "%ci %{+Q" << 5;
        QTest::newRow("open sample") << "haproxy" << "%ci %[src" << 5;
        QTest::newRow("fields without a border") << "haproxy" << "%ci %b%s" << 5;
        QTest::newRow("a dollar alone") << "nginx" << "$remote_addr $ x" << 14;
        QTest::newRow("variables without a border") << "nginx" << "$request$status" << 1;
        QTest::newRow("unknown directive") << "apache" << "%h %Z%b" << 4;
        QTest::newRow("no command") << "envoy" << "[%START_TIME%] %REQ(:METHOD)" << 16;
        QTest::newRow("no JSON") << "envoy" << "{\"a\": " << 7;
        QTest::newRow("unknown item of the error log") << "apache-error" << "[%t] %Z %M" << 6;
    }

    void faults() {
        QFETCH(QString, dialect);
        QFETCH(QString, format);
        QFETCH(int, column);
        Catalogue catalogue;
        const auto added = catalogue.addDialect(dialect.toStdString(), "x", format.toStdString());
        QVERIFY(!added.has_value());
        QCOMPARE(added.error().kind, ErrorKind::NotUnderstood);
        QCOMPARE(int(added.error().place.offset), column);
    }

    void whatIsKeptByItsNameOnlyIsSaid() {
        Catalogue catalogue;
        QVERIFY(catalogue.addDialect("haproxy", "x", "%ci:%cp %xyz %ST").has_value());
        const auto remarks = catalogue.formats().front()->remarks();
        QCOMPARE(remarks.size(), std::size_t{1});
        QCOMPARE(int(remarks.front().place.offset), 9);
        const auto parser = catalogue.formats().front()->parser();
        Record record;
        QVERIFY(parser->parse("::1:80 new 200", record) == LineVerdict::Record);
        QCOMPARE(QString::fromStdString(shown(record, "%xyz status")), "new|200");
    }

    void pastedDirectives_data() {
        QTest::addColumn<QString>("dialect");
        QTest::addColumn<QString>("pasted");
        QTest::newRow("nginx") << "nginx"
                               << "log_format main '$remote_addr '\n    '$status';";
        QTest::newRow("nginx escape") << "nginx" << "escape=json '$remote_addr $status'";
        QTest::newRow("haproxy") << "haproxy" << "log-format \"%ci %ST\"";
        QTest::newRow("haproxy error") << "haproxy" << "error-log-format '%ci %ST'";
        QTest::newRow("apache") << "apache" << "LogFormat \"%h %>s\" short";
        QTest::newRow("as it is") << "apache" << "%h %>s";
    }
    void pastedDirectives() {
        QFETCH(QString, dialect);
        QFETCH(QString, pasted);
        Catalogue catalogue;
        const auto added = catalogue.addDialect(dialect.toStdString(), "x", pasted.toStdString());
        QVERIFY2(added.has_value(), added ? "" : describe(added.error()).c_str());
        const auto parser = catalogue.formats().front()->parser();
        Record record;
        QVERIFY(parser->parse("192.0.2.7 503", record) == LineVerdict::Record);
        QCOMPARE(QString::fromStdString(shown(record, "client_ip status")), "192.0.2.7|503");
    }

    void unknownDialectIsWrongUsage() {
        Catalogue catalogue;
        QCOMPARE(catalogue.addDialect("iis", "x", "y").error().kind, ErrorKind::Usage);
    }

    void otherFiles_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("what");
        QTest::newRow("nothing") << QByteArray() << "a.log" << "empty file";
        QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n") << "a.png" << "PNG picture";
        QTest::newRow("noise") << QByteArray("\0\1\2\3\0\0\0\4", 8) << "a.log" << "binary data";
        QTest::newRow("notes") << QByteArray("# Incident\n\nWe looked at it.\n") << "notes.md"
                               << "notes";
        QTest::newRow("users") << QByteArray(
                                      "[{\"id\":\"U1\",\"name\":\"x\",\"real_name\":\"X Y\"}]")
                               << "users.json" << "Slack users";
        QTest::newRow("haproxy") << QByteArray("defaults\n  mode http\nfrontend a\n  bind :80\n")
                                 << "some.txt" << "HAProxy configuration";
        QTest::newRow("caddy") << QByteArray(
                                      ":80 {\n  reverse_proxy a b {\n    lb_policy first\n  }\n}\n")
                               << "Caddyfile.old" << "Caddyfile";
    }

    void otherFiles() {
        QFETCH(QByteArray, text);
        QFETCH(QString, path);
        QFETCH(QString, what);
        const auto catalogue = Catalogue::builtIn();
        const Detection found = catalogue->detect(text.toStdString(), true, path.toStdString());
        QVERIFY(found.format == nullptr);
        QCOMPARE(QString::fromStdString(found.what), what);
    }
};

QTEST_GUILESS_MAIN(TstDialects)
#include "tst_dialects.moc"
