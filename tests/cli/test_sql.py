# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import io
import json
import unittest

from support import HAPROXY, TANGO, USAGE, CliTest


class Sql(CliTest):
    def rows(self, *arguments):
        return [json.loads(line) for line in self.run_cli("sql", *arguments, "--json").splitlines()]

    def test_a_row_an_object_and_null_is_absent(self):
        self.write("lb/haproxy.log", HAPROXY)
        self.run_cli("import", "lb", "-o", "c.postlude")
        self.assertEqual(self.rows("c.postlude", "SELECT server, count(*) AS n, NULL AS x FROM records GROUP BY server"),
                         [{"server": "web-01", "n": 3}, {"server": "web-02", "n": 3}])
        self.assertEqual(self.run_cli("sql", "c.postlude", "SELECT path FROM records WHERE status = 503"),
                         b"path\n/static/5.js\n")

    def test_csv_is_read_back_and_holds_no_formula(self):
        self.write("lb/haproxy.log", HAPROXY.replace("/static/0.js", "/a\x1b[31m,b"))
        out = self.run_cli("sql", "lb", "SELECT path, '=1+1' AS f, -2 AS n FROM records LIMIT 1", "--csv").decode()
        self.assertEqual(list(csv.reader(io.StringIO(out))), [["path", "f", "n"], ["/a\x1b[31m,b", "'=1+1", "-2"]])
        plain = self.run_cli("sql", "lb", "SELECT path FROM records LIMIT 1").decode()
        self.assertNotIn("\x1b", plain)

    def test_findings_of_a_sample(self):
        kinds = self.rows(TANGO, "SELECT kind FROM causes WHERE verdict = 'cause' ORDER BY rank LIMIT 1")
        self.assertEqual(kinds, [{"kind": "lb-weights"}])

    def test_keys_are_written_once_and_no_number_is_absent(self):
        self.write("lb/haproxy.log", HAPROXY)
        self.assertEqual(self.run_cli("sql", "lb", "SELECT 1 AS a, 2 AS a, 1e999 AS f", "--json"), b'{"a":1,"a_2":2}\n')
        self.assertEqual(self.run_cli("sql", "lb", "SELECT 1 AS a_2, 2 AS a, 3 AS a", "--json"), b'{"a_2":1,"a":2,"a_3":3}\n')
        self.assertEqual(self.run_cli("sql", "lb", "SELECT 1e999 AS f, 2 AS n", "--csv"), b'"f","n"\n,2\n')
        self.run_cli("sql", "lb", "SELECT * FROM series WHERE bucket_s = 0.0005", status=USAGE)

    def test_faults_point_at_their_place(self):
        self.write("lb/haproxy.log", HAPROXY)
        for query in ("SELECT nope FROM records", "DELETE FROM records", "SELECT 1; SELECT 2", ""):
            with self.subTest(query):
                self.assertEqual(self.run_cli("sql", "lb", query, status=USAGE), b"")
        self.run_cli("sql", "lb", status=USAGE)
        for more in ("SELECT 2", "-- two\nSELECT 2", "nonsense", ";SELECT 2"):
            self.run_cli("sql", "lb", "SELECT 1; " + more, status=USAGE)
        for comment in ("-- one", "/* one */ ;", " ; ;\n-- one"):
            self.assertEqual(self.rows("lb", "SELECT 1 AS a; " + comment), [{"a": 1}])
        self.assertIn(b"records: ", self.run_cli("sql", "lb", "--tables"))


if __name__ == "__main__":
    unittest.main()
