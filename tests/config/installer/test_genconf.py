"""A real genconf directory, and how the installer sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from calico_config.document.reading import read_config
from calico_config.installer import RECORDED, read_genconf, verdict
from calico_config.installer.python36 import CrashedError

if TYPE_CHECKING:
    from pathlib import Path

MINIMAL = (
    "bootstrap_url: http://b\ncluster_name: c\nexhibitor_storage_backend: static\n"
    "master_discovery: static\nmaster_list: [192.0.2.10]\n"
)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "ip-detect").write_text("#!/bin/sh\n")
    (tmp_path / "latin").write_bytes(b"\xff\xfe\n")
    (tmp_path / "check_bins").mkdir()
    (tmp_path / "check_bins" / "disk").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "ip-detect")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    return tmp_path


def test_the_files_are_seen_as_in_the_container(directory: Path) -> None:
    genconf = read_genconf(directory)
    kinds = {
        "genconf/ip-detect": "file",
        "genconf/link": "file",
        "genconf/latin": "undecodable",
        "genconf": "directory",
        "genconf/": "directory",
        "./genconf//ip-detect": "file",
        "genconf/check_bins/../ip-detect": "file",
        "/genconf/ip-detect": "file",
        "genconf/check_bins/": "directory",
        "genconf/check_bins/disk": "file",
        "genconf/ip-detect/": None,
        "genconf/dangling": None,
        "genconf/nope": None,
        "ip-detect": None,
        "/etc/passwd": None,
        "": None,
    }
    assert {name: genconf.kind(name) for name in kinds} == kinds
    with pytest.raises(CrashedError):
        genconf.kind("a\x00b")


def test_the_recorded_machine_has_one_script() -> None:
    assert RECORDED.kind("genconf/ip-detect") == "file"
    assert RECORDED.kind("genconf/ip-detect-public") is None


@pytest.mark.parametrize(
    ("line", "status", "errors"),
    [
        ("", "ok", {}),
        ("ip_detect_public_filename: genconf/link", "ok", {}),
        ("ip_detect_filename: genconf/latin", "crash", {}),
        ("ip6_detect_filename: genconf/check_bins", "crash", {}),
        ("ip6_detect_filename: genconf/dangling", "crash", {}),
        (
            "ip_detect_filename: genconf/dangling",
            "errors",
            {"ip_detect_contents": "ip-detect script `genconf/dangling` must exist"},
        ),
    ],
)
def test_the_scripts_decide_the_verdict(
    directory: Path, line: str, status: str, errors: dict[str, str]
) -> None:
    found = verdict(read_config(f"{MINIMAL}{line}\n"), genconf=read_genconf(directory))
    assert (found.status, found.errors) == (status, errors)


def test_checks_of_ones_own_stand_in_one_directory(directory: Path) -> None:
    (directory / "check_bins" / "more").mkdir()
    found = verdict(read_config(MINIMAL), genconf=read_genconf(directory))
    message = "genconf/check_bins/ must not contain any subdirectories"
    assert found.errors == {"custom_check_bins_dir": message}


def test_a_directory_that_is_none_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        read_genconf(tmp_path / "nowhere")
