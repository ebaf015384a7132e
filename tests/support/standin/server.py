"""Admin Router and the loopback server: the token, prefixes, the faults on the way, and a record of requests."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from tests.support.standin import answers, cosmos, edgelb, faults, mesos, schedulers
from tests.support.standin.faults import Answered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.standin.cluster import Cluster
    from tests.support.standin.faults import Fault

TOKEN = "good-token"


class Request(NamedTuple):
    """A request that came: ``authorization`` is the header as it was, empty for none."""

    method: str
    path: str
    authorization: str
    body: bytes
    at: float


class StandIn:
    """A cluster that is being served: where, what is to go wrong, and what was asked."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.faults: list[Fault] = []
        self.requests: list[Request] = []
        self.tokens = {TOKEN}
        self.url = ""

    def writes(self) -> list[Request]:
        """The requests that write: what is no GET or HEAD, and no question to Cosmos."""
        return [
            each
            for each in self.requests
            if each.method not in ("GET", "HEAD") and each.path not in cosmos.QUESTIONS
        ]

    def count(self, method: str, part: str) -> int:
        """How many requests with this method had this in their path."""
        return sum(each.method == method and part in each.path for each in self.requests)

    def answer(self, method: str, target: str, headers: dict[str, str], body: bytes) -> Answered:
        """What Admin Router answers."""
        authorization = headers.get("authorization", "")
        parts = urlsplit(target)
        path = parts.path
        query = dict(parse_qsl(parts.query))
        if not path.startswith("/dcos-metadata/"):
            scheme, _, token = authorization.replace("Bearer ", "token=").partition("=")
            if scheme != "token" or token not in self.tokens:
                return faults.UNAUTHORISED
        cluster = self.cluster
        cluster.advance()
        if path.startswith("/service/marathon/"):
            below = path.removeprefix("/service/marathon").replace("//", "/")
            return answers.marathon(cluster, method, below, query, body)
        for name, other in cluster.marathons.items():
            if path.startswith(f"/service/{name}/"):
                return answers.marathon(other, method, path.removeprefix(f"/service/{name}"), query, body)
        if path.startswith("/service/metronome/v1/jobs") and cluster.jobs:
            return answers.metronome(cluster, method, path.removeprefix("/service/metronome/v1/jobs"), body)
        if path.startswith("/service/edgelb/") and cluster.pools:
            return edgelb.answer(cluster, method, path.removeprefix("/service/edgelb"), body)
        for name, scheduler in cluster.schedulers.items():
            if path.startswith(f"/service/{name}/"):
                return schedulers.answer(cluster, scheduler, path.removeprefix(f"/service/{name}"))
        if path.startswith("/service/"):
            return Answered(404, {"Content-Type": "text/plain"}, b"404 Not Found: service not found.\n")
        if method == "POST" and path.startswith(("/agent/", "/slave/")):
            cluster.sessions.append(json.loads(body)["launch_nested_container_session"])
            return Answered(200, {"Content-Type": "application/recordio"}, cluster.session_output)
        if method == "POST":
            given = cosmos.answer(cluster, path, headers, body)
            if given is not None:
                return given
        if path == "/capabilities":
            return cosmos.capabilities(headers)
        if path == "/metadata":
            known = {"CLUSTER_ID": cluster.id} if cluster.id is not None else {}
            return answers.answer(200, {"PUBLIC_IPV4": "127.0.0.1", **known})
        if path == "/dcos-metadata/dcos-version.json":
            return answers.answer(200, {"version": "2.2.0", "dcos-variant": "open", "dcos-image-commit": "0"})
        if path in ("/mesos/state", "/mesos/master/state", "/mesos/state.json", "/mesos/master/state.json"):
            return answers.answer(200, mesos.state(cluster))
        if path == "/mesos/master/state-summary":
            return answers.answer(200, {"cluster": cluster.name, "frameworks": [], "slaves": []})
        if path.startswith("/system/health/v1/units/") and path.endswith("/nodes"):
            nodes = [
                {"host_ip": "10.0.0.1", "health": 0, "role": "master"},
                {"host_ip": "10.0.0.2", "health": cluster.unit_health, "role": "agent"},
            ]
            return answers.answer(200, {"nodes": nodes})
        if path == "/system/health/v1/nodes":
            return answers.answer(200, {"nodes": [{"host_ip": "10.0.0.1", "health": 0, "role": "master"}]})
        if path == "/mesos_dns/v1/hosts/master.mesos":
            return answers.answer(200, [{"host": "master.mesos.", "ip": "10.0.0.1"}])
        return Answered(404, {"Content-Type": "text/html"}, b"<html>404</html>")


@contextlib.contextmanager
def serving(cluster: Cluster) -> Iterator[StandIn]:
    """Serves a cluster on a free port of loopback."""
    stand_in = StandIn(cluster)

    class Handler(_Handler):
        served = stand_in

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    served: StandIn
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def log_message(self, *_: object) -> None:
        pass

    def _any(self) -> None:
        stand_in = self.served
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else b""
        authorization = self.headers.get("Authorization", "")
        with stand_in.cluster.lock:
            stand_in.requests.append(Request(self.command, self.path, authorization, body, time.monotonic()))
            fault = next((each for each in stand_in.faults if each.meets(self.command, self.path)), None)
            if fault is not None and fault.action is not None:
                fault.action(stand_in.cluster)
            kind = fault.kind if fault is not None else ""
            if kind == "reset-before":
                self._end()
                return
            if kind == "502-before":
                answered = faults.NO_LEADER
            elif kind == "answer":
                assert fault is not None
                assert fault.answered is not None
                answered = fault.answered
            else:
                answered = stand_in.answer(
                    self.command,
                    self.path,
                    {name.lower(): value for name, value in self.headers.items()},
                    body,
                )
        if fault is not None and fault.seconds:
            time.sleep(fault.seconds)
        if kind == "reset-after":
            self._end()
            return
        if kind == "504-after":
            answered = faults.GATEWAY_TIMEOUT
        elif kind == "malformed":
            answered = answered._replace(body=answered.body[: len(answered.body) // 2])
        elif kind == "html":
            answered = faults.HTML
        self._give(answered, cut=kind == "cut")

    do_GET = do_HEAD = do_PUT = do_PATCH = do_POST = do_DELETE = _any  # noqa: N815

    def _end(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _give(self, answered: Answered, *, cut: bool = False) -> None:
        """Headers and body in one write: two small ones would wait for each other's acknowledgement."""
        head = [f"HTTP/1.1 {answered.status} .", f"Content-Length: {len(answered.body)}"]
        head += [f"{name}: {value}" for name, value in answered.headers.items()]
        if self.path.startswith(("/mesos/", "/agent/")):
            head.append("Connection: close")
            self.close_connection = True
        body = b"" if self.command == "HEAD" else answered.body
        data = "\r\n".join([*head, "", ""]).encode() + (body[: len(body) // 2] if cut else body)
        with contextlib.suppress(OSError):
            self.wfile.write(data)
        if cut:
            self._end()


def as_json(request: Request) -> object:
    """The body of a request, parsed."""
    return json.loads(request.body)
