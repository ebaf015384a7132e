"""Single requests to one cluster: never sent twice, never redirected, and only those writes that there are.

urllib3 would send a PUT four times and follow redirects; both are switched off. Whatever is no GET or HEAD
must be one of `_WRITES`: a whole app, pod, job or pool, a package's new options, or taking back a deployment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    InsecureRequestWarning,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from calico_core.errors import VerificationError
from calico_core.legible import legible
from calico_migrate._version import __version__
from calico_migrate.cluster.connection import cosmos
from calico_migrate.cluster.connection.answers import Answer, Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.connection.access import Access

_APP = r"/service/[-a-z0-9./]+/v2/apps/[-a-z0-9./]+"
_POD = r"/service/[-a-z0-9./]+/v2/pods/[-a-z0-9./]+"
_JOB = r"/service/metronome/v1/jobs/[-a-z0-9.]+"
_POOL = r"/service/edgelb/v2/pools/[-a-z0-9.]+"
_DEPLOYMENT = r"/service/[-a-z0-9./]+/v2/deployments/[-A-Za-z0-9]+"
_AGENT = re.compile(r"/agent/[-A-Za-z0-9.]+/api/v1", re.ASCII)
_WRITES = {
    "PATCH": re.compile(_APP, re.ASCII),
    "PUT": re.compile(f"{_POD}|{_JOB}|{_POOL}", re.ASCII),
    "POST": re.compile(re.escape(cosmos.UPDATE)),
    "DELETE": re.compile(_DEPLOYMENT, re.ASCII),
}
# The one path that Admin Router serves without a token (includes/server/common.conf:23).
_OPEN = "/dcos-metadata/"
_LONGEST_CONNECT = 15.0
_SHORTEST = 0.001


class Client:
    """Sends requests to the cluster of an `Access`; ``timeout`` is the seconds without a byte."""

    def __init__(self, access: Access, timeout: float) -> None:
        self._access = access
        self._token = access.token.text
        timeout = max(timeout, _SHORTEST)
        self._timeout = urllib3.Timeout(connect=min(timeout, _LONGEST_CONNECT), read=timeout)
        self._pool = _pool(access)

    def get(self, path: str, accept: str = "application/json") -> Answer:
        """Sends a GET to a path below the cluster's URL."""
        return self._send("GET", path, None, {"Accept": accept})

    def ask(self, path: str, body: bytes) -> Answer:
        """Sends a question to the package manager, which takes nothing but POSTs."""
        if path not in cosmos.QUESTIONS:
            raise VerificationError(f"POST {path} is no question that this tool has")
        return self._send("POST", path, body, cosmos.headers(path))

    def write(self, method: str, path: str, body: bytes | None) -> Answer:
        """Sends one of the requests that write, once, over a connection of its own."""
        pattern = _WRITES.get(method)
        if pattern is None or pattern.fullmatch(path) is None:
            raise VerificationError(f"{method} {path} is no request that this tool has")
        # A kept connection may have been closed at the other end: then nobody knows what arrived.
        self._pool.clear()
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if path == cosmos.UPDATE:
            headers = cosmos.headers(path)
        if body is None:
            del headers["Content-Type"]
        return self._send(method, path, body, headers)

    def session(self, path: str, body: bytes) -> Answer:
        """Starts a session in a container, once; the answer is all that it says until it ends."""
        if _AGENT.fullmatch(path) is None:
            raise VerificationError(f"POST {path} is no request that this tool has")
        self._pool.clear()
        accept = {"Accept": "application/recordio", "Message-Accept": "application/json"}
        return self._send("POST", path, body, {**accept, "Content-Type": "application/json"})

    def renew_token(self) -> bool:
        """Reads the token's source again; answers whether it has another token now."""
        before = self._token
        self._token = self._access.token.read_again()
        return self._token != before

    def _send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        sent = {"User-Agent": f"calico-migrate/{__version__}", **headers}
        if not path.startswith(_OPEN):
            sent["Authorization"] = f"token={self._token}"
        try:
            response = self._pool.request(
                method,
                self._access.url + path,
                body=body,
                headers=sent,
                retries=False,
                redirect=False,
                timeout=self._timeout,
            )
        except HTTPError as error:
            return _unanswered(path, error)
        except (OSError, ValueError) as error:
            return Answer(path, None, {}, b"", Failure.RESET, legible(str(error), 200))
        answered = {name.lower(): value for name, value in response.headers.items()}
        answer = Answer(path, response.status, answered, response.data)
        if answer.is_redirect:
            place = legible(answered.get("location", "elsewhere"), 120)
            why = f"HTTP {response.status} to {place}, which is not followed"
            return answer._replace(failure=Failure.REDIRECT, why=why)
        return answer


def _unanswered(path: str, error: HTTPError) -> Answer:
    if isinstance(error, SSLError):
        return Answer(path, None, {}, b"", Failure.RESET, f"TLS: {legible(str(error), 200)}")
    if isinstance(error, ProxyError):
        return Answer(path, None, {}, b"", Failure.RESET, f"the proxy: {legible(str(error), 200)}")
    if isinstance(error, ReadTimeoutError):
        return Answer(path, None, {}, b"", Failure.TIMEOUT, "no answer within the time limit")
    if isinstance(error, ConnectTimeoutError) and not isinstance(error, NewConnectionError):
        return Answer(path, None, {}, b"", Failure.TIMEOUT, "no connection within the time limit")
    if isinstance(error, NewConnectionError):
        reason = str(error).rpartition(": ")[2]
        return Answer(path, None, {}, b"", Failure.RESET, legible(f"no connection: {reason}", 200))
    if isinstance(error, ProtocolError):
        return Answer(path, None, {}, b"", Failure.RESET, "the connection ended before the whole answer")
    return Answer(path, None, {}, b"", Failure.RESET, legible(str(error), 200))


def _pool(access: Access) -> urllib3.PoolManager:
    options: dict[str, Any] = {"maxsize": 1}
    if access.insecure:
        # It was said once already, in words of our own, and not with each request.
        urllib3.disable_warnings(InsecureRequestWarning)
    if access.tls is not None:
        options["ssl_context"] = access.tls
    if access.proxy is not None:
        return urllib3.ProxyManager(access.proxy, **options)
    return urllib3.PoolManager(**options)
