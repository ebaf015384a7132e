"""Searching, reading and refusing configuration files."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from calico_core.errors import UsageError
from calico_migrate.configuration import searching
from calico_migrate.configuration.file import has_table, load
from calico_migrate.configuration.run import Configured

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "home"
    (path / "work/shop/services").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(path))
    return path


@pytest.fixture
def found_from(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Path | None]:
    def find(directory: Path) -> Path | None:
        monkeypatch.chdir(directory)
        path = searching.find(has_table)
        return None if path is None else Path(path)

    return find


def test_the_nearest_file_up_to_the_repository(home: Path, found_from: Callable[[Path], Path | None]) -> None:
    services = home / "work/shop/services"
    (home / "work/shop/.git").mkdir()
    for directory in (home, home / "work"):
        (directory / searching.NAME).write_text("")
    assert found_from(services) is None
    (home / "work/shop" / searching.NAME).write_text("")
    assert found_from(services) == home / "work/shop" / searching.NAME
    (services / "pyproject.toml").write_text("[tool.other]\n# calico-migrate\n")
    assert found_from(services) == home / "work/shop" / searching.NAME
    (services / "pyproject.toml").write_text("[tool.calico-migrate]\n")
    assert found_from(services) == services / "pyproject.toml"
    (services / searching.NAME).write_text("")
    assert found_from(services) == services / searching.NAME


def test_up_to_the_home_directory_and_not_beyond(
    home: Path, found_from: Callable[[Path], Path | None]
) -> None:
    (home.parent / searching.NAME).write_text("")
    assert found_from(home / "work") is None
    (home / searching.NAME).write_text("")
    assert found_from(home / "work/shop") == home / searching.NAME


def test_with_neither_above_only_in_the_working_directory(
    home: Path, tmp_path: Path, found_from: Callable[[Path], Path | None]
) -> None:
    elsewhere = tmp_path / "elsewhere/below"
    elsewhere.mkdir(parents=True)
    (elsewhere.parent / searching.NAME).write_text("")
    assert found_from(elsewhere) is None
    (elsewhere / searching.NAME).write_text("")
    assert found_from(elsewhere) == elsewhere / searching.NAME


FULL = """
map = ["dcos=calico", "dmz=calico-dmz"]
default-network = "dmz"
fail-on = "warning"
ignore = ["vip-label"]
exclude = ["vendor"]
baseline = "baseline.json"

[[accept]]
rule = "docker-host-port"
path = "legacy/*"
id = "/shop/*"
until = 2027-03-31
reason = "moves to UCR"

[[accept]]
id = "/b"
until = "2027-01-02"
reason = "later"
"""


@pytest.mark.parametrize("name", [searching.NAME, "pyproject.toml"])
def test_everything_that_a_file_says(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    table = (
        FULL
        if name == searching.NAME
        else "[tool.calico-migrate]" + FULL.replace("[[accept]]", "[[tool.calico-migrate.accept]]")
    )
    path.write_text(table)
    said = load(str(path))
    assert (said.map, said.default_network, said.fail_on) == (
        ("dcos=calico", "dmz=calico-dmz"),
        "dmz",
        "warning",
    )
    assert (said.ignore, said.exclude, said.baseline) == (("vip-label",), ("vendor",), "baseline.json")
    assert said.directory == str(tmp_path)
    first, second = said.accept
    assert first == ("docker-host-port", "legacy/*", "/shop/*", date(2027, 3, 31), "moves to UCR", 9)
    assert (second.rule, second.until, second.line) == (None, date(2027, 1, 2), 16)


@pytest.mark.parametrize(
    "text, words, line",
    [
        ("ignroe = []", "there is no key ignroe; did you mean ignore?", 1),
        ("a = 1\nzzz = 2", "there are map, default-network", 1),
        ('map = "dcos=calico"', "map is a list of texts", 1),
        ("\nfail-on = 'never ever'", "it is one of error, warning, info, never", 2),
        ("default-network = 1", "default-network is a text", 1),
        ("accept = 1", "[[accept]]", 1),
        ('[[accept]]\nrule = "x"', "needs a reason", 1),
        ('\n[[accept]]\nrule = "x"\nreason = " "', "needs a reason", 2),
        ('[[accept]]\nreason = "x"', "needs a rule, a path or an id", 1),
        ('[[accept]]\nrule = "x"\nreason = "x"\nunitl = 2027-01-01', "did you mean until?", 1),
        ('[[accept]]\nrule = "x"\nreason = "x"\nuntil = "soon"', "is no day", 1),
        ('[[accept]]\nrule = "x"\nreason = "x"\nuntil = 2027-01-01T00:00:00', "until is a day", 1),
        ('[[accept]]\nrule = 1\nreason = "x"', "rule of an [[accept]] entry is a text", 1),
        ("[", "is not TOML", None),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(
    text: str, words: str, line: int | None, tmp_path: Path
) -> None:
    path = tmp_path / searching.NAME
    path.write_text(text)
    with pytest.raises(UsageError) as caught:
        load(str(path))
    assert words in caught.value.message
    assert caught.value.line == line
    assert caught.value.exit_code == 2


def test_a_file_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / searching.NAME
    path.write_text("")
    monkeypatch.setattr(os, "geteuid", lambda: os.stat(path).st_uid + 1)
    if os.stat(path).st_uid == 0:
        # Root's files are everybody's.
        assert load(str(path)).accept == ()
        os.chown(path, 12345, -1)
    with pytest.raises(UsageError, match="belongs to somebody else"):
        load(str(path))


def test_a_file_that_is_not_there_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load(str(tmp_path / "missing.toml"))
    path = tmp_path / searching.NAME
    path.write_bytes(b"\xff")
    with pytest.raises(UsageError, match="is not UTF-8"):
        load(str(path))


def test_both_ways_of_choosing_contradict_each_other() -> None:
    with pytest.raises(UsageError):
        Configured("x.toml", search=False)
