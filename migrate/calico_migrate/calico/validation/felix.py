"""FelixConfiguration.

Source: projectcalico/libcalico-go dda4a7964ffa ``lib/apis/v3/felixconfig.go``;
``lib/validator/v3/validator.go`` (validateFelixConfigSpec, validateRouteTableRange).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.calico.go_net import parse_cidr_or_ip, parse_ip
from calico_migrate.calico.kubernetes import MAXIMUM_LABEL, byte_length, dns_label_problem
from calico_migrate.calico.reading.types import Boolean, Duration, ListOf, Port, Record, Text, Type, Whole
from calico_migrate.calico.rules import invalid_felix_setting
from calico_migrate.calico.validation.checks import checked, interface_problem, one_of
from calico_migrate.calico.validation.kind import Kind
from calico_migrate.calico.validation.ports import port_range

if TYPE_CHECKING:
    from calico_migrate.calico.validation.kind import Subject

_FILTER_FORM = r"[a-zA-Z0-9:._+-]{1,15}"
_HOST_FORM = r"[a-zA-Z0-9:._+-]{1,64}"


def _interface_filter_problem(text: str) -> str:
    if re.fullmatch(_FILTER_FORM, text) is not None:
        return ""
    return f"'{text[:40]}' is no filter of interfaces: 1 to 15 letters, digits, ':', '.', '_', '+' and '-'"


def _prometheus_host_problem(text: str) -> str:
    if re.fullmatch(_HOST_FORM, text) is not None:
        return ""
    return f"'{text[:60]}' is no host: 1 to 64 letters, digits, ':', '.', '_', '+' and '-'"


def _regular_expression_problem(text: str) -> str:
    from calico_migrate.calico.go_regexp import problem

    reason = problem(text)
    return f"'{text[:60]}' is no regular expression of Go's: {reason}" if reason else ""


_RULE = invalid_felix_setting.RULE
_INTERFACE = checked(_RULE, interface_problem)
_INTERFACE_FILTER = checked(_RULE, _interface_filter_problem)
_HOST = checked(_RULE, _prometheus_host_problem)
_REGULAR_EXPRESSION = checked(_RULE, _regular_expression_problem)
_LOG_LEVEL = one_of(_RULE, "Debug", "Info", "Warning", "Error", "Fatal")
_ACCEPT_OR_RETURN = one_of(_RULE, "Accept", "Return")

# Go's ProtoPort, which nobody validates inside a FelixConfiguration.
_PROTO_PORTS = ListOf(Record("ProtoPort", {"protocol": Text(), "port": Whole(0, 65535)}))

_MOST_PORT_RANGES = 7
_LAST_ROUTE_TABLE = 250
_REGION_PREFIX = "openstack-region-"

_BOOLEANS = """useInternalDataplaneDriver ipv6Support ipipEnabled vxlanEnabled endpointReportingEnabled
    disableConntrackInvalidCheck healthEnabled prometheusMetricsEnabled prometheusGoMetricsEnabled
    prometheusProcessMetricsEnabled usageReportingEnabled removeExternalRoutes debugDisableLogDropping
    sidecarAccelerationEnabled xdpEnabled genericXDPEnabled bpfEnabled bpfDisableUnprivileged
    bpfConnectTimeLoadBalancingEnabled bpfKubeProxyIptablesCleanupEnabled wireguardEnabled"""

_NUMBERS = """maxIpsetSize metadataPort ipipMTU vxlanMTU vxlanPort vxlanVNI healthPort prometheusMetricsPort
    deviceRouteProtocol wireguardListeningPort wireguardRoutingRulePriority wireguardMTU"""

_DURATIONS = """routeRefreshInterval iptablesRefreshInterval iptablesPostWriteCheckInterval
    iptablesLockTimeout iptablesLockProbeInterval ipsetsRefreshInterval xdpRefreshInterval netlinkTimeout
    reportingInterval reportingTTL endpointReportingDelay usageReportingInitialDelay usageReportingInterval
    debugSimulateCalcGraphHangAfter debugSimulateDataplaneHangAfter bpfKubeProxyMinSyncPeriod"""

_TEXTS = """dataplaneDriver iptablesLockFilePath metadataAddr openstackRegion interfacePrefix interfaceExclude
    chainInsertMode logPrefix logFilePath healthHost policySyncPathPrefix natOutgoingAddress
    deviceRouteSourceAddress debugMemoryProfilePath"""

_FIELDS: dict[str, Type] = {
    **dict.fromkeys(_BOOLEANS.split(), Boolean()),
    **dict.fromkeys(_NUMBERS.split(), Whole()),
    **dict.fromkeys(_DURATIONS.split(), Duration()),
    **dict.fromkeys(_TEXTS.split(), Text()),
    "iptablesBackend": one_of(_RULE, "NFT", "Legacy"),
    "iptablesMarkMask": Whole(0, (1 << 32) - 1),
    "defaultEndpointToHostAction": one_of(_RULE, "Drop", "Accept", "Return"),
    "iptablesFilterAllowAction": _ACCEPT_OR_RETURN,
    "iptablesMangleAllowAction": _ACCEPT_OR_RETURN,
    "logSeverityFile": _LOG_LEVEL,
    "logSeverityScreen": _LOG_LEVEL,
    "logSeveritySys": _LOG_LEVEL,
    "prometheusMetricsHost": _HOST,
    "failsafeInboundHostPorts": _PROTO_PORTS,
    "failsafeOutboundHostPorts": _PROTO_PORTS,
    "kubeNodePortRanges": ListOf(Port()),
    "natPortRange": Port(),
    "externalNodesList": ListOf(Text()),
    "iptablesNATOutgoingInterfaceFilter": _INTERFACE_FILTER,
    "bpfLogLevel": one_of(_RULE, "Debug", "Info", "Off"),
    "bpfDataIfacePattern": _REGULAR_EXPRESSION,
    "bpfExternalServiceMode": one_of(_RULE, "Tunnel", "DSR"),
    # The validator asks of the route source only that it is a regular expression.
    "routeSource": _REGULAR_EXPRESSION,
    "routeTableRange": Record("RouteTableRange", {"min": Whole(), "max": Whole()}),
    "wireguardInterfaceName": _INTERFACE,
}


def _check_felix(subject: Subject) -> None:
    _check_port_ranges(subject)
    _check_addresses(subject)
    _check_region(subject)
    _check_number(subject, "wireguardListeningPort", 1, 65535)
    _check_number(subject, "wireguardRoutingRulePriority", 1, 32765)
    tables = subject.spec.get("routeTableRange")
    if tables is not None:
        first, last = tables.get("min", 0), tables.get("max", 0)
        if not 1 <= first <= last <= _LAST_ROUTE_TABLE:
            subject.report(
                _RULE,
                ("spec", "routeTableRange"),
                f"{first} to {last} is no range of route tables: they are 1 to {_LAST_ROUTE_TABLE}",
            )


def _check_port_ranges(subject: Subject) -> None:
    path = ("spec", "kubeNodePortRanges")
    ranges = subject.spec.get("kubeNodePortRanges") or []
    if len(ranges) > _MOST_PORT_RANGES:
        subject.report(
            _RULE, path, f"there are {len(ranges)} ranges of ports, and Felix takes {_MOST_PORT_RANGES}"
        )
    for index, port in enumerate(ranges):
        if port_range(port) is None:
            subject.report(_RULE, (*path, index), f"'{port}' is a name, and a range of ports has numbers")


def _check_addresses(subject: Subject) -> None:
    for index, text in enumerate(subject.spec.get("externalNodesList") or ()):
        network = parse_cidr_or_ip(text)
        if network is None or network.version != 4:
            subject.report(
                _RULE, ("spec", "externalNodesList", index), f"'{text[:60]}' is no IPv4 network or address"
            )
    for field in ("natOutgoingAddress", "deviceRouteSourceAddress"):
        text = subject.spec.get(field)
        if text:
            address = parse_ip(text)
            if address is None or address[0] != 4:
                subject.report(_RULE, ("spec", field), f"'{text[:60]}' is no IPv4 address")


def _check_region(subject: Subject) -> None:
    region = subject.spec.get("openstackRegion") or ""
    if not region:
        return
    most = MAXIMUM_LABEL - len(_REGION_PREFIX)
    problem = dns_label_problem(region)
    if byte_length(region) > most:
        problem = f"it has more than {most} bytes"
    if problem:
        subject.report(_RULE, ("spec", "openstackRegion"), f"'{region[:60]}' is no region: {problem}")


def _check_number(subject: Subject, field: str, least: int, most: int) -> None:
    number = subject.spec.get(field)
    if number is not None and not least <= number <= most:
        subject.report(_RULE, ("spec", field), f"{field} {number} is out of range: it is {least} to {most}")


FELIX_CONFIGURATION = Kind("FelixConfiguration", Record("FelixConfigurationSpec", _FIELDS), _check_felix)
