"""What ``config show`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.errors import InputError
from calico_core.exits import ExitCode
from calico_migrate.cli import output
from calico_migrate.cli.config.site import read_file

if TYPE_CHECKING:
    from calico_config.options import Options


def run(path: str, site: Options, *, as_json: bool) -> ExitCode:
    """Shows one file; raises InputError where it holds no settings."""
    from calico_config.document.reading import read_config
    from calico_config.facts.facts import Facts
    from calico_config.showing import effective

    document = read_config(read_file(path))
    if document.problem is not None:
        problem = document.problem
        raise InputError(problem.message, path=path, line=problem.line, column=problem.column)
    facts = Facts(document, site)
    if as_json:
        import json

        output.write(json.dumps(effective.as_json(facts, path), indent=2, ensure_ascii=False) + "\n")
    else:
        output.write("".join(line + "\n" for line in effective.as_lines(facts, path)))
    return ExitCode.DONE
