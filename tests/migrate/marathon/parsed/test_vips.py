"""The VIPs that a definition declares."""

from __future__ import annotations

from typing import Any

import pytest

from calico_migrate.marathon.parsed.vips import vips

PORT = {"labels": {"VIP_0": "/a:80", "other": "x", "VIP_12": None}}


@pytest.mark.parametrize(
    "value,path",
    [
        ({"container": {"portMappings": [{}, PORT]}}, ("container", "portMappings", 1)),
        ({"container": {"docker": {"portMappings": [PORT]}}}, ("container", "docker", "portMappings", 0)),
        ({"portDefinitions": [5, PORT]}, ("portDefinitions", 1)),
        ({"ipAddress": {"discovery": {"ports": [PORT]}}}, ("ipAddress", "discovery", "ports", 0)),
        ({"containers": [{}, {"endpoints": [PORT]}]}, ("containers", 1, "endpoints", 0)),
    ],
)
def test_every_place(value: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert list(vips(value)) == [
        ((*path, "labels", "VIP_0"), "VIP_0", "/a:80"),
        ((*path, "labels", "VIP_12"), "VIP_12", None),
    ]


@pytest.mark.parametrize(
    "value",
    [
        {},
        PORT,
        {"container": {"portMappings": [{"labels": 5}]}},
        {"ipAddress": {"discovery": []}},
        {"portDefinitions": {}},
    ],
)
def test_nowhere_else(value: dict[str, Any]) -> None:
    assert list(vips(value)) == []
