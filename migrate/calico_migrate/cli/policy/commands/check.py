"""``calico-migrate policy check``: validates Calico resources."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from typing import Annotated

import typer

from calico_migrate.cli.policy.options import AppsOption
from calico_migrate.cli.reporting import ReportOptions, reporting
from calico_migrate.cli.site_files import GivenSite, described


@reporting
@described
def check(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, directories (their *.yaml, *.yml, *.json), or -."),
    ],
    apps: AppsOption = None,
    *,
    site: GivenSite,
    report: ReportOptions,
) -> None:
    """Validate Calico resources, and find what is valid but does not work on DC/OS.

        calico-migrate policy check policies/ --apps services/

    What Calico 3.14 itself would refuse has a rule that begins with invalid-. With --apps it also says
    which selectors select nothing, and which servers are reached in ways that labels do not see.

    Exit codes: 0 no finding from --fail-on on; 1 there is one; 2 wrong usage; 3 an input could not be read.
    """
    from calico_migrate.cli.policy import check as policy_check

    site.require_one_standard_input(PATH=paths, apps=apps)
    raise typer.Exit(policy_check.run(paths, apps or (), site.files, report))
