"""What ``config suggest`` prints and writes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import InputError
from calico_core.exits import ExitCode
from calico_core.words import flat
from calico_migrate.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_config.document.document import ConfigDocument
    from calico_config.facts.facts import Facts
    from calico_config.options import Options
    from calico_config.suggestion import Suggestion
    from calico_core.spans import Edit
    from calico_migrate.cli.manner import Manner


class Answering(NamedTuple):
    """How the answer is given: into the file, as a diff (without secrets), as JSON."""

    write: bool
    diff: bool
    redact: bool
    as_json: bool
    manner: Manner


def run(path: str | None, site: Options, answer: Answering) -> ExitCode:
    """Suggests, and writes where asked to. Raises InputError and OutputError; nothing is written then."""
    from calico_config.facts.facts import Facts
    from calico_config.suggestion import suggest
    from calico_migrate.site import config_of, read_config_bytes

    if path is not None and answer.write and os.path.exists(path) and not os.path.isfile(path):
        raise InputError("is no regular file, and --write changes files", path=path)
    data, fingerprint = read_config_bytes(path) if path is not None else (b"{}", None)
    notes: list[str] = []
    document = config_of(data, path or "", notes)
    terminal.show_notes(notes, quiet=answer.manner.quiet)
    facts = Facts(document, site)
    suggestion = suggest(facts)
    edits: Sequence[Edit] = ()
    if (answer.write or answer.diff) and suggestion.found:
        edits = _planned(document, suggestion, path or "")
    if answer.diff:
        from calico_core.diffs import unified_diff

        text = unified_diff(path or "-", document.text, edits)
        if answer.redact:
            from calico_core.secrets import blotted_diff

            text = blotted_diff(text, document.text)
        terminal.write_exact(text)
    elif answer.as_json:
        from calico_core.json.printing import printed

        terminal.write(printed(_as_json(suggestion), 2) + "\n")
    elif answer.manner.quiet:
        terminal.write("".join(f"{name}: {value}\n" for name, value in suggestion.parameters.items()))
    else:
        paint = terminal.Paint(answer.manner.color)
        lines = (
            paint(line, "bold") if line.partition(":")[0] in suggestion.parameters else line
            for line in _lines(facts, suggestion)
        )
        paint.write("".join(f"{line}\n" for line in lines))
    if answer.write and edits and path is not None:
        from calico_core.spans import apply
        from calico_core.writing import replace

        replace(path, apply(document.text, edits).encode(document.encoding), expected=fingerprint)
    return ExitCode.DONE if suggestion.found else ExitCode.FOUND


def _planned(document: ConfigDocument, suggestion: Suggestion, path: str) -> Sequence[Edit]:
    from calico_config.document.writing import plan

    try:
        return plan(document, suggestion.parameters)
    except InputError as error:
        raise InputError(error.message, path=path, line=error.line, column=error.column) from error


def _lines(facts: Facts, suggestion: Suggestion) -> Iterator[str]:
    needed = suggestion.need
    tasks = f" and {needed.tasks:,} tasks, twice that during a deployment," if needed.tasks else ""
    sized = f"/{suggestion.least_prefix}" if suggestion.least_prefix is not None else "more than IPv4 has"
    yield (
        f"{needed.nodes:,} nodes{tasks} need {needed.blocks:,} blocks of 64 addresses;"
        f" four times that is {sized}."
    )
    yield ""
    if suggestion.kept is not None:
        yield f"The cluster keeps its pool, {suggestion.kept}: calico_network_cidr has no effect any more."
        if suggestion.best is not None:
            yield f"For another pool: {suggestion.best}, {suggestion.best.reason}."
    elif suggestion.sound is not None:
        yield f"calico_network_cidr: {suggestion.sound}"
        yield "    as the file has it; nothing speaks against it"
    elif suggestion.best is not None:
        yield f"calico_network_cidr: {suggestion.best}"
        yield f"    {suggestion.best.reason}"
        if suggestion.replaced is not None:
            yield f"    replaces {flat(suggestion.replaced, 60)}, because:"
            yield from (f"        {reason}" for reason in suggestion.wrong)
    else:
        yield "No network of this size is free:"
        for occupied in suggestion.occupied:
            from calico_core.words import listed

            owners = listed(occupied.owners, 6) if occupied.owners else "it is too small"
            yield f"    {occupied.space}: {owners}"
    for name, value in suggestion.parameters.items():
        if name != "calico_network_cidr":
            yield f"{name}: {value}"
    if suggestion.mtu is not None and any(name.endswith("_mtu") for name in suggestion.parameters):
        yield f"    {suggestion.mtu.reason}; Calico wants the same MTU at tunnel and containers"
    elif suggestion.mtu is None and suggestion.best is not None:
        yield "    no MTU fits: the installer wants at least 552, and the link has no room for that"
    if suggestion.remaining:
        yield ""
        yield "What stays wrong, which no suggestion here changes:"
        yield from (f"    {told}" for told in suggestion.remaining)
    if suggestion.alternatives and suggestion.kept is None and suggestion.sound is None:
        yield ""
        yield "Alternatives:"
        for candidate in suggestion.alternatives:
            yield f"    {candidate}: {candidate.reason}"
    if facts.options.agents or facts.options.reserved:
        return
    yield ""
    yield "Name what this file cannot know with --reserved CIDR=NAME and --agents FILE."


def _as_json(suggestion: Suggestion) -> dict[str, object]:
    return {
        "version": 1,
        "parameters": suggestion.parameters,
        "kept": suggestion.kept,
        "sound": suggestion.sound,
        "replaced": suggestion.replaced,
        "wrong": list(suggestion.wrong),
        "remaining": list(suggestion.remaining),
        "need": suggestion.need._asdict(),
        "least_prefix": suggestion.least_prefix,
        "network": _candidate(suggestion.best),
        "alternatives": [_candidate(candidate) for candidate in suggestion.alternatives],
        "mtu": suggestion.mtu._asdict() if suggestion.mtu is not None else None,
        "occupied": [
            {"space": str(entry.space), "owners": list(entry.owners)} for entry in suggestion.occupied
        ],
    }


def _candidate(candidate: object) -> dict[str, str] | None:
    from calico_config.suggestion import Candidate

    if not isinstance(candidate, Candidate):
        return None
    return {"cidr": str(candidate), "reason": candidate.reason}
