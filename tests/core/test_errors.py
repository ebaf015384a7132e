"""What errors say of their place."""

from __future__ import annotations

from calico_core.errors import InputError


def test_an_error_is_one_line_whatever_the_path_is() -> None:
    error = InputError("cannot be read", path="a\n\x1b[31mb\udcff.json", line=3, column=4)
    assert str(error) == r"a\x0a\x1b[31mb\udcff.json:3:4: cannot be read"
    assert error.path == "a\n\x1b[31mb\udcff.json"
    assert str(InputError("it is empty")) == "it is empty"
