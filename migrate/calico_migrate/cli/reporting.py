"""The options of a report, which every command that has findings takes, declared once."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from collections.abc import Sequence
from enum import Enum
from typing import Annotated

import typer

from calico_core.findings import Severity
from calico_core.report import Report
from calico_migrate.cli.options import Color, ColorOption, IgnoreOption, QuietOption
from calico_migrate.cli.together import parameters, together
from calico_migrate.configuration.run import Configured
from calico_migrate.network_map import NetworkMap

_PANEL = "Configuration"


class Format(str, Enum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    JSONPATCH = "jsonpatch"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"
    CODECLIMATE = "codeclimate"


class ReportFormat(str, Enum):
    """How a report is written where nothing is rewritten."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"
    CODECLIMATE = "codeclimate"


class FailOn(str, Enum):
    """From which severity on a finding makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"

    @property
    def severity(self) -> Severity | None:
        """The severity, None for never."""
        return None if self is FailOn.NEVER else Severity(self.value)


FormatOption = Annotated[
    Format,
    typer.Option("--format", help="How the report is written.", rich_help_panel="Report"),
]
ReportFormatOption = Annotated[
    ReportFormat,
    typer.Option("--format", help="How the report is written.", rich_help_panel="Report"),
]
FailOnOption = Annotated[
    FailOn,
    typer.Option(
        "--fail-on", help="Exit with 1 for findings from this severity on.", rich_help_panel="Report"
    ),
]


def known_rules(names: Sequence[str]) -> frozenset[str]:
    """The ids of rules; raises UsageError with the nearest ones for a name that is none.

    A mistyped rule would otherwise be ignored in silence.
    """
    if names:
        from calico_core.errors import UsageError
        from calico_core.nearest import nearest_ones
        from calico_migrate.rule_index import all_rules

        rules = all_rules()
        for name in names:
            if name not in rules:
                near = " or ".join(nearest_ones(name, rules))
                hint = f"did you mean {near}?" if near else "`calico-migrate explain` lists the rules"
                raise UsageError(f"--ignore {name}: there is no such rule; {hint}")
    return frozenset(names)


class ReportOptions:
    """The options of the report, as one value; ``configured`` is what a configuration file says beside."""

    __slots__ = ("color", "configured", "fail_on", "format", "ignore", "quiet", "show_source", "statistics")

    def __init__(
        self,
        format: Format | ReportFormat,  # noqa: A002
        fail_on: FailOn | None,
        ignore: list[str] | None,
        quiet: bool,
        color: Color,
        statistics: bool = False,
        configured: Configured | None = None,
        show_source: bool = False,
    ) -> None:
        self.configured = configured or Configured(search=False)
        settings = self.configured.configuration
        self.format = Format(format.value)
        self.fail_on = fail_on or FailOn((settings and settings.fail_on) or FailOn.ERROR)
        self.ignore = known_rules([*(ignore or ()), *(settings.ignore if settings else ())])
        self.quiet = quiet
        self.color = color
        self.statistics = statistics
        self.show_source = show_source

    @property
    def needs_places(self) -> bool:
        """Whether it must be known where edits stand, and not only how many there are."""
        return self.format is not Format.TEXT or self.configured.needs_places

    @property
    def errors_only(self) -> bool:
        """Whether nobody hears of findings that are no errors: by no line, and by no exit code."""
        return self.quiet and not self.needs_places and self.fail_on in (FailOn.ERROR, FailOn.NEVER)

    def networks(self, pairs: list[str] | None, default: str | None = None) -> NetworkMap:
        """The map of networks: of the command line, else of the configuration, else ``dcos=calico``."""
        settings = self.configured.configuration
        if settings is not None:
            pairs = pairs or list(settings.map)
            default = default or settings.default_network
        return NetworkMap.parse(pairs or (), default or "dcos")

    def settled(self, report: Report) -> Report:
        """A report without what is ignored or settled."""
        return self.configured.report(report.without(self.ignore))


def _report(
    format: FormatOption = Format.TEXT,  # noqa: A002
    fail_on: Annotated[
        FailOn | None,
        typer.Option(
            "--fail-on",
            help="Exit with 1 for findings from this severity on.  [default: error]",
            show_default=False,
            rich_help_panel="Report",
        ),
    ] = None,
    ignore: IgnoreOption = None,
    statistics: Annotated[
        bool,
        typer.Option("--statistics", help="Count findings and changes by rule.", rich_help_panel="Report"),
    ] = False,
    show_source: Annotated[
        bool,
        typer.Option(
            "--show-source",
            help="On a terminal, show the line that each finding speaks of.",
            rich_help_panel="Report",
        ),
    ] = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.AUTO,
    config_file: Annotated[
        str | None,
        typer.Option(
            "--config-file",
            metavar="FILE",
            help="The project's settings, instead of the nearest .calico-migrate.toml.",
            rich_help_panel=_PANEL,
        ),
    ] = None,
    no_config: Annotated[
        bool, typer.Option("--no-config", help="Read no settings.", rich_help_panel=_PANEL)
    ] = False,
    write_baseline: Annotated[
        str | None,
        typer.Option(
            "--write-baseline",
            metavar="FILE",
            help="Write down what there is, so that only what comes later is reported.",
            rich_help_panel=_PANEL,
        ),
    ] = None,
) -> ReportOptions:
    configured = Configured(config_file, search=not no_config, write_baseline=write_baseline)
    return ReportOptions(format, fail_on, ignore, quiet, color, statistics, configured, show_source)


_OPTIONS = parameters(_report)
_WITHOUT_PATCHES = {
    **_OPTIONS,
    "format": _OPTIONS["format"].replace(annotation=ReportFormatOption, default=ReportFormat.TEXT),
}

reporting = together("report", _report, _WITHOUT_PATCHES)
"""A command with the options of a report, in the place of its parameter ``report``."""

rewriting = together("report", _report, _OPTIONS)
"""The same for a command that rewrites, whose report may be a patch."""
