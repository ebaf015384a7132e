"""``calico-migrate policy scaffold``: a first draft of policies for apps."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
import os
from enum import Enum
from typing import Annotated

import typer

from calico_core.json.printing import printed
from calico_core.legible import encoded
from calico_migrate.cli.manner import Manner, mannered
from calico_migrate.cli.options import ConfigOption, PoolsOption, named
from calico_migrate.cli.policy.options import APPS, Known
from calico_migrate.cli.terminal import show_notes, write


class DraftFormat(str, Enum):
    """How a draft is written: as resources, or as the labels that it needs."""

    TEXT = "text"
    JSONPATCH = "jsonpatch"


@mannered
def scaffold(
    apps: Annotated[list[str], APPS],
    egress: Annotated[
        bool, typer.Option("--egress", help="Deny egress too, but for DNS, virtual addresses and Calico.")
    ] = False,
    output_dir: Annotated[
        str | None,
        typer.Option(
            "--output-dir",
            "-o",
            metavar="DIR",
            callback=named,
            help="Write policies.yaml and labels.jsonpatch into it.",
        ),
    ] = None,
    config: ConfigOption = None,
    pools: PoolsOption = None,
    format: Annotated[  # noqa: A002
        DraftFormat,
        typer.Option("--format", help="The draft, or a patch with its labels.", rich_help_panel="Report"),
    ] = DraftFormat.TEXT,
    *,
    manner: Manner,
) -> None:
    """Draft policies for apps: ingress denied by default, each declared port allowed.

        calico-migrate policy scaffold --apps services/ > policies.yaml

        calico-migrate policy scaffold --apps app.json --format jsonpatch > labels.jsonpatch

    An app is found by a label that no other app has. Where it has none, the draft counts on a label that
    the patch adds, in the place where the app's runtime reads it.

    Exit codes: 0 done; 2 wrong usage; 3 an input could not be read; 5 an output could not be written.
    """
    from calico_migrate.cli.policy.answers import Inputs, load
    from calico_migrate.policy.scaffold import draft
    from calico_migrate.site import SiteFiles, require_one_standard_input

    require_one_standard_input(apps=apps, config=config, pools=pools)
    inputs = Inputs(Known(apps), SiteFiles(config, pools))
    model, unread = load(inputs, quiet=manner.quiet)
    found = draft(model, egress=egress)
    show_notes(found.notes, quiet=manner.quiet)
    single = len(apps) == 1 and not os.path.isdir(apps[0])
    patch = next(iter(found.patches.values()), []) if single else found.patches
    _write(
        {"policies.yaml": found.policies, "labels.jsonpatch": printed(patch, 2) + "\n"}, output_dir, format
    )
    raise typer.Exit(unread)


def _write(files: dict[str, str], directory: str | None, format_: DraftFormat) -> None:
    """Writes the files into the directory; without one, that which is asked for to standard output."""
    if directory is None:
        write(files["labels.jsonpatch" if format_ is DraftFormat.JSONPATCH else "policies.yaml"])
        return
    from calico_core import writing

    for name, text in files.items():
        writing.create(os.path.join(directory, name), encoded(text), inside=directory)
