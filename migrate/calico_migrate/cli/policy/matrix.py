"""What ``policy matrix`` does once its options are parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import UsageError
from calico_core.exits import ExitCode, strongest
from calico_core.json.printing import printed
from calico_core.legible import encoded
from calico_migrate.cli.policy import output as policy_output
from calico_migrate.cli.policy.answers import load
from calico_migrate.cli.terminal import Paint, write, write_exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.cli.policy.answers import Inputs, Output
    from calico_migrate.policy.answering.traffic import Traffic
    from calico_templates.page import Evidence


class Questions(NamedTuple):
    """What is asked: about earlier policies, more ports, apps to open, and which traffic."""

    before: Sequence[str]
    ports: Sequence[str]
    opened: Sequence[str]
    traffic: Traffic


def show(inputs: Inputs, questions: Questions, page: str | None, output: Output) -> ExitCode:
    """Shows the matrix, and writes its page; answers the exit code."""
    from calico_core import writing
    from calico_migrate.cli.policy import table as policy_table
    from calico_migrate.policy.answering import reports
    from calico_migrate.policy.answering.asking import find_party, parse_port
    from calico_migrate.policy.answering.grouping import group
    from calico_migrate.policy.answering.matrix import build_matrix
    from calico_migrate.policy.cluster.loading import load_policies
    from calico_migrate.policy.cluster.model import Model

    traffic = questions.traffic
    if traffic.portless and questions.ports:
        raise UsageError("--port: a protocol without ports is asked about")
    asked = [
        parse_port(text) if traffic.protocol is None else parse_port(text, traffic.protocol)
        for text in questions.ports
    ]
    model, unread = load(inputs, quiet=output.manner.quiet)
    for name in questions.opened:
        find_party(model, name, "--open")
    models = [model]
    if questions.before:
        old = load_policies(questions.before, none_is_fine=True)
        unread = strongest([unread, policy_output.errors(old.errors)])
        models.append(Model(old.resources, model.workloads, model.site))
    groups = group(models, asked, traffic.protocol)
    found, *earlier = [
        build_matrix(one, groups, same_agent=inputs.same_agent, asked=traffic) for one in models
    ]
    earlier_one = earlier[0] if earlier else None
    if page is not None:
        from calico_migrate.policy.answering.page import render_page

        text = render_page(found, earlier_one, _evidence(inputs, questions.before))
        if page == "-":
            write_exact(text)
            return unread
        writing.create(page, encoded(text))
    if output.as_json:
        write(printed(reports.matrix(found, earlier_one)) + "\n")
        return unread
    paint = Paint(output.manner.color)
    paint.write(policy_table.table(found, paint))
    paint.write(policy_table.opened(found, questions.opened, paint))
    if earlier_one is not None:
        paint.write("\n" + policy_table.changes(groups, list(reports.changes(earlier_one, found)), paint))
    return unread


def _evidence(inputs: Inputs, before: Sequence[str]) -> list[Evidence]:
    """The footer of the page: every file that was read, by its hash."""
    import contextlib

    from calico_core.errors import InputError
    from calico_core.sources import STANDARD_INPUT, read_bytes
    from calico_migrate.cli.evidence import evidence
    from calico_migrate.rewriting.inputs import gather

    def is_read(name: str) -> bool:
        return name.lower().endswith((".json", ".yaml", ".yml"))

    known = inputs.known
    read: list[tuple[str, bytes]] = []
    for entry in gather([*(known.apps or ()), *(known.policies or ()), *before], is_read).files:
        if entry.path != STANDARD_INPUT:
            with contextlib.suppress(InputError):
                read.append((entry.path, read_bytes(entry.path)[0]))
    return evidence(read)
