"""Unified diffs from edits, applied by the programs that they are for."""

from __future__ import annotations

import difflib
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calico_core.diffs import unified_diff
from calico_core.spans import Edit, apply

if TYPE_CHECKING:
    from pathlib import Path

_lines = st.sampled_from(["a", "b", "", "c d", "\r", "é\t", "-x", "+y", "@@ z", "\\ n"])


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text of LF or CRLF lines, with or without a final newline, and edits of every kind."""
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = newline.join(draw(st.lists(_lines, max_size=25))) + draw(st.sampled_from(["", newline]))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        new = draw(st.sampled_from(["", "x", "\n", "p\nq", "p\nq\n", "\nz", text[start:end]]))
        edits.append(Edit(start, end, new, "rule", "", None, None))
    return text, edits


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("diffs")
    subprocess.run(["git", "init", "-q", "."], cwd=path, check=True)
    return path


def plainly_applied(text: str, diff: str) -> str:
    """Applies a unified diff as its definition says, checking every line and every count."""
    old = re.findall(r"[^\n]*\n|[^\n]+\Z", text)
    body = re.findall(r"[^\n]*\n", diff)[2:]
    new: list[str] = []
    done = index = 0
    while index < len(body):
        head = re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n", body[index])
        assert head
        old_start, old_count, new_start, new_count = (1 if n is None else int(n) for n in head.groups())
        start = old_start - 1 if old_count else old_start
        assert start >= done
        new += old[done:start]
        assert len(new) == (new_start - 1 if new_count else new_start)
        done, index, before = start, index + 1, len(new)
        while index < len(body) and (done - start < old_count or len(new) - before < new_count):
            mark, line = body[index][0], body[index][1:]
            index += 1
            if index < len(body) and body[index] == "\\ No newline at end of file\n":
                line = line[:-1]
                index += 1
            if mark in " -":
                assert old[done] == line
                done += 1
            if mark in " +":
                new.append(line)
        assert (done - start, len(new) - before) == (old_count, new_count)
    new += old[done:]
    assert all(line.endswith("\n") for line in new[:-1])
    return "".join(new)


@given(edited())
def test_gives_the_edited_text(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    after = apply(text, edits)
    diff = unified_diff("a.json", text, edits)
    assert plainly_applied(text, diff) == after
    if all(text[each.start : each.end] == each.replacement for each in edits):
        assert diff == ""


@given(edited())
def test_gives_what_difflib_gives(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    after = apply(text, edits)
    split = [re.findall(r"[^\n]*\n|[^\n]+\Z", each) for each in (text, after)]
    lines = difflib.unified_diff(split[0], split[1], "a", "b")
    compared = "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
    assert plainly_applied(text, unified_diff("a", text, edits)) == plainly_applied(text, compared)


@settings(max_examples=60)
@given(edited())
def test_git_and_patch_apply_it(folder: Path, case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    after = apply(text, edits).encode()
    diff = unified_diff("a.json", text, edits).encode()
    path = folder / "a.json"
    # Both programs delete a file that becomes empty, and create one that was.
    if not diff or not text or not after:
        return
    for command in (["git", "apply", "-"], ["patch", "--binary", "-s", "-p1"]):
        path.write_bytes(text.encode())
        done = subprocess.run(command, cwd=folder, input=diff, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert path.read_bytes() == after, command


@pytest.mark.parametrize(
    "edits,lines",
    [([(0, 2, "x")], ["-a", "-b", "+xb"]), ([(0, 0, "x"), (0, 2, "")], ["-a", "-b", "+xb"]), ([(0, 2, "x\n")], ["-a", "+x"])],
    ids=["end-of-line-taken", "and-something-before", "whole-line"],
)  # fmt: skip
def test_lines_that_are_joined(edits: list[tuple[int, int, str]], lines: list[str]) -> None:
    diff = unified_diff("a", "a\nb\nc\n", [Edit(*each, "rule", "", None, None) for each in edits])
    assert [line for line in diff.splitlines()[2:] if line[0] in "+-"] == lines


def test_hunks_have_three_lines_of_context() -> None:
    text = "".join(f"{number}\n" for number in range(1, 21))
    offset = text.index("10\n")
    diff = unified_diff("./dir/a.json", text, [Edit(offset, offset + 2, "ten", "rule", "", None, None)])
    assert diff == (
        "--- a/dir/a.json\n+++ b/dir/a.json\n@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n"
    )


@pytest.mark.parametrize("apart,hunks", [(6, 1), (7, 2)])
def test_near_changes_share_a_hunk(apart: int, hunks: int) -> None:
    text = "x\n" * 40
    edits = [Edit(20 + 2 * n, 21 + 2 * n, "y", "rule", "", None, None) for n in (0, apart + 1)]
    assert unified_diff("a", text, edits).count("@@ -") == hunks


@pytest.mark.parametrize(
    "path,name",
    [
        ("-", "a/stdin"),
        ("/tmp/a.json", "a/tmp/a.json"),
        ("././a.json", "a/a.json"),
        ("a b.json", "a/a b.json\t"),
        ('a"b.json', '"a/a\\"b.json"'),
        ("a\nb.json", '"a/a\\nb.json"'),
        ("a\x01b.json", '"a/a\\001b.json"'),
        ("a\\b.json", '"a/a\\\\b.json"'),
        ("a\udcff\x9bb.json", '"a/a\\377\\302\\233b.json"'),
    ],
)
def test_names_that_programs_read_back(path: str, name: str) -> None:
    diff = unified_diff(path, "a\n", [Edit(0, 1, "b", "rule", "", None, None)])
    assert diff.split("\n")[0] == f"--- {name}"


@pytest.mark.parametrize(
    "name", ["a b.json", 'q"uote.json', "tab\tbed.json", "back\\slash.json", "ünïcode.json", "no\udcff.json"]
)
def test_odd_names_apply_with_git(name: str, folder: Path) -> None:
    path = folder / name
    path.write_bytes(b"a\nb\n")
    diff = unified_diff(name, "a\nb\n", [Edit(0, 1, "x", "rule", "", None, None)]).encode()
    subprocess.run(["git", "apply", "-"], cwd=folder, input=diff, check=True)
    assert path.read_bytes() == b"x\nb\n"


def test_ten_thousand_edits_in_a_long_text_take_no_time() -> None:
    text = '"name": "dcos",\n' * 100_000
    edits = [Edit(160 * n + 8, 160 * n + 14, '"calico"', "rule", "", None, None) for n in range(10_000)]
    assert unified_diff("a", text, edits).count("\n+") == 10_001


@pytest.mark.parametrize("new", ["", "x\n", "x\ny\n", "x"], ids=["removed", "changed", "doubled", "joined"])
def test_a_line_with_three_on_both_sides(new: str) -> None:
    text = "1\n2\n3\nold\n5\n6\n7\n"
    edits = [Edit(6, 10, new, "rule", "", None, None)]
    assert plainly_applied(text, unified_diff("a", text, edits)) == apply(text, edits)
