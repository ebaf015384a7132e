"""HostEndpoint.

Source: projectcalico/libcalico-go dda4a7964ffa ``lib/apis/v3/hostendpoint.go``;
``lib/validator/v3/validator.go`` (validateHostEndpointSpec, validateEndpointPort).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.calico.reading.types import ListOf, Protocol, Record, Whole
from calico_migrate.calico.rules import invalid_host_endpoint
from calico_migrate.calico.validation.checks import (
    HOST_ADDRESS,
    HOST_INTERFACE,
    HOST_NODE,
    HOST_PORT_NAME,
    HOST_PROFILE,
)
from calico_migrate.calico.validation.kind import Kind
from calico_migrate.calico.validation.ports import has_ports

if TYPE_CHECKING:
    from calico_migrate.calico.validation.kind import Subject


def _check_host_endpoint(subject: Subject) -> None:
    spec = subject.spec
    if not spec.get("interfaceName") and not spec.get("expectedIPs"):
        subject.report(
            invalid_host_endpoint.RULE,
            ("spec",),
            "the endpoint has neither an interfaceName nor expectedIPs",
            "add the interface's name, or the addresses it has",
        )
    if not spec.get("node"):
        subject.report(
            invalid_host_endpoint.RULE, ("spec", "node"), "the endpoint names no node", "add 'node'"
        )
    for index, port in enumerate(spec.get("ports") or ()):
        path = ("spec", "ports", index)
        if "name" not in port:
            subject.report(invalid_host_endpoint.RULE, path, "the port has no name")
        if not has_ports(port.get("protocol")):
            subject.report(
                invalid_host_endpoint.RULE,
                (*path, "protocol"),
                "a port needs the protocol TCP, UDP or SCTP",
                "add 'protocol: TCP'",
            )
        if not port.get("port"):
            subject.report(invalid_host_endpoint.RULE, (*path, "port"), "the port has no number from 1 on")


HOST_ENDPOINT = Kind(
    "HostEndpoint",
    Record(
        "HostEndpointSpec",
        {
            "node": HOST_NODE,
            "interfaceName": HOST_INTERFACE,
            "expectedIPs": ListOf(HOST_ADDRESS),
            "profiles": ListOf(HOST_PROFILE),
            "ports": ListOf(
                Record(
                    "EndpointPort", {"name": HOST_PORT_NAME, "protocol": Protocol(), "port": Whole(0, 65535)}
                )
            ),
        },
    ),
    _check_host_endpoint,
)
