"""The options of a report, which every command that has findings takes, declared once."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
import inspect
from collections.abc import Callable
from typing import Annotated, Any, get_type_hints

import typer

from calico_core.report import Report
from calico_migrate.cli.options import (
    Color,
    ColorOption,
    FailOn,
    Format,
    FormatOption,
    IgnoreOption,
    QuietOption,
    ReportFormat,
    ReportFormatOption,
    known_rules,
)
from calico_migrate.configuration.run import Configured
from calico_migrate.network_map import NetworkMap

_PANEL = "Configuration"


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


_PARAMETERS = dict(inspect.signature(_report).parameters)
_WITHOUT_PATCHES = {
    **_PARAMETERS,
    "format": _PARAMETERS["format"].replace(annotation=ReportFormatOption, default=ReportFormat.TEXT),
}


def reporting(command: Callable[..., None]) -> Callable[..., None]:
    """A command with the options of a report, in the place of its parameter ``report``."""
    return _with(command, _WITHOUT_PATCHES)


def rewriting(command: Callable[..., None]) -> Callable[..., None]:
    """The same for a command that rewrites, whose report may be a patch."""
    return _with(command, _PARAMETERS)


def _with(command: Callable[..., None], options: dict[str, inspect.Parameter]) -> Callable[..., None]:
    signature = inspect.signature(command)
    hints = get_type_hints(command, include_extras=True)
    parameters: list[inspect.Parameter] = []
    for name, parameter in signature.parameters.items():
        if name == "report":
            parameters += options.values()
        else:
            parameters.append(parameter.replace(annotation=hints[name]))

    def called(**given: Any) -> None:
        report = _report(**{name: given.pop(name) for name in options})
        command(report=report, **given)

    called.__name__, called.__doc__, called.__module__ = command.__name__, command.__doc__, command.__module__
    called.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return called
