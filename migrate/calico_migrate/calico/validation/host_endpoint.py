"""HostEndpoint.

Source: projectcalico/libcalico-go dda4a7964ffa ``lib/apis/v3/hostendpoint.go``;
``lib/validator/v3/validator.go`` (validateHostEndpointSpec, validateEndpointPort).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.calico.go_net import parse_ip
from calico_migrate.calico.kubernetes import port_name_problem
from calico_migrate.calico.reading.types import ListOf, Protocol, Record, Whole
from calico_migrate.calico.rules import invalid_host_endpoint
from calico_migrate.calico.validation.checks import checked, interface_problem, name_problem
from calico_migrate.calico.validation.kind import Kind
from calico_migrate.calico.validation.ports import has_ports

if TYPE_CHECKING:
    from calico_migrate.calico.validation.kind import Subject

_RULE = invalid_host_endpoint.RULE


def _address_problem(text: str) -> str:
    return "" if parse_ip(text) is not None else f"'{text[:60]}' is no IP address"


def _port_name_problem(text: str) -> str:
    if not text:
        return "the port has no name"
    problem = port_name_problem(text)
    return f"'{text[:40]}' is no name of a port: {problem}" if problem else ""


def _check_host_endpoint(subject: Subject) -> None:
    spec = subject.spec
    if not spec.get("interfaceName") and not spec.get("expectedIPs"):
        subject.report(
            _RULE,
            ("spec",),
            "the endpoint has neither an interfaceName nor expectedIPs",
            "add the interface's name, or the addresses it has",
        )
    if not spec.get("node"):
        subject.report(_RULE, ("spec", "node"), "the endpoint names no node", "add 'node'")
    for index, port in enumerate(spec.get("ports") or ()):
        path = ("spec", "ports", index)
        if "name" not in port:
            subject.report(_RULE, path, "the port has no name")
        if not has_ports(port.get("protocol")):
            subject.report(
                _RULE,
                (*path, "protocol"),
                "a port needs the protocol TCP, UDP or SCTP",
                "add 'protocol: TCP'",
            )
        if not port.get("port"):
            subject.report(_RULE, (*path, "port"), "the port has no number from 1 on")


_ADDRESS = checked(_RULE, _address_problem, optional=False)
_INTERFACE = checked(_RULE, interface_problem)
_NODE = checked(_RULE, name_problem)
_PROFILE = checked(_RULE, name_problem, optional=False)
_PORT_NAME = checked(_RULE, _port_name_problem, optional=False)

HOST_ENDPOINT = Kind(
    "HostEndpoint",
    Record(
        "HostEndpointSpec",
        {
            "node": _NODE,
            "interfaceName": _INTERFACE,
            "expectedIPs": ListOf(_ADDRESS),
            "profiles": ListOf(_PROFILE),
            "ports": ListOf(
                Record("EndpointPort", {"name": _PORT_NAME, "protocol": Protocol(), "port": Whole(0, 65535)})
            ),
        },
    ),
    _check_host_endpoint,
)
