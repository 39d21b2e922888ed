# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests with real servers share: an origin that answers as the path says, requests whose
every detail is known, and the comparison of a record with what was sent. Everything listens on
the loopback range and ends with the test. ctest sets POSTLUDE_CLI."""
import dataclasses
import http.server
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import unittest
from datetime import datetime, timezone

CLI = os.environ.get("POSTLUDE_CLI", "")
SKIPPED = 77  # ctest's word for "the server is not installed"
CLIENT = "127.0.0.77"
AGENT = 'Probe/7 ("quoted", \\back; é)'
REFERRER = "http://start.example/a?b=c&d"


def find_program(name):
    folders = "/usr/sbin:/usr/local/sbin:/usr/local/bin:/usr/bin:/sbin:/bin"
    places = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name, path=":".join([folders, *map(str, places)]))


def main(program):
    """Runs the tests of the calling script; without the server they are skipped, but not in CI."""
    if not find_program(program):
        print(f"{program} is not installed")
        raise SystemExit(1 if os.environ.get("CI") else SKIPPED)
    unittest.main()


class OriginHandler(http.server.BaseHTTPRequestHandler):
    """GET /s503/b1200/d40/anything: status 503 with a body of 1200 bytes after 40 ms."""
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "Origin/1", ""

    def answer(self):
        told = {key: int(number) for key, number in re.findall(r"/([sbd])(\d+)(?=/|$)", self.path.split("?")[0])}
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(told.get("d", 0) / 1000)
        body = b"x" * told.get("b", 10)
        self.send_response(told.get("s", 200))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Origin", "%s:%d" % self.server.server_address)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = answer

    def log_message(self, *_):
        pass


@dataclasses.dataclass
class Exchange:
    """One request as the client saw it."""
    method: str
    path: str
    version: str
    port: int
    status: int
    received: int  # bytes of head and body
    body: int
    sent: int
    started: float
    ended: float

    @property
    def took_ms(self):
        return (self.ended - self.started) * 1000

    @property
    def most_ms(self):
        """What a server may have counted: one that waits for the processor is done long after its client is."""
        return self.took_ms + 500


def between(low, high):
    return lambda value: value is not None and low <= value <= high


def about(when, slack=1.5):
    """A record's time within `slack` seconds of a clock time."""
    def holds(value):
        return value is not None and abs(seconds(value) - when) <= slack
    return holds


def said(record):
    """Every text of a record, one a line."""
    texts = []
    for value in record.values():
        texts += [said(value)] if isinstance(value, dict) else [str(value)]
    return "\n".join(texts)


def seconds(stamp):
    return datetime.fromisoformat(stamp[:19]).replace(tzinfo=timezone.utc).timestamp() + float("0" + stamp[19:-1] if stamp[19:-1] else 0)


class ServerTest(unittest.TestCase):
    """A folder `self.folder` for the server's files, and `self.logs`, the bundle that is read."""
    maxDiff = None

    def setUp(self):
        room = tempfile.TemporaryDirectory(prefix="postlude-servers-")
        self.addCleanup(room.cleanup)
        self.folder = pathlib.Path(room.name)
        self.logs = self.folder / "bundle"
        self.logs.mkdir()

    # -- what listens -------------------------------------------------------------------------
    def free_port(self, address="127.0.0.1"):
        with socket.socket() as probe:
            probe.bind((address, 0))
            return probe.getsockname()[1]

    def origin(self):
        """Starts an origin; gives its port on 127.0.0.1."""
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), OriginHandler)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server.server_address[1]

    def syslog(self, name):
        """Receives datagrams into the log `name`, one a line; gives the port on 127.0.0.1."""
        inbox = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        inbox.bind(("127.0.0.1", 0))
        file = open(self.logs / name, "ab", buffering=0)

        def receive():
            while datagram := inbox.recv(65536):
                file.write(datagram.rstrip(b"\n") + b"\n")

        listener = threading.Thread(target=receive, daemon=True)
        listener.start()

        def end():
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
                last.sendto(b"", inbox.getsockname())
            listener.join(5)
            inbox.close()
            file.close()

        self.addCleanup(end)
        return inbox.getsockname()[1]

    def start(self, *arguments, port=None, **options):
        """Starts a server in the foreground, and waits for its port. What it prints goes to
        `printed` in the folder."""
        printed = self.folder / "printed"
        output = options.pop("output", None) or open(printed, "wb")
        self.addCleanup(output.close)
        child = subprocess.Popen([find_program(arguments[0]), *map(str, arguments[1:])], cwd=self.folder, stdin=subprocess.DEVNULL,
                                 stdout=output, stderr=subprocess.STDOUT, **options)
        self.addCleanup(self.stop, child)
        for _ in range(200):
            self.assertIsNone(child.poll(), f"{arguments[0]} ended at once: {printed.read_text() if printed.exists() else ''}")
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return child
            except OSError:
                time.sleep(0.05)
        return self.fail(f"{arguments[0]} does not listen")

    def stop(self, child):
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    # -- what is sent -------------------------------------------------------------------------
    def send(self, port, path, method="GET", version="HTTP/1.1", body=b"", headers=(), raw=None):
        """Sends one request on a connection of its own and reads the whole answer."""
        head = "".join(f"{name}: {value}\r\n" for name, value in [
            ("Host", "shop.example"), ("User-Agent", AGENT), ("Referer", REFERRER), *headers,
            *([("Content-Length", len(body))] if body else []), ("Connection", "close")])
        request = raw if raw is not None else f"{method} {path} {version}\r\n{head}\r\n".encode() + body
        with socket.socket() as wire:
            wire.settimeout(20)
            wire.bind((CLIENT, 0))
            wire.connect(("127.0.0.1", port))
            own = wire.getsockname()[1]
            started = time.time()
            wire.sendall(request)
            answer = b""
            while part := self.receive(wire):
                answer += part
            ended = time.time()
        head, _, content = answer.partition(b"\r\n\r\n")
        status = re.match(rb"HTTP/\S+ (\d+)", head)
        return Exchange(method, path, version, own, int(status[1]) if status else 0, len(answer), len(content),
                        len(request), started, ended)

    @staticmethod
    def receive(wire):
        try:
            return wire.recv(65536)
        except ConnectionResetError:
            return b""

    # -- what is read -------------------------------------------------------------------------
    def read(self, source, *options, expect=1):
        """The records of one source of the bundle, once at least `expect` of its lines are there."""
        file = self.logs / source
        for _ in range(100):
            if file.exists() and file.read_bytes().count(b"\n") >= expect:
                break
            time.sleep(0.05)
        out = subprocess.run([CLI, "records", self.logs, "--source", source, "--as-read", "--json", *options],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=250)
        self.assertEqual(out.returncode, 0, out.stderr.decode() + file.read_text(errors="replace"))
        records = [json.loads(line) for line in out.stdout.splitlines()]
        self.assertEqual([r for r in records if "issue" in r], [], "every line is read")
        return records

    def agree(self, record, **expected):
        """Every key as expected: a value, a test of it, or None for a key that must be absent."""
        wrong = {}
        for key, value in expected.items():
            held = record
            for part in key.split("__"):
                held = held.get(part) if isinstance(held, dict) else None
            if not (value(held) if callable(value) else held == value):
                wrong[key] = (held, "does not hold" if callable(value) else value)
        self.assertEqual(wrong, {}, json.dumps(record, indent=1))
