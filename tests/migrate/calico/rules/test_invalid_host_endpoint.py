from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "invalid-host-endpoint"


@pytest.mark.parametrize(
    "text",
    [
        document("HostEndpoint", "▸{}"),
        document("HostEndpoint", "▸{node: a}"),
        document("HostEndpoint", "▸{interfaceName: eth0}"),
        document("HostEndpoint", "{node: ▸A, interfaceName: eth0}"),
        document("HostEndpoint", "{node: a, interfaceName: ▸eth 0}"),
        document("HostEndpoint", "{node: a, interfaceName: ▸eeeeeeeeeeeeeeee}"),
        document("HostEndpoint", "{node: a, expectedIPs: [▸10.0.0.0/8]}"),
        document("HostEndpoint", "{node: a, interfaceName: eth0, profiles: [▸.fun]}"),
        document("HostEndpoint", "{node: a, interfaceName: eth0, ports: [▸{protocol: TCP, port: 1}]}"),
        document("HostEndpoint", "{node: a, interfaceName: eth0, ports: [▸{name: a, port: 1}]}"),
        document(
            "HostEndpoint", "{node: a, interfaceName: eth0, ports: [{name: a, protocol: ▸ICMP, port: 1}]}"
        ),
        document("HostEndpoint", "{node: a, interfaceName: eth0, ports: [▸{name: a, protocol: TCP}]}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("HostEndpoint", "{node: a, interfaceName: '*'}"),
        document("HostEndpoint", "{node: a, expectedIPs: [10.0.0.1, 'fd00::1']}"),
        document("HostEndpoint", "{node: a, interfaceName: eth0, profiles: [knp.default.a]}"),
        document(
            "HostEndpoint", "{node: a, interfaceName: e, ports: [{name: web, protocol: 17, port: 65535}]}"
        ),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
