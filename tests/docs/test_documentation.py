"""The documentation is complete, current, and names only what exists."""

from __future__ import annotations

import importlib
import inspect
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import typer

from calico_core.exits import ExitCode
from calico_migrate.cli import COMMANDS, application
from calico_migrate.documentation import help as help_pages
from calico_migrate.documentation.pages import pages
from calico_migrate.documentation.tables import tables
from calico_migrate.rule_index import all_rules
from tests.support.breaking import targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.rules import Rule

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
RULES = all_rules()
TESTS = {target.module: target.tests for target in targets()}
PAGES = pages()


class Described(NamedTuple):
    """A command: its words, the names of its options (each option's names together), and its own help."""

    words: tuple[str, ...]
    options: list[tuple[str, ...]]
    help: str

    @property
    def names(self) -> set[str]:
        return {name for names in self.options for name in names}


def commands() -> Iterator[Described]:
    """Every command, read from the Typer application."""

    def walk(command: Any, words: tuple[str, ...]) -> Iterator[Described]:
        options = [
            (*parameter.opts, *parameter.secondary_opts)
            for parameter in command.params
            if parameter.param_type_name == "option" and not parameter.hidden
        ]
        yield Described(words, options, command.help or "")
        for name, inner in getattr(command, "commands", {}).items():
            yield from walk(inner, (*words, name))

    return walk(typer.main.get_command(application()), ())


ALL = {each.words: each for each in commands()}


# Generated pages


@pytest.mark.parametrize("name", sorted(PAGES))
def test_generated_pages_are_current(name: str) -> None:
    path = DOCS / name
    assert path.exists(), "run `scripts/docs`"
    assert path.read_text(encoding="utf-8") == PAGES[name], "run `scripts/docs`"


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    assert {f"rules/{path.name}" for path in (DOCS / "rules").glob("*.md")} == {
        name for name in PAGES if name.startswith("rules/")
    }


def test_writing_them(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "gone.md").write_text("old")
    subprocess.run([sys.executable, "-m", "calico_migrate.documentation", str(tmp_path)], check=True)
    assert (tmp_path / help_pages.NAME).exists()
    (tmp_path / help_pages.NAME).unlink()
    written = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*.md")}
    assert written == PAGES


@pytest.mark.parametrize("name", sorted(tables()))
def test_generated_tables_are_current(name: str) -> None:
    path = importlib.import_module(name).__file__
    assert path is not None
    assert Path(path).read_text(encoding="utf-8") == tables()[name], "run `scripts/docs`"


def test_every_exit_code_is_explained() -> None:
    for code in ExitCode:
        assert f"\n| {int(code)} | " in PAGES["exit-codes.md"]


# Help


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    return help_pages.texts()


def test_the_page_of_help_is_what_is_printed() -> None:
    text = (DOCS / help_pages.NAME).read_text(encoding="utf-8")
    if not help_pages.is_of_these_versions(text):
        # CI has the newest versions; there the page must be of these.
        assert "NEWEST" not in os.environ, "run `scripts/docs`"
        pytest.skip("docs/help.md was printed with other versions of Typer or Rich")
    assert text == help_pages.page(), "run `scripts/docs`"


def test_help_names_every_option_and_example(printed: dict[str, str]) -> None:
    assert set(printed) == {" ".join(words) for words in ALL}
    for command in ALL.values():
        text = printed[" ".join(command.words)]
        for names in command.options:
            assert any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) for name in names), names
        flat = re.sub(r"\s+", " ", text)
        for example in re.findall(r"^    (\S.*(?:\n        .*)*)", command.help, re.MULTILINE):
            # What Rich would take for markup is escaped in the docstring.
            assert re.sub(r"\s+", " ", example.replace("\\[", "[")) in flat, example


# Rules


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_a_rule_is_documented(rule: Rule) -> None:
    text = rule.documentation
    title, blank, body = text.split("\n", 2)
    assert title.endswith(".")
    assert blank == ""
    assert re.search(r"^Example:\s*\S", body, re.MULTILINE), "an example is missing"
    assert not re.search(r"^Example:", body.split("\n\n")[-1]), "the page ends by saying what to do"
    assert re.search(r"[\w)]", rule.source)
    assert not re.search(r"\b(TODO|FIXME|XXX)\b|!$", text)
    assert "\n```" not in text


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_a_rule_has_its_test_file(rule: Rule) -> None:
    path = TESTS[rule.module]
    assert path.exists(), f"{rule.id} has no tests at {path.relative_to(ROOT)}"


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_a_rule_speaks_the_protocol(rule: Rule) -> None:
    module = sys.modules[rule.module]
    assert not hasattr(module, "annotations"), "what a rule looks at is read at run time"
    check = getattr(module, "check", None)
    if check is not None:
        signature = inspect.signature(check)
        (subject,) = signature.parameters.values()
        looks_at = getattr(subject.annotation, "__args__", (subject.annotation,))
        assert all(isinstance(each, type) for each in looks_at)
        assert signature.return_annotation is module.Findings


@pytest.mark.parametrize("name", sorted(PAGES))
def test_fences_are_closed(name: str) -> None:
    assert PAGES[name].count("```") % 2 == 0
    assert not re.search(r"^(?!    ).*``[^`]", re.sub(r"```.*?```", "", PAGES[name], flags=re.DOTALL))


# Commands


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_command_has_its_page(name: str) -> None:
    text = (DOCS / "commands" / f"{name}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# `calico-migrate {name}`\n")


@pytest.mark.parametrize(
    "command", [each for each in ALL.values() if each.words], ids=lambda each: " ".join(each.words)
)
def test_a_page_names_each_option_of_its_command(command: Described) -> None:
    text = (DOCS / "commands" / f"{command.words[0]}.md").read_text(encoding="utf-8")
    missing = [
        names
        for names in command.options
        if not any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) for name in names)
        and "--help" not in names
    ]
    assert missing == []


def shell_lines() -> Iterator[tuple[str, str]]:
    """The commands in fenced shell blocks, a continued one as one line; with the file they stand in."""
    for path in [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]:
        text = path.read_text(encoding="utf-8")
        for kind, block in re.findall(
            r"^```(sh|shell|bash|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL
        ):
            for line in block.replace("\\\n", " ").splitlines():
                typed = line.removeprefix("$ ").strip()
                if kind != "console" or line.startswith("$ "):
                    for part in re.split(r"&&|\|\||;|\|", typed):
                        yield path.relative_to(ROOT).as_posix(), part.strip()


CALLS = sorted(
    {(path, line) for path, line in shell_lines() if re.match(r"(\S*/)?calico-migrate( |$)", line)}
)


def test_there_are_examples() -> None:
    assert len(CALLS) > 20


@pytest.mark.parametrize("path,line", CALLS)
def test_examples_name_commands_and_options_that_exist(path: str, line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    called: tuple[str, ...] = ()
    while words and (*called, words[0]) in ALL:
        called = (*called, words.pop(0))
    if not called:
        assert not words or words[0].startswith("-"), f"{path}: there is no command {words[0]}"
    known = ALL[called].names | {"--version", "--help", "-h"}
    for word in words:
        if word == "--":
            break
        if re.match(r"--?[a-zA-Z]", word):
            assert word.split("=")[0] in known, f"{path}: `calico-migrate {' '.join(called)}` has no {word}"


@pytest.mark.parametrize(
    "path",
    [ROOT / "README.md", *sorted(DOCS.glob("*.md")), *sorted(DOCS.glob("commands/*.md"))],
    ids=lambda path: path.name,
)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


@pytest.mark.parametrize("name", sorted(path.name for path in DOCS.glob("commands/*.md")))
def test_rules_that_pages_name_exist(name: str) -> None:
    text = (DOCS / "commands" / name).read_text(encoding="utf-8")
    for shown in re.findall(r"calico-migrate explain ([a-z0-9-]+-[a-z0-9-]+)$", text, re.MULTILINE):
        assert shown in RULES or shown == "docker-hostport", shown


# The pages of `marathon` and `explain`: what they show is what is printed


@pytest.mark.parametrize("name", ["marathon", "explain"])
def test_the_examples_print_what_the_page_says(name: str, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "calico-migrate"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m calico_migrate "$@"\n')
    program.chmod(0o755)
    text = (DOCS / "commands" / f"{name}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        script, expected = [], []
        heredoc = False
        for line in block.splitlines():
            if line.startswith("$ ") or heredoc:
                script.append(line.removeprefix("$ "))
                heredoc = ("<< 'END'" in line) if not heredoc else line != "END"
            else:
                expected.append(line)
        done = subprocess.run(
            ["sh"],
            input="\n".join(script),
            cwd=tmp_path,
            env={"PATH": f"{program.parent}:/usr/bin:/bin"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.stdout.splitlines()[: len(expected)] == expected


# The page of the architecture


def modules() -> set[str]:
    """Every module and folder of the project, by its dotted name; those of `calico_migrate` without it too."""
    found = set()
    for source in ("migrate", "config", "templates"):
        for path in (ROOT / source).rglob("*.py"):
            parts = path.relative_to(ROOT / source).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found |= {name, name.removeprefix("calico_migrate.")}
    return found


def test_the_rooms_of_the_architecture_exist() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    known = modules()
    journeys = text.partition("## Five journeys")[2].partition("## What holds")[0]
    named = set(re.findall(r"`([a-z_]+(?:\.[a-z_]+)+)`", journeys)) - {"config.yaml", "svc.yml"}
    assert named
    assert named - known == set()


def test_every_room_is_on_the_page() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    rooms = text.partition("## Rooms")[2].partition("## Five journeys")[0]
    named = set(re.findall(r"`([a-z_.]+)`", rooms))
    for name in sorted(modules()):
        room = name.removeprefix("calico_migrate.").split(".")[0]
        if room not in ("calico_migrate", "calico_templates", "rule_index", "network_map", "placeholders"):
            assert room in named or room.startswith("_"), room
