"""A stand-in for the Calico plugin of DC/OS: network and address driver of Docker's plugin protocol.

Usage: plugin.py SOCKETS STORE CONTROL

It answers as mesosphere/libnetwork-plugin v1.1.3-2-d2iq does: a network is of global scope, its subnet must
be a pool's CIDR, the only option is the profile, creating a network writes two annotations into the pool, and
removing it takes them away. Endpoints are workload endpoints in the store. ``CONTROL/hang`` holds how many
seconds a request for a pool takes; ``CONTROL/silent`` holds how many every capability request takes.
"""

from __future__ import annotations

import http.server
import ipaddress
import json
import os
import socketserver
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, ClassVar

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.real.stand_ins.store import Store

SOCKETS, STORE, CONTROL = sys.argv[1:4]
PREFIX = "org.projectcalico.label."
KNOWN_OPTIONS = {"com.docker.network.enable_ipv6", "org.projectcalico.profile"}
NO_POOL = "The requested subnet must match the CIDR of a configured Calico IP Pool."

store = Store(STORE)
addresses: dict[str, str] = {}
networks: dict[str, str] = {}


class RefusedError(Exception):
    """What the plugin answers instead of doing it."""


def delay(name: str) -> None:
    try:
        with open(os.path.join(CONTROL, name)) as file:
            time.sleep(float(file.read()))
    except FileNotFoundError:
        pass


def capabilities(_: dict[str, Any]) -> dict[str, Any]:
    delay("silent")
    return {"Scope": "global", "ConnectivityScope": ""}


def request_pool(request: dict[str, Any]) -> dict[str, Any]:
    delay("hang")
    if request.get("SubPool"):
        raise RefusedError("Calico IPAM does not support sub pool configuration on 'docker create network'.")
    if request.get("Options"):
        raise RefusedError("Arbitrary options are not supported")
    wanted = request.get("Pool")
    if not wanted:
        return {
            "PoolID": "CalicoPoolIPv4",
            "Pool": "0.0.0.0/0",
            "Data": {"com.docker.network.gateway": "0.0.0.0/0"},
        }
    network = ipaddress.ip_network(wanted, strict=False)
    with store.transaction():
        for pool in store.all("IPPool"):
            if ipaddress.ip_network(pool["spec"]["cidr"]) == network:
                data = {"com.docker.network.gateway": "0.0.0.0/0"}
                return {"PoolID": pool["metadata"]["name"], "Pool": str(network), "Data": data}
    raise RefusedError(NO_POOL)


def request_address(request: dict[str, Any]) -> dict[str, Any]:
    if (request.get("Options") or {}).get("RequestAddressType") == "com.docker.network.gateway":
        raise RefusedError("Calico IPAM does not support specifying a gateway.")
    with store.transaction():
        pool = store.read("IPPool", request["PoolID"])
        taken = {net for wep in store.all("WorkloadEndpoint") for net in wep["spec"]["ipNetworks"]}
    if pool is None or pool["spec"].get("disabled"):
        raise RefusedError("No addresses available")
    for host in ipaddress.ip_network(pool["spec"]["cidr"]).hosts():
        if f"{host}/32" not in taken:
            return {"Address": f"{host}/32"}
    raise RefusedError("No addresses available")


def create_network(request: dict[str, Any]) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for key, value in (request.get("Options") or {}).items():
        options.update(value if key == "com.docker.network.generic" else {key: value})
    if unknown := sorted(set(options) - KNOWN_OPTIONS):
        raise RefusedError(
            "Could not parse options: " + ", ".join(f"Unknown option '{key}'" for key in unknown)
        )
    for data in request.get("IPv4Data") or []:
        if data.get("Gateway") != "0.0.0.0/0":
            raise RefusedError("Non-Calico IPAM driver is used. Note: Docker before 1.12.3 is unsupported")
        with store.transaction():
            for pool in store.all("IPPool"):
                if pool["spec"]["cidr"] == data["Pool"]:
                    annotations = pool["metadata"].setdefault("annotations", {})
                    annotations[PREFIX + "network.ID"] = request["NetworkID"]
                    annotations[PREFIX + "profile"] = options.get("org.projectcalico.profile", "")
                    store.write(pool)
    return {}


def delete_network(request: dict[str, Any]) -> dict[str, Any]:
    with store.transaction():
        for pool in store.all("IPPool"):
            annotations = pool["metadata"].get("annotations", {})
            if annotations.get(PREFIX + "network.ID") == request["NetworkID"]:
                pool["metadata"]["annotations"] = {
                    key: value for key, value in annotations.items() if not key.startswith(PREFIX)
                }
                store.write(pool)
    return {}


def create_endpoint(request: dict[str, Any]) -> dict[str, Any]:
    endpoint, address = request["EndpointID"], request["Interface"]["Address"]
    with store.transaction():
        for pool in store.all("IPPool"):
            annotations = pool["metadata"].get("annotations", {})
            if annotations.get(PREFIX + "network.ID") == request["NetworkID"]:
                profile = annotations.get(PREFIX + "profile") or pool["metadata"]["name"]
                break
        else:
            raise RefusedError(NO_POOL)
        addresses[endpoint] = address.split("/")[0]
        store.write(
            {
                "apiVersion": "projectcalico.org/v3",
                "kind": "WorkloadEndpoint",
                "metadata": {"name": f"agent-libnetwork-libnetwork-{endpoint[:16]}", "namespace": "default"},
                "spec": {"ipNetworks": [addresses[endpoint] + "/32"], "profiles": [profile]},
            }
        )
    return {"Interface": {}}


def delete_endpoint(request: dict[str, Any]) -> dict[str, Any]:
    name = f"agent-libnetwork-libnetwork-{request['EndpointID'][:16]}"
    with store.transaction():
        if store.read("WorkloadEndpoint", name) is not None:
            store.delete("WorkloadEndpoint", name)
    return {}


def ip(*arguments: str) -> None:
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RefusedError(f"ip {' '.join(arguments)}: {done.stderr.strip()}")


def join(request: dict[str, Any]) -> dict[str, Any]:
    host, inside = "cali" + request["EndpointID"][:11], "temp" + request["EndpointID"][:11]
    ip("link", "add", host, "type", "veth", "peer", "name", inside)
    ip("link", "set", host, "up")
    return {
        "InterfaceName": {"SrcName": inside, "DstPrefix": "cali"},
        "Gateway": "169.254.1.1",
        "StaticRoutes": [{"Destination": "169.254.1.1/32", "RouteType": 1, "NextHop": ""}],
    }


def leave(request: dict[str, Any]) -> dict[str, Any]:
    subprocess.run(
        ["ip", "link", "del", "cali" + request["EndpointID"][:11]], capture_output=True, check=False
    )
    return {}


def nothing(_: dict[str, Any]) -> dict[str, Any]:
    return {}


NETWORK = {
    "/Plugin.Activate": lambda _: {"Implements": ["NetworkDriver"]},
    "/NetworkDriver.GetCapabilities": capabilities,
    "/NetworkDriver.CreateNetwork": create_network,
    "/NetworkDriver.DeleteNetwork": delete_network,
    "/NetworkDriver.CreateEndpoint": create_endpoint,
    "/NetworkDriver.DeleteEndpoint": delete_endpoint,
    "/NetworkDriver.EndpointOperInfo": lambda _: {"Value": {}},
    "/NetworkDriver.Join": join,
    "/NetworkDriver.Leave": leave,
    "/NetworkDriver.DiscoverNew": nothing,
    "/NetworkDriver.DiscoverDelete": nothing,
}
ADDRESSES = {
    "/Plugin.Activate": lambda _: {"Implements": ["IpamDriver"]},
    "/IpamDriver.GetCapabilities": lambda _: {"RequiresMACAddress": False, "RequiresRequestReplay": False},
    "/IpamDriver.GetDefaultAddressSpaces": lambda _: {
        "LocalDefaultAddressSpace": "CalicoLocalAddressSpace",
        "GlobalDefaultAddressSpace": "CalicoGlobalAddressSpace",
    },
    "/IpamDriver.RequestPool": request_pool,
    "/IpamDriver.ReleasePool": nothing,
    "/IpamDriver.RequestAddress": request_address,
    "/IpamDriver.ReleaseAddress": nothing,
}


class Handler(http.server.BaseHTTPRequestHandler):
    """HTTP over a unix socket, with bodies of known length or in chunks."""

    protocol_version = "HTTP/1.1"
    table: ClassVar[dict[str, Any]] = {}

    def body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def do_POST(self) -> None:
        raw = self.body()
        answer: dict[str, Any]
        try:
            code, answer = 200, self.table[self.path](json.loads(raw) if raw.strip() else {})
        except KeyError as error:
            code, answer = 404, {"Err": f"no such method: {error}"}
        except RefusedError as error:
            code, answer = 500, {"Err": str(error)}
        print(self.path, code, raw.decode(), json.dumps(answer), file=sys.stderr, flush=True)
        payload = json.dumps(answer, separators=(",", ":")).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/vnd.docker.plugins.v1.1+json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def address_string(self) -> str:
        return "unix"

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 (the base class's name)
        pass


class NetworkHandler(Handler):
    table = NETWORK


class AddressHandler(Handler):
    table = ADDRESSES


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


def main() -> None:
    os.makedirs(SOCKETS, exist_ok=True)
    for name, handler in (("calico", NetworkHandler), ("calico-ipam", AddressHandler)):
        path = os.path.join(SOCKETS, name + ".sock")
        if os.path.exists(path):
            os.unlink(path)
        threading.Thread(target=Server(path, handler).serve_forever, daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
