"""Whatever stands in a bundle, there is a report or one clear error, and no other exception."""

from __future__ import annotations

import contextlib
import random
from typing import TYPE_CHECKING

import pytest

from calico_core.errors import InputError
from calico_migrate.diagnose.diagnosis import diagnose
from calico_migrate.diagnose.report.assembling import file_report
from tests.migrate.diagnose.bundles.cluster import IPIP, VXLAN, Cluster
from tests.migrate.diagnose.bundles.items import items_of
from tests.migrate.diagnose.bundles.writing import write_bundle

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = (
    "null",
    "[]",
    '{"units": 3}',
    '{"apps": [1, {"id": 4}]}',
    '{"frameworks": [{"tasks": [{"state": "TASK_RUNNING", "statuses": [{"container_status": 7}]}]}]}',
    "[" * 5000,
    "items: &a [*a]\nkind: NodeList\n",
)


def _other(text: str, chance: random.Random) -> str:
    kind = chance.randrange(6)
    if kind == 0:
        return text[: chance.randrange(len(text) + 1)]
    if kind == 1:
        return chance.choice(DOCUMENTS)
    if kind == 2:
        characters = list(text)
        for _ in range(chance.randrange(1, 20) if characters else 0):
            characters[chance.randrange(len(characters))] = chr(
                chance.choice([0, 9, 10, 34, 58, 123, 0x202E, 48])
            )
        return "".join(characters)
    if kind == 3:
        lines = text.splitlines(keepends=True)
        chance.shuffle(lines)
        return "".join(lines)
    return text * chance.randrange(2, 4) if kind == 4 else ""


@pytest.mark.parametrize("seed", range(25))
def test_items_that_are_something_else(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    cluster = Cluster(mode=chance.choice([VXLAN, IPIP]))
    for _ in range(chance.randrange(1, 25)):
        node = chance.choice(cluster.nodes)
        item = chance.choice(list(items_of(cluster, node)))
        cluster.change(node if chance.random() < 0.7 else None, item, lambda text: _other(text, chance))
    form = chance.choice(["cluster", "legacy", "node"])
    report = file_report(diagnose(str(write_bundle(tmp_path / "bundle.zip", cluster, form))))
    assert report.error is None


@pytest.mark.parametrize("seed", range(25))
def test_bytes_that_changed_on_the_way(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = write_bundle(tmp_path / "bundle.zip", Cluster(), chance.choice(["cluster", "legacy"]))
    data = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    path.write_bytes(data)
    with contextlib.suppress(InputError):
        assert file_report(diagnose(str(path))).findings


@pytest.mark.parametrize("name", ["nowhere", "a/b"])
def test_what_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        diagnose(str(tmp_path / name))


def test_an_empty_directory_is_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no file"):
        diagnose(str(tmp_path))


def test_links_out_of_a_directory_are_not_followed(tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "bundle", Cluster(), "directory")
    secret = tmp_path / "secret"
    secret.write_text("10.0.1.21\n10.0.1.22\n")
    target = folder / "10.0.1.21_agent" / "optmesospherebindetect_ip.output"
    target.unlink()
    target.symlink_to(secret)
    report = file_report(diagnose(str(folder)))
    assert report.extra is not None
    assert {entry["item"] for entry in report.extra["undecided"]} == {"optmesospherebindetect_ip.output"}
