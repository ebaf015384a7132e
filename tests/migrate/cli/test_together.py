"""Options that go together, as a command sees them and as Typer does."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer
from typer.testing import CliRunner

from calico_migrate.cli.together import together


class Size(NamedTuple):
    """Two options."""

    width: Annotated[int, typer.Option("--width", help="How wide.")] = 1
    height: Annotated[int, typer.Option("--height", help="How high.")] = 2


def _colour(red: Annotated[bool, typer.Option("--red")] = False) -> str:
    return "red" if red else "grey"


@together("size", Size)
@together("colour", _colour)
def paint(
    name: str,
    *,
    size: Size,
    colour: str,
    twice: Annotated[bool, typer.Option("--twice")] = False,
) -> None:
    """Paint a thing."""
    typer.echo(f"{name} {size.width}x{size.height} {colour} {twice}")


def test_a_command_gets_one_value_and_the_options_stand_in_its_place() -> None:
    app = typer.Typer()
    app.command()(paint)
    runner = CliRunner()
    assert runner.invoke(app, ["door"]).output == "door 1x2 grey False\n"
    assert runner.invoke(app, ["--height", "7", "door", "--red", "--twice"]).output == "door 1x7 red True\n"
    shown = runner.invoke(app, ["--help"]).output
    assert "Paint a thing." in shown
    places = [shown.index(option) for option in ("--width", "--height", "--red", "--twice")]
    assert places == sorted(places)
