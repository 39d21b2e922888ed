# SPDX-License-Identifier: GPL-3.0-or-later
"""PostgreSQL's own logs, with line prefixes of its configuration, as CSV and as JSON, against the
statements sent."""
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import time

from support import ServerTest, about, between, find_program, main, said

SLOW = "select pg_sleep(0.08), 'slow; \"one\"'"
MANY = "select 1\n  from nowhere\n where x = 'a''b'"
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = '{folder}'
logging_collector = on
log_directory = '{logs}'
log_filename = 'postgresql'
log_file_mode = 0644
log_connections = on
log_disconnections = on
log_min_duration_statement = 50
log_lock_waits = on
timezone = 'UTC'
log_timezone = 'America/New_York'
fsync = off
shared_buffers = 1MB
max_connections = 10
"""


class PostgresqlTest(ServerTest):
    def setUp(self):
        super().setUp()
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.options = {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        self.data = pathlib.Path(tempfile.mkdtemp(prefix="postlude-pg-"))
        self.addCleanup(shutil.rmtree, self.data, True)
        for folder in (self.folder, self.data, self.logs):
            if self.options:
                shutil.chown(folder, self.user)
            folder.chmod(0o700 if folder == self.data else 0o755)
        subprocess.run([find_program("initdb"), "-D", self.data, "-A", "trust", "-U", "owner", "-N", "--no-locale", "-E", "UTF8"],
                       check=True, stdout=subprocess.DEVNULL, cwd="/", **self.options)

    def run_postgres(self, prefix, destination="stderr"):
        self.port = self.free_port()
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write(SETTINGS.format(folder=self.folder, logs=self.logs))
            file.write(f"port = {self.port}\nlog_line_prefix = '{prefix}'\nlog_destination = '{destination}'\n")
        shutil.copy(self.data / "postgresql.conf", self.logs / "postgresql.conf")
        self.start("postgres", "-D", self.data, port=self.port, **self.options)
        for _ in range(100):
            if self.psql("select 1", check=False).returncode == 0:
                break
            time.sleep(0.1)
        self.started = time.time()
        self.psql(SLOW)
        self.psql(MANY, check=False)

    def psql(self, statement, check=True):
        return subprocess.run([find_program("psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "owner", "-d", "postgres", "-X", "-q", "-c",
                               statement], check=check, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              env={"PGAPPNAME": "probe app", "PATH": "/usr/bin:/bin"})

    def check(self, source, *, error_level="error", **common):
        for _ in range(50):
            records = self.read(source, expect=6)
            if any("nowhere" in r.get("message", "") for r in records):
                break
            time.sleep(0.1)
        self.assertTrue(all(r["kind"] in ("message", "server_state") for r in records))
        slow = [r for r in records if r.get("duration_ms") and "pg_sleep" in str(r)]
        self.assertEqual(len(slow), 1, records)
        self.agree(slow[0], duration_ms=between(80, 2000), time=about(self.started), level="info", **common)
        self.assertIn(SLOW, said(slow[0]))
        failed = [r for r in records if 'relation "nowhere" does not exist' in r.get("message", "")]
        self.assertEqual(len(failed), 1, records)
        self.agree(failed[0], level=error_level, time=about(self.started), **common)
        return records, slow[0], failed[0]

    def test_debians_prefix(self):
        self.run_postgres("%m [%p] %q%u@%d ")
        records, _, failed = self.check("postgresql", pid=lambda v: v > 0, fields__user="owner", fields__database="postgres")
        statement = [r for r in records if MANY.split("\n")[0] in said(r) and "STATEMENT" in str(r)]
        self.assertTrue(statement, "the statement over several lines belongs to a record")
        self.assertEqual(failed["time_raw"][-3:] in ("EST", "EDT"), True)

    def test_a_prefix_with_host_and_application(self):
        self.run_postgres("%n %a %r %e [%c] %l: ")
        self.check("postgresql", client_ip="127.0.0.1", client_port=lambda v: v > 0, process="probe app")

    def test_a_prefix_for_pgbadger(self):
        self.run_postgres("%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ")
        self.check("postgresql", pid=lambda v: v > 0, client_ip="127.0.0.1", process="probe app", fields__user="owner", fields__database="postgres")

    def test_csv(self):
        self.run_postgres("%m [%p] ", "csvlog")
        _, _, failed = self.check("postgresql.csv", client_ip="127.0.0.1", fields__user="owner")
        self.assertIn(MANY, said(failed))

    def test_json(self):
        self.run_postgres("%m [%p] ", "jsonlog")
        self.check("postgresql.json", client_ip="127.0.0.1", fields__user="owner")


if __name__ == "__main__":
    main("postgres")
