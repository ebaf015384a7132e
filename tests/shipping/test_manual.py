"""The manual page."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from shipping.manual import page
from tests.shipping.test_zipapp import commands

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("mandoc"):
        pytest.skip("mandoc is not installed")
    file = tmp_path_factory.mktemp("manual") / "calico-migrate.1"
    file.write_text(page(), encoding="utf-8")
    return file


def test_it_is_clean(manual: Path) -> None:
    done = subprocess.run(["mandoc", "-Tlint", str(manual)], capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert done.returncode == 0


def test_it_has_every_command_with_its_options(manual: Path) -> None:
    import typer.main

    from calico_migrate.cli import application

    done = subprocess.run(
        ["mandoc", "-Tascii", "-Owidth=500", str(manual)], capture_output=True, text=True, check=True
    )
    text = subprocess.run(
        ["col", "-bx"], input=done.stdout, capture_output=True, text=True, check=True
    ).stdout
    tree = typer.main.get_command(application())
    for name in commands():
        command = tree
        for word in name:
            command = getattr(command, "commands")[word]  # noqa: B009
        assert f"calico-migrate {' '.join(name)} [option ...]" in text
        for parameter in command.params:
            if parameter.param_type_name == "option" and not getattr(parameter, "hidden", False):
                assert max(parameter.opts, key=len) in text
    assert "EXIT STATUS" in text
