"""The results of ``policy test`` as text, JSON or JUnit's XML."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from calico_migrate.cli.terminal import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.cli.options import Color
    from calico_migrate.policy.answering.expectations import Result


class TestFormat(str, Enum):
    """How test results are written."""

    # pytest would take the class for a group of tests.
    __test__ = False

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


def show(path: str, results: Sequence[Result], format: TestFormat, *, quiet: bool, color: Color) -> None:  # noqa: A002
    """Writes the results to standard output."""
    if format is TestFormat.JSON:
        from calico_core.json.printing import printed

        write(printed(_report(path, results), 2) + "\n")
    elif format is TestFormat.JUNIT:
        from calico_core.formats import junit

        cases = [
            junit.Case(
                result.expectation.name,
                failure="" if result.met or result.error else _reason(result),
                error=result.error,
                details="\n".join([_place(path, result), *_why(result)]),
                seconds=result.seconds,
            )
            for result in results
        ]
        write(junit.render("calico-migrate policy test", cases, file=path))
    else:
        _show_text(path, results, quiet=quiet, color=color)


def _show_text(path: str, results: Sequence[Result], *, quiet: bool, color: Color) -> None:
    from calico_migrate.cli.terminal import Paint

    paint = Paint(color)
    lines = []
    for result in results:
        if not result.met:
            lines.append(
                f"{_place(path, result)}: {result.expectation.name}: {paint(_reason(result), 'deny')}"
            )
            lines += [f"    {why}" for why in _why(result)]
        elif not quiet:
            lines.append(f"{paint('ok', 'allow')} {result.expectation.name}")
    missed = sum(not result.met for result in results)
    if not quiet:
        total = f"{len(results)} expectation{'' if len(results) == 1 else 's'}"
        lines.append(f"{total}, {missed} not met" if missed else f"{total}, all met")
    paint.write("".join(f"{line}\n" for line in lines))


def _report(path: str, results: Sequence[Result]) -> dict[str, object]:
    from calico_migrate.policy.answering import reports

    return {
        "version": 1,
        "path": path,
        "met": sum(result.met for result in results),
        "not_met": sum(not result.met for result in results),
        "results": [
            {
                "from": result.expectation.source,
                "to": result.expectation.destination,
                "port": result.expectation.port,
                "protocol": result.expectation.protocol,
                "source_port": result.expectation.source_port,
                "icmp_type": result.expectation.icmp_type,
                "icmp_code": result.expectation.icmp_code,
                "expected": result.expectation.verdict,
                "verdict": result.reply.verdict if result.reply is not None else None,
                "met": result.met,
                "error": result.error or None,
                "line": result.expectation.line,
                "trace": reports.reply(result.reply)["trace"] if result.reply is not None else [],
            }
            for result in results
        ],
    }


def _place(path: str, result: Result) -> str:
    return path if result.expectation.line is None else f"{path}:{result.expectation.line}"


def _reason(result: Result) -> str:
    if result.reply is None:
        return result.error
    return f"expected {result.expectation.verdict}, and the verdict is {result.reply.verdict}"


def _why(result: Result) -> list[str]:
    if result.reply is None:
        return []
    return [
        f"{'out of' if step.direction == 'egress' else 'into'} {step.endpoint}: {step.action}"
        f"{f' by {step.policy}' if step.policy else ''}: {step.why}"
        for one in result.reply.asked
        for step in one.answer.trace
    ]
