"""Reading files, and finding them in directories."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core import sources
from calico_core.errors import InputError
from calico_migrate.rewriting.inputs import gather

if TYPE_CHECKING:
    from pathlib import Path


@given(st.text())
def test_decoding_keeps_everything(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    if not any("\ud800" <= char <= "\udfff" for char in text):
        assert sources.decode("a", data) == text
        assert sources.decode("a", data).encode() == data


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf{}\r\n", b"a\r\nb\rc\n", b""])
def test_byte_order_marks_and_line_ends_stay(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    source = sources.read(str(path))
    assert source.text.encode() == data
    assert source.fingerprint == sources.Fingerprint.of(path.stat())


@pytest.mark.parametrize(
    "data,line,column,words",
    [
        (b"ab\nc\xc3\xa9\xff", 2, 3, "byte 0xff"),
        (b"\xe9", 1, 1, "byte 0xe9"),
        ("{}".encode("utf-16"), 1, 1, "UTF-16"),
        (b"a\nb\xed\xa0\x80", 2, 2, "byte 0xed"),
        (b"ab\xe2\x82", 1, 3, "byte 0xe2"),
    ],
)
def test_what_is_not_utf_8(data: bytes, line: int, column: int, words: str) -> None:
    with pytest.raises(InputError, match="is not UTF-8") as caught:
        sources.decode("a.json", data)
    assert (caught.value.path, caught.value.line, caught.value.column) == ("a.json", line, column)
    assert words in caught.value.message


def test_standard_input_and_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xc3\xa9\r\n")))
    assert sources.read("-") == sources.Source("-", "é\r\n", None)
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert sources.read(str(path), limit=5).text == "12345"
    with pytest.raises(InputError, match="larger than 4 bytes"):
        sources.read(str(path), limit=4)


def test_what_cannot_be_read(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none", "no such file"), (tmp_path, "is a directory")):
        with pytest.raises(InputError, match=words) as caught:
            sources.read(str(path))
        assert caught.value.path == str(path)


class TestWalk:
    """The files of a directory."""

    @pytest.fixture
    def tree(self, tmp_path: Path) -> Path:
        top = tmp_path / "tree"
        for name in (
            "b.json",
            "a.json",
            "inner/c.json",
            ".hidden/d.json",
            "inner/.git/e.json",
            ".f.json",
            "g.txt",
        ):
            path = top / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("{}")
        return top

    def found(self, top: Path, errors: list[InputError] | None = None) -> list[str]:
        def fail(error: InputError) -> None:
            assert errors is not None, error
            errors.append(error)

        entries = list(sources.walk(str(top), lambda name: name.endswith(".json"), onerror=fail))
        assert all(entry.path == os.path.join(top, entry.below) for entry in entries)
        return [entry.below for entry in entries]

    def test_sorted_without_hidden_directories(self, tree: Path) -> None:
        assert self.found(tree) == [".f.json", "a.json", "b.json", "inner/c.json"]

    def test_links(self, tree: Path, tmp_path: Path) -> None:
        outside = tmp_path / "outside.json"
        outside.write_text("{}")
        (tree / "away.json").symlink_to(outside)
        (tree / "again.json").symlink_to("a.json")
        (tree / "dangling.json").symlink_to("nowhere.json")
        (tree / "loop.json").symlink_to("loop.json")
        (tree / "folder").symlink_to("inner")
        (tree / "folder.json").symlink_to("inner")
        (tree / "up").symlink_to("..")
        # Only by these names are these two seen.
        (tree / "shown.json").symlink_to("g.txt")
        (tree / "shown-too.json").symlink_to(".hidden/d.json")
        assert self.found(tree) == [
            ".f.json", "a.json", "b.json", "shown-too.json", "shown.json", "inner/c.json",
        ]  # fmt: skip

    def test_a_top_that_is_a_link_or_hidden(self, tree: Path, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(tree)
        assert len(self.found(tmp_path / "link")) == 4
        assert self.found(tree / ".hidden") == ["d.json"]

    def test_what_is_no_regular_file(self, tree: Path) -> None:
        os.mkfifo(tree / "pipe.json")
        (tree / "directory.json").mkdir()
        (tree / "to-pipe.json").symlink_to("pipe.json")
        assert len(self.found(tree)) == 4

    def test_a_directory_that_cannot_be_listed(self, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = os.scandir

        def scandir(path: str):  # type: ignore[no-untyped-def]
            if str(path).endswith("inner"):
                raise PermissionError(13, "Permission denied", path)
            return real(path)

        monkeypatch.setattr(os, "scandir", scandir)
        errors: list[InputError] = []
        assert self.found(tree, errors) == [".f.json", "a.json", "b.json"]
        (error,) = errors
        assert error.path == str(tree / "inner")
        assert error.message == "cannot be listed: permission denied"

    def test_names_that_are_no_utf_8(self, tree: Path) -> None:
        (tree / os.fsdecode(b"\xff.json")).write_text("{}")
        assert os.fsdecode(b"\xff.json") in self.found(tree)


@pytest.mark.parametrize("path", ["a\x00b", "a\ud800b"])
def test_a_name_that_no_file_can_have(path: str) -> None:
    with pytest.raises(InputError, match="no file can have this name"):
        sources.read(path)
    (failure,) = gather([path], lambda name: True).failures
    assert failure.error is not None
