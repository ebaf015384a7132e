from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "invalid-felix-setting"


@pytest.mark.parametrize(
    "text",
    [
        document("FelixConfiguration", "{defaultEndpointToHostAction: ▸drop}"),
        document("FelixConfiguration", "{iptablesFilterAllowAction: ▸Drop}"),
        document("FelixConfiguration", "{logSeverityScreen: ▸Critical}"),
        document("FelixConfiguration", "{iptablesBackend: ▸nft}"),
        document("FelixConfiguration", "{bpfLogLevel: ▸debug}"),
        document("FelixConfiguration", "{bpfExternalServiceMode: ▸dsr}"),
        document("FelixConfiguration", "{bpfDataIfacePattern: ▸'*'}"),
        document("FelixConfiguration", "{routeSource: ▸'('}"),
        document("FelixConfiguration", "{natOutgoingAddress: ▸1.2.3.4/32}"),
        document("FelixConfiguration", "{deviceRouteSourceAddress: ▸'fd00::1'}"),
        document("FelixConfiguration", "{externalNodesList: [▸x]}"),
        document("FelixConfiguration", "{externalNodesList: [▸'fd00::1']}"),
        document("FelixConfiguration", "{openstackRegion: ▸FOO}"),
        document("FelixConfiguration", "{openstackRegion: ▸aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}"),
        document("FelixConfiguration", "{kubeNodePortRanges: [▸web]}"),
        document("FelixConfiguration", "{kubeNodePortRanges: ▸[1,2,3,4,5,6,7,8]}"),
        document("FelixConfiguration", "{prometheusMetricsHost: ▸a b}"),
        document("FelixConfiguration", "{iptablesNATOutgoingInterfaceFilter: ▸a@b}"),
        document("FelixConfiguration", "{wireguardInterfaceName: ▸wg&0}"),
        document("FelixConfiguration", "{wireguardListeningPort: ▸0}"),
        document("FelixConfiguration", "{wireguardListeningPort: ▸65536}"),
        document("FelixConfiguration", "{wireguardRoutingRulePriority: ▸32766}"),
        document("FelixConfiguration", "{routeTableRange: ▸{min: 1}}"),
        document("FelixConfiguration", "{routeTableRange: ▸{min: 1, max: 251}}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("FelixConfiguration", "{}"),
        document(
            "FelixConfiguration",
            "{defaultEndpointToHostAction: Return, logSeveritySys: Fatal, iptablesBackend: NFT}",
        ),
        document("FelixConfiguration", "{externalNodesList: [10.0.0.1, 10.0.0.1/8]}"),
        document("FelixConfiguration", "{openstackRegion: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}"),
        document("FelixConfiguration", "{kubeNodePortRanges: [1, '2:3'], natPortRange: '1:2'}"),
        document("FelixConfiguration", "{routeTableRange: {min: 1, max: 250}, wireguardListeningPort: 1}"),
        document(
            "FelixConfiguration", "{bpfDataIfacePattern: ^(en.*|eth.*|tunl0$), routeSource: WorkloadIPs}"
        ),
        document("FelixConfiguration", "{failsafeInboundHostPorts: [{protocol: x, port: 0}]}"),
        document("FelixConfiguration", "{logFilePath: none, healthHost: localhost, bpfLogLevel: 'Off'}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
