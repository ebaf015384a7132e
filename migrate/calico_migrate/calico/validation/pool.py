"""IPPool.

Source: projectcalico/libcalico-go dda4a7964ffa ``lib/apis/v3/ippool.go``; ``lib/clientv3/ippool.go``
(validateAndSetDefaults); ``lib/validator/v3/validator.go`` (validateIPPoolSpec).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.calico.go_net import parse_cidr
from calico_migrate.calico.reading.types import Boolean, Record, Text, Whole
from calico_migrate.calico.rules import (
    ignored_field,
    invalid_block_size,
    invalid_field,
    invalid_pool_encapsulation,
    invalid_pool_range,
)
from calico_migrate.calico.validation.checks import SELECTOR, one_of
from calico_migrate.calico.validation.kind import Kind

if TYPE_CHECKING:
    from calico_migrate.calico.go_net import Network
    from calico_migrate.calico.validation.kind import Subject

_LINK_LOCAL = {4: parse_cidr("169.254.0.0/16"), 6: parse_cidr("fe80::/10")}
_BLOCK_SIZES = {4: (20, 32, 26), 6: (116, 128, 122)}
_CIDR = ("spec", "cidr")
_ENCAPSULATION = one_of(invalid_pool_encapsulation.RULE, "Always", "CrossSubnet", "Never")
_REQUIRED_ENCAPSULATION = one_of(
    invalid_pool_encapsulation.RULE, "Always", "CrossSubnet", "Never", optional=False
)


def _check_pool(subject: Subject) -> None:
    spec = subject.spec
    if spec.get("nat-outgoing"):
        subject.report(
            invalid_field.RULE,
            ("spec", "nat-outgoing"),
            "'nat-outgoing' is of Calico's first API and is refused",
            "write 'natOutgoing: true'",
        )
    if spec.get("ipip") is not None:
        _check_old_encapsulation(subject)
    text = spec.get("cidr") or ""
    if not text:
        subject.report(invalid_pool_range.RULE, _CIDR, "the pool has no cidr", "add one, such as 10.1.0.0/16")
        return
    network = parse_cidr(text)
    if network is None:
        missing = " it has no mask" if "/" not in text else ""
        subject.report(
            invalid_pool_range.RULE,
            _CIDR,
            f"'{text[:60]}' is no range:{missing or ' write it as 10.1.0.0/16'}",
        )
        return
    # Go counts the prefix of an IPv4-mapped network with its 96 bits.
    prefix = network.prefix + (96 if network.version == 4 and ":" in text else 0)
    _check_range(subject, text, network)
    _check_blocks(subject, text, network, prefix)
    _check_encapsulation(subject, network)


def _check_old_encapsulation(subject: Subject) -> None:
    path = ("spec", "ipip")
    if "mode" not in subject.spec["ipip"]:
        subject.report(
            invalid_pool_encapsulation.RULE,
            path,
            "'ipip' is of Calico's first API and is refused without a mode",
            "use ipipMode",
        )
    else:
        subject.report(
            ignored_field.RULE,
            path,
            "'ipip' is of Calico's first API and has no effect",
            "use ipipMode",
        )


def _check_range(subject: Subject, text: str, network: Network) -> None:
    if not network.masked:
        subject.report(
            invalid_pool_range.RULE,
            _CIDR,
            f"'{text}' has host bits",
            "write the range by its first address",
        )
    local = _LINK_LOCAL[network.version]
    if local is not None and network.overlaps(local):
        name = "169.254.0.0/16" if network.version == 4 else "fe80::/10"
        subject.report(invalid_pool_range.RULE, _CIDR, f"'{text}' overlaps the link-local range {name}")


def _check_blocks(subject: Subject, text: str, network: Network, prefix: int) -> None:
    least, most, usual = _BLOCK_SIZES[network.version]
    size = subject.spec.get("blockSize") or usual
    if not least <= size <= most:
        subject.report(
            invalid_block_size.RULE,
            ("spec", "blockSize"),
            f"blockSize {size} is out of range: for IPv{network.version} it is {least} to {most}",
        )
    if not subject.spec.get("disabled") and prefix > size:
        subject.report(
            invalid_pool_range.RULE,
            _CIDR,
            f"'{text}' is smaller than one block, which is a /{size}",
            "take a larger range, or a larger number as blockSize",
        )


def _check_encapsulation(subject: Subject, network: Network) -> None:
    on = {
        field: subject.spec.get(field)
        for field in ("ipipMode", "vxlanMode")
        if subject.spec.get(field) in ("Always", "CrossSubnet")
    }
    if len(on) == 2:
        subject.report(
            invalid_pool_encapsulation.RULE,
            ("spec", "ipipMode"),
            "ipipMode and vxlanMode cannot both be on",
            "keep the mode of the cluster",
        )
    elif on and network.version == 6:
        (field,) = on
        subject.report(
            invalid_pool_encapsulation.RULE, ("spec", field), "an IPv6 pool cannot have an encapsulation"
        )


IP_POOL = Kind(
    "IPPool",
    Record(
        "IPPoolSpec",
        {
            "cidr": Text(),
            "vxlanMode": _ENCAPSULATION,
            "ipipMode": _ENCAPSULATION,
            "natOutgoing": Boolean(),
            "disabled": Boolean(),
            "blockSize": Whole(),
            "nodeSelector": SELECTOR,
            "ipip": Record("IPIPConfiguration", {"enabled": Boolean(), "mode": _REQUIRED_ENCAPSULATION}),
            "nat-outgoing": Boolean(),
        },
    ),
    _check_pool,
)
