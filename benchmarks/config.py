"""The ``config`` command on generated config.yaml files: start-up, many files, many agents."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import Row, in_process, measure, tool

TITLE = "`calico-migrate config check`"
REFERENCE = "a `python -c pass` process; the other rows name their own reference"

_FILES = 1_000
_COMPOSE = (
    "import sys, yaml\n"
    "loader = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)\n"
    "for path in sys.argv[1:]:\n"
    "    yaml.compose(open(path, 'rb').read(), Loader=loader)\n"
)


def config(number: int) -> str:
    """A usual file; every tenth one with a finding of its own."""
    site = number % 250
    return (
        "---\n"
        f"bootstrap_url: http://10.{site}.0.2:8080\n"
        f"cluster_name: 'cluster {number}'\n"
        "exhibitor_storage_backend: static\n"
        "master_discovery: static\n"
        "ip_detect_public_filename: genconf/ip-detect\n"
        f"master_list:\n- 10.{site}.0.10\n- 10.{site}.0.11\n- 10.{site}.0.12\n"
        f"resolvers:\n- 10.{site}.0.53\n- 10.{site}.1.53\n"
        "use_proxy: 'false'\n"
        "calico_network_cidr: 10.252.0.0/16   # free at this site\n"
        "calico_vxlan_enabled: true\n"
        f"calico_vxlan_mtu: {1500 if number % 10 == 0 else 1450}\n"
        "calico_veth_mtu: 1450\n"
        "dcos_overlay_network:\n"
        "  vtep_subnet: 44.128.0.0/20\n"
        "  vtep_subnet6: fd01:a::/64\n"
        "  vtep_mac_oui: 70:B3:D5:00:00:00\n"
        "  overlays:\n"
        "  - {name: dcos, subnet: 9.0.0.0/8, prefix: 24}\n"
    )


def rows() -> list[Row]:
    """One file against an empty Python, a thousand against composing them, many agents against fewer."""
    folder = Path(tempfile.mkdtemp(prefix="calico-migrate-benchmark-"))
    try:
        paths = []
        for number in range(_FILES):
            path = folder / f"{number}.yaml"
            path.write_text(config(number))
            paths.append(str(path))
        single = measure(
            {
                "pass": [sys.executable, "-c", "pass"],
                "check": tool("config", "check", paths[1]),
                "html": tool("config", "check", paths[1], "--html", str(folder / "page.html")),
            },
            rounds=15,
        )
        many = measure(
            {
                "compose": [sys.executable, "-c", _COMPOSE, *paths],
                "check": tool("config", "check", "--format", "json", *paths),
            },
            rounds=5,
        )
        agents = _agents()
    finally:
        shutil.rmtree(folder)
    empty = single["pass"].seconds
    return [
        Row("one usual file", single["check"].seconds / empty, 12),
        Row("the same with `--html`", single["html"].seconds / empty),
        Row(
            "1,000 files in one run",
            many["check"].seconds / many["compose"].seconds,
            12,
            note="against a process that composes the same files with libyaml",
        ),
        Row("10,000 agents", agents, 20, note="against 1,000 agents; 10 would be linear"),
    ]


def _agents() -> float:
    from calico_config import Options, check_config

    def addresses(count: int) -> tuple[str, ...]:
        return tuple(f"10.{number >> 14 & 63}.{number >> 6 & 255}.{number & 63}" for number in range(count))

    few, many = Options(agents=addresses(1_000)), Options(agents=addresses(10_000))
    text = config(1)
    seconds = in_process({"few": lambda: check_config(text, few), "many": lambda: check_config(text, many)})
    return seconds["many"] / seconds["few"]
