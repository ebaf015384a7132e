"""MTU arithmetic, with the rows of Calico's own table."""

from __future__ import annotations

import pytest

from calico_config.facts.mtu import CLOUDS, DEVICE_MAXIMUM, INSTALLER_MINIMUM, recommend


@pytest.mark.parametrize(
    ("link", "cloud", "vxlan", "expected"),
    [
        (None, None, True, 1450),
        (None, None, False, 1480),
        (9000, None, True, 8950),
        (9000, None, False, 8980),
        (None, "aws", True, 8951),
        (None, "aws", False, 8981),
        (None, "gce", True, 1410),
        (None, "gce", False, 1440),
        (None, "openstack", True, 1400),
        (None, "openstack", False, 1430),
        (None, "azure", True, 1350),
        (1500, "azure", True, 1350),
        (1400, "aws", True, 1350),
        (80_000, None, True, DEVICE_MAXIMUM),
        (100, None, True, INSTALLER_MINIMUM),
    ],
)
def test_recommended(link: int | None, cloud: str | None, vxlan: bool, expected: int) -> None:
    chosen = CLOUDS[cloud] if cloud is not None else None
    assert recommend(vxlan=vxlan, link=link, cloud=chosen).mtu == expected
