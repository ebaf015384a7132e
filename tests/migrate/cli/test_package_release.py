"""`package --release`: new release directories, repository files, and why there is none."""

from __future__ import annotations

import json
import shutil
import stat
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

import pytest

from calico_migrate.cli import run as calico_migrate
from calico_migrate.package.universe import parts
from tests.migrate.package import making
from tests.migrate.package.making import config_text, group

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def universe(tmp_path: Path, root: Path) -> Path:
    """A copy of the sample Universe."""
    shutil.copytree(root / "samples" / "package" / "universe", tmp_path / "universe")
    return tmp_path / "universe"


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, dict[str, Any]]]:
    code = calico_migrate(["package", "--release", "--format", "json", *arguments])
    found = json.loads(capfd.readouterr().out)
    return code, {f["rule"]: f for file in found["files"] for f in file["findings"]}


def tree(directory: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(directory)): p.read_bytes() for p in sorted(directory.rglob("*")) if p.is_file()
    }


def demo(universe: Path, number: int = 0, **rest: Any) -> Path:
    return making.write(universe / "repo" / "packages" / "D" / "demo" / str(number), making.texts(**rest))


def test_the_plan_writes_nothing(universe: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(universe)
    assert calico_migrate(["package", "--release", str(universe)]) == 0
    out = capfd.readouterr().out
    assert "hello 4 (1.4.0) gets release 5, version 1.4.0-calico.1" in out
    assert tree(universe) == before
    assert calico_migrate(["package", "--release", "--check", str(universe)]) == 1
    capfd.readouterr()


def test_beside_the_old_release(universe: Path, capfd: pytest.CaptureFixture[str]) -> None:
    hello = universe / "repo" / "packages" / "H" / "hello"
    (hello / "4" / "NOTICE").write_bytes(b"\xff\x00")
    (hello / "4" / "NOTICE").chmod(0o755)
    before = tree(universe)
    code, _ = run(capfd, "-w", str(universe))
    assert code == 0
    after = tree(universe)
    assert {name: data for name, data in after.items() if name in before} == before
    assert sorted(path.name for path in hello.iterdir()) == ["3", "4", "5"]
    assert (hello / "5" / "NOTICE").read_bytes() == b"\xff\x00"
    assert stat.S_IMODE((hello / "5" / "NOTICE").stat().st_mode) == 0o755
    assert (hello / "5" / parts.RESOURCE).read_bytes() == (hello / "4" / parts.RESOURCE).read_bytes()
    package = json.loads((hello / "5" / parts.PACKAGE).read_text())
    assert package["version"] == "1.4.0-calico.1"
    assert package["upgradesFrom"] == package["downgradesTo"] == ["1.4.0"]
    assert package["minDcosReleaseVersion"] == "2.1"
    assert '"PACKAGE_VERSION": "1.4.0-calico.1"' in (hello / "5" / parts.TEMPLATE).read_text()


def test_only_new_directories_elsewhere_and_from_another_release(
    universe: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = tree(universe)
    code, _ = run(capfd, "-o", str(tmp_path / "new"), "--from", "3", "--suffix", "-x", str(universe))
    assert code == 0
    assert tree(universe) == before
    assert {name.rpartition("/")[0] for name in tree(tmp_path / "new")} == {"repo/packages/H/hello/5"}
    assert (
        json.loads((tmp_path / "new/repo/packages/H/hello/5" / parts.PACKAGE).read_text())["version"]
        == "1.3.0-x"
    )


def test_the_repository_file(universe: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "calico.json"
    code, _ = run(capfd, "--repository", str(file), str(universe))
    assert code == 0
    (entry,) = json.loads(file.read_text())["packages"]
    assert (entry["releaseVersion"], entry["version"]) == (5, "1.4.0-calico.1")
    assert (
        entry["config"]["properties"]["service"]["properties"]["virtual_network_name"]["default"] == "calico"
    )
    assert '"default": 0.50' in file.read_text()
    assert "PACKAGE_VERSION" in b64decode(entry["marathon"]["v2AppMustacheTemplate"]).decode()
    calico_migrate(["package", "--check", str(file)])
    assert "1 file: 0 to change" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("rest", "rule", "code"),
    [
        ({"config": config_text(service=group())}, "no-release-needed", 0),
        ({"package": making.PACKAGE | {"minDcosReleaseVersion": "9999"}}, "package-withdrawn", 0),
        (
            {"package": making.PACKAGE | {"packagingVersion": "2.0", "version": "1.0+b_1"}},
            "release-impossible",
            1,
        ),
        ({"package": making.PACKAGE | {"name": "../x"}}, "release-impossible", 1),
    ],
)
def test_why_there_is_no_release(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], rest: dict[str, Any], rule: str, code: int
) -> None:
    demo(tmp_path, **rest)
    before = tree(tmp_path)
    status, found = run(capfd, "-w", str(tmp_path))
    assert rule in found
    assert status == code
    assert tree(tmp_path) == before


def test_a_package_with_a_command(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (demo(tmp_path) / parts.COMMAND).write_text('{"pip": []}')
    status, found = run(capfd, "-w", str(tmp_path))
    assert found["release-with-command"]["severity"] == "error"
    assert status == 1
    assert len(tree(tmp_path)) == 5


def test_a_version_that_another_release_has(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    demo(tmp_path, 1)
    demo(tmp_path, 0, package=making.PACKAGE | {"version": "1.0.0-calico.1"})
    status, found = run(capfd, "-w", str(tmp_path))
    assert "release-impossible" in found
    assert status == 1


def test_the_next_free_number(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    demo(tmp_path, 100)
    demo(tmp_path, 101, package=making.PACKAGE | {"version": "1.0.1"})
    run(capfd, "-w", "--from", "100", str(tmp_path))
    assert (tmp_path / "repo/packages/D/demo/102").is_dir()


def test_a_number_that_exists_in_the_output(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    demo(tmp_path / "in")
    other = making.write(
        tmp_path / "in" / "repo" / "packages" / "E" / "eve" / "0",
        making.texts(package=making.PACKAGE | {"name": "eve"}),
    )
    taken = tmp_path / "out" / "repo" / "packages" / "D" / "demo" / "1"
    taken.mkdir(parents=True)
    (taken / "mine").write_text("x")
    code = calico_migrate(["package", "--release", "-q", "-o", str(tmp_path / "out"), str(tmp_path / "in")])
    assert code == 5
    assert f"{taken}/package.json: error: exists already" in capfd.readouterr().err
    assert [path.name for path in taken.iterdir()] == ["mine"]
    assert (tmp_path / "out" / other.relative_to(tmp_path / "in").parent / "1").is_dir()
    assert not list((tmp_path / "out").rglob("*.tmp"))


def test_a_release_that_is_not_there(universe: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, _ = run(capfd, "--from", "77", str(universe))
    assert code == 3


def test_a_broken_package_among_others(universe: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (demo(universe) / parts.CONFIG).write_text("{")
    code, found = run(capfd, "-w", str(universe))
    assert code == 3
    assert "release-planned" in found
    assert not (universe / "repo/packages/D/demo/1").exists()


def test_a_version_of_another_build(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    demo(tmp_path, template=making.STANDARD_TEMPLATE.replace('"1.0.0"', '"stub-universe"'))
    _, found = run(capfd, "-w", str(tmp_path))
    assert found["package-version-differs"]["line"] == 9


def test_source_trees_are_edited_in_place(
    tmp_path: Path, root: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(root / "samples" / "package" / "framework", tmp_path / "f", symlinks=True)
    code, found = run(capfd, "-w", "--repository", str(tmp_path / "r.json"), str(tmp_path / "f"))
    assert code == 0
    assert "build-tags" in found
    assert json.loads((tmp_path / "r.json").read_text()) == {"packages": []}
    assert "{{package-version}}" in (tmp_path / "f/hello/universe/package.json").read_text()
    assert '"default": "calico"' in (tmp_path / "f/hello/universe/config.json").read_text()


def test_overlays_of_a_release(universe: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(capfd, "--options-dir", str(tmp_path / "o"), str(universe))
    assert [path.name for path in (tmp_path / "o").iterdir()] == ["hello-4.json"]


def test_a_repository_file_gives_releases_for_another(
    universe: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    demo(universe)
    first, second, both = (tmp_path / name for name in ("first.json", "second.json", "both.json"))
    code, _ = run(capfd, "--repository", str(first), str(universe))
    assert code == 0
    # A repository file of the old releases: what the Universe has, as one file.
    entries = []
    for package in sorted(universe.rglob(parts.PACKAGE)):
        texts = {part: (package.parent / part).read_text() for part in making.texts()}
        template = b64encode(texts[parts.TEMPLATE].encode()).decode()
        entries.append(
            {
                **json.loads(texts[parts.PACKAGE]),
                "releaseVersion": int(package.parent.name),
                "config": json.loads(texts[parts.CONFIG]),
                "resource": json.loads(texts[parts.RESOURCE]),
                "marathon": {"v2AppMustacheTemplate": template},
            }
        )
    both.write_text(json.dumps({"packages": entries}))
    before = both.read_text()
    code, told = run(capfd, "--repository", str(second), str(both))
    assert code == 0
    assert told["release-planned"]["pointer"].startswith("/packages/")
    assert both.read_text() == before
    found = [
        sorted(json.loads(path.read_text())["packages"], key=lambda entry: str(entry["name"]))
        for path in (first, second)
    ]
    assert found[0] == found[1]
    assert {(entry["name"], entry["releaseVersion"]) for entry in found[0]} == {("hello", 5), ("demo", 1)}
    code, _ = run(capfd, "--repository", str(second), "--from", "3", str(both))
    assert code == 3
    assert [entry["name"] for entry in json.loads(second.read_text())["packages"]] == ["hello"]


def test_a_repository_file_is_not_written_over_an_input(
    universe: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "stub.json"
    target.write_text('{"packages": []}')
    assert calico_migrate(["package", "--release", "--repository", str(target), str(target)]) == 2
    assert "is an input" in capfd.readouterr().err
    assert target.read_text() == '{"packages": []}'


def test_the_directory_that_one_stands_in(
    universe: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hello = universe / "repo" / "packages" / "H" / "hello"
    before = sorted(path.name for path in (hello / "4").iterdir())
    monkeypatch.chdir(hello / "4")
    code, _ = run(capfd, "-w", ".")
    assert code == 0
    assert sorted(path.name for path in hello.iterdir()) == ["3", "4", "5"]
    assert sorted(path.name for path in (hello / "4").iterdir()) == before
