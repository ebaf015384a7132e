"""Options that several commands share, each declared once."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer


def named(value: str | None) -> str | None:
    """The name of an output; raises BadParameter for an empty one, which would be the working directory.

    A shell gives an empty one for a variable that is not set.
    """
    if value == "":
        raise typer.BadParameter("it is empty; name a file or a directory")
    return value


class AnswerFormat(str, Enum):
    """How an answer that is no report is written."""

    TEXT = "text"
    JSON = "json"


class Color(str, Enum):
    """When the output has colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


SITE = "Your site"
"""The panel of what is known of a cluster beside what a command works on."""

_REPORT = "Report"
_OUTPUT = "Output"

AnswerOption = Annotated[
    AnswerFormat,
    typer.Option("--format", help="How the answer is written.", rich_help_panel=_REPORT),
]


def rules_beginning_with(incomplete: str) -> list[str]:
    """What a shell offers where a rule is expected."""
    from calico_migrate.rule_index import all_rules

    return [name for name in all_rules() if name.startswith(incomplete)]


IgnoreOption = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="RULE",
        help="Leave out a rule's findings; repeatable.",
        autocompletion=rules_beginning_with,
        rich_help_panel=_REPORT,
    ),
]
QuietOption = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="Say nothing but errors.", rich_help_panel=_REPORT),
]
ColorOption = Annotated[
    Color,
    typer.Option("--color", help="Colour; auto also obeys NO_COLOR.", rich_help_panel=_REPORT),
]
CheckOption = Annotated[
    bool,
    typer.Option(
        "--check",
        help="Write nothing; a line per change and finding; exit with 1 when something would change.",
        rich_help_panel=_OUTPUT,
    ),
]
DiffOption = Annotated[
    bool,
    typer.Option("--diff", help="Write nothing; show unified diffs.", rich_help_panel=_OUTPUT),
]
RedactOption = Annotated[
    bool,
    typer.Option("--redact", help="Blot secrets out of the diffs.", rich_help_panel=_OUTPUT),
]
WriteOption = Annotated[
    bool,
    typer.Option("--write", "-w", help="Rewrite the files in place.", rich_help_panel=_OUTPUT),
]
OutputOption = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        callback=named,
        help="Write elsewhere: a file for one input, else a directory for the whole tree.",
        rich_help_panel=_OUTPUT,
    ),
]
ConfigOption = Annotated[
    str | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="The cluster's config.yaml, for its address ranges.",
        rich_help_panel=SITE,
    ),
]
PoolsOption = Annotated[
    str | None,
    typer.Option(
        "--pools",
        metavar="FILE",
        help="The cluster's IP pools: `calicoctl get ippool -o json|yaml`.",
        rich_help_panel=SITE,
    ),
]
AgentsOption = Annotated[
    str | None,
    typer.Option(
        "--agents",
        metavar="FILE",
        help="The agents: addresses line by line, `dcos node list --json`, or an Ansible inventory.",
        rich_help_panel=SITE,
    ),
]
MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="OLD=NEW",
        help="Which network becomes which; repeatable. Without it: dcos=calico.",
        show_default=False,
    ),
]
DefaultNetworkOption = Annotated[
    str | None,
    typer.Option(
        "--default-network",
        metavar="NAME",
        help="What a container network without a name stands for.  [default: dcos]",
        show_default=False,
    ),
]
SkipUnknownOption = Annotated[
    bool,
    typer.Option("--skip-unknown", help="Pass over named files that are no definition."),
]
