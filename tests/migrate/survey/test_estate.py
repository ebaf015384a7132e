"""The sample estate: surveyed, moved as the survey says, and surveyed again."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import run

AWKWARD = "a b; -w $(id)"


@pytest.fixture
def estate(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The estate below a directory whose name is awkward, which is the working directory."""
    place = tmp_path / "work"
    shutil.copytree(root / "samples/estate", place / "estate")
    for folder in ("-w", AWKWARD):
        # What a shell or an option parser would take for something else.
        shutil.copytree(root / "samples/estate/shop/apps", place / "estate" / folder / "apps")
    monkeypatch.chdir(place)
    return place


CONFIGURATION = "--config-file=estate/.calico-migrate.toml"


def survey(*arguments: str) -> dict[str, Any]:
    result = run("survey", "--format", "json", *arguments)
    assert result.code in (0, 1), result.errors
    report: dict[str, Any] = result.json
    return report


def of(report: dict[str, Any], *states: str) -> list[dict[str, Any]]:
    return [place for place in report["places"] if place["state"] in states]


def by_hand(place: dict[str, Any]) -> None:
    """What a person does: the name at that place becomes the new one."""
    path = Path(place["path"])
    data = path.read_bytes()
    encoding = "utf-16-le" if data.startswith(b"\xff\xfe") else "utf-8"
    lines = data.decode(encoding).split("\n")
    line, column = lines[place["line"] - 1], place["column"] - 1
    start = line.index(place["network"], column)
    lines[place["line"] - 1] = line[:start] + "calico" + line[start + len(place["network"]) :]
    path.write_bytes("\n".join(lines).encode(encoding))


def test_it_is_an_estate(estate: Path) -> None:
    report = survey("estate")
    ids = {place["id"] for place in report["places"] if place["id"]}
    assert len(ids) >= 60
    assert {place["owner"] for place in report["places"]} >= {
        "@example/shop", "@example/pay", "@example/data", "@example/platform"
    }  # fmt: skip
    assert report["unread"] == []
    assert report["summary"]["percent"] < 5


def test_every_how_is_true(estate: Path) -> None:
    report = survey("estate")
    for how in dict.fromkeys(place["how"] for place in of(report, "to-move")):
        program, *arguments = shlex.split(how)
        assert program == "calico-migrate"
        assert run(*arguments).code in (0, 1), how
    left = survey("estate")
    assert of(left, "to-move") == []
    # What a command does not move is where it was.
    keys = ("path", "id", "pointer", "text", "network", "state")
    assert [[place[key] for key in keys] for place in of(left, "by-hand", "running")] == [
        [place[key] for key in keys] for place in of(report, "by-hand", "running")
    ]


def test_it_is_moved_to_its_end(estate: Path) -> None:
    report = survey("estate")
    Path("before.json").write_text(json.dumps(report))
    for how in dict.fromkeys(place["how"] for place in of(report, "to-move")):
        run(*shlex.split(how)[1:])
    for place in reversed(of(survey("estate"), "by-hand")):
        by_hand(place)
    after = survey("--before", "before.json", CONFIGURATION, "estate")
    assert of(after, "to-move", "by-hand") == []
    assert {place["id"] for place in of(after, "running")} == {"/data/kafka"}
    assert len(after["changes"]["moved"]) == len(of(report, "to-move", "by-hand"))
    assert after["changes"]["new"] == after["changes"]["back"] == []
    assert [place["settled"] for place in of(after, "running")] == [
        "moves with its package, with the options that calico-migrate package --options-dir writes"
    ] * 2
    assert after["summary"]["settled"] == 2
    assert after["summary"]["percent"] == 100
    last = run("survey", "--check", CONFIGURATION, "estate")
    assert last.code == 0
    assert last.text.rstrip().splitlines()[-1] == "100 % done: nothing is left to move"
    # Without what is accepted one unit is left.
    units = after["summary"]["units"]
    assert survey("estate")["summary"]["percent"] == (units - 1) * 100 // units


def test_a_line_says_that_it_stays(estate: Path) -> None:
    path = Path("estate/shop/deploy.sh")
    path.write_text(
        path.read_text().replace("NETWORK:-dcos}", "NETWORK:-dcos} # calico-migrate: keep read by nobody")
    )
    (place,) = (place for place in survey("estate/shop")["places"] if place.get("settled"))
    assert (place["state"], place["settled"]) == ("by-hand", "read by nobody")


def test_a_baseline_settles_what_there_is(estate: Path) -> None:
    assert run("survey", "--write-baseline", "baseline.json", "estate").code == 0
    Path(".calico-migrate.toml").write_text('baseline = "baseline.json"\n')
    assert run("survey", "--check", "estate").code == 0
    Path("estate/new.sh").write_text("NETWORK=dcos\n")
    result = run("survey", "--check", "estate")
    assert result.code == 1
    assert [line.split(":")[0] for line in result.text.splitlines() if "survey-" in line] == ["estate/new.sh"]


def test_what_is_excluded_is_not_looked_at(estate: Path) -> None:
    Path(".calico-migrate.toml").write_text('exclude = ["estate/pay/**"]\n')
    assert not [place for place in survey("estate")["places"] if place["path"].startswith("estate/pay")]


@pytest.mark.parametrize("format_name", ["junit", "codeclimate"])
def test_other_reports(estate: Path, format_name: str) -> None:
    result = run("survey", "--format", format_name, "estate")
    assert result.code == 0
    assert "survey-to-move" in result.text


def test_statistics_count_states(estate: Path) -> None:
    counted = survey("--statistics", "estate")["statistics"]
    assert counted["survey-to-move"] > counted["survey-by-hand"] > 0


def test_what_is_put_back_is_told(estate: Path) -> None:
    run("marathon", "-w", "estate/shop/apps")
    Path("before.json").write_text(json.dumps(survey("estate")))
    shutil.copy("estate/-w/apps/catalogue.json", "estate/shop/apps/catalogue.json")
    changes = survey("--before", "before.json", "estate")["changes"]
    assert [place["id"] for place in changes["back"]] == ["/shop/catalogue"]
    text = run("survey", "--before", "before.json", "estate").text
    assert "0 places moved, 0 new, 1 back again" in text
    assert "back again: estate/shop/apps/catalogue.json" in text


SECRETS = (
    "hunter2-of-the-ledger",
    "3f9c0e7d5b1a48829d6c0b7e1f2a3c4d",
    "not-for-the-wiki",
    "eyJzZXJ2aWNlIjogeyJ2aXJ0dWFs",
)


@pytest.mark.parametrize("format_name", ["text", "json", "sarif", "github", "junit", "codeclimate"])
def test_no_secret_is_told(estate: Path, format_name: str) -> None:
    planted = Path("estate/shop/planted.sh")
    planted.write_text(
        "".join(
            f"{line} --network dcos\n"
            for line in (
                "curl http://me:planted-1@example.com", "run --password=planted-2", "TOKEN=planted-3",
                "api_key=planted-4", "auth: planted-5", "x 0123456789abcdef0123456789abcdef01",
            )
        )
    )  # fmt: skip
    result = run(
        "survey", "--mentions", "--format", format_name, "--html", "p.html", "--csv", "p.csv", "estate"
    )
    told = result.text + result.errors + Path("p.html").read_text() + Path("p.csv").read_text()
    assert "planted.sh" in told
    for secret in (
        *SECRETS,
        "planted-1",
        "planted-2",
        "planted-3",
        "planted-4",
        "planted-5",
        "0123456789abcdef01234567",
    ):
        assert secret not in told, secret


def test_check_and_its_last_line(estate: Path) -> None:
    result = run("survey", "--check", "estate")
    assert result.code == 1
    assert result.text.rstrip().splitlines()[-1].endswith(" left")
    Path("estate/locked").mkdir()
    Path("estate/locked/broken.json").write_bytes(b"\xff\xfe\x00")
    result = run("survey", "--check", "estate")
    assert result.code == 3
    assert result.text.rstrip().splitlines()[-1].startswith("no percentage: 1 file could not be read")
    assert survey_code("estate") == 3


def survey_code(*arguments: str) -> int:
    return run("survey", "--format", "json", *arguments).code


def test_the_table_has_other_rows(estate: Path) -> None:
    assert "\nestate/shop/infra " in run("survey", "--by", "directory", "estate").text
    assert "\nterraform " in run("survey", "--by", "kind", "estate").text


def test_the_label_of_a_team_comes_first(estate: Path) -> None:
    owners = {place["owner"] for place in survey("--team-label", "team", "estate/data/export")["places"]}
    assert "data" in owners


def test_the_tool_runs_as_a_process(estate: Path) -> None:
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "calico_migrate", "survey", "estate", "--quiet"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
