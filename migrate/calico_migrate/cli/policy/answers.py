"""What the policy commands do once their options are parsed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from calico_core import collector
from calico_core.errors import InputError
from calico_core.exits import ExitCode, strongest
from calico_core.json.printing import printed
from calico_migrate.cli.options import AnswerFormat
from calico_migrate.cli.policy import output as policy_output
from calico_migrate.cli.policy.options import Known
from calico_migrate.cli.terminal import Paint, show_notes, write

if TYPE_CHECKING:
    from typing import Any

    from calico_migrate.cli.manner import Manner
    from calico_migrate.cli.policy.tests import TestFormat
    from calico_migrate.policy.answering.traffic import Traffic
    from calico_migrate.policy.cluster.model import Model
    from calico_migrate.site import SiteFiles


class Output(NamedTuple):
    """How a command answers."""

    format: AnswerFormat
    manner: Manner

    @property
    def as_json(self) -> bool:
        """Whether JSON is wanted."""
        return self.format is AnswerFormat.JSON


class Inputs(NamedTuple):
    """What describes a cluster, and whether both sides of a flow are on one agent."""

    known: Known
    site: SiteFiles
    same_agent: bool = False


class Question(NamedTuple):
    """What ``policy simulate`` is asked."""

    source: str
    destination: str
    traffic: Traffic


@collector.set_aside()
def load(inputs: Inputs, *, quiet: bool) -> tuple[Model, ExitCode]:
    """The model of the inputs; the exit code tells whether some apps or policies are left out.

    Apps are left out that could not be read, policies that Calico would refuse. Raises InputError where
    anything else could not be read, or no app at all.
    """
    from calico_migrate.policy.cluster.loading import Policies, load_apps, load_policies, load_site
    from calico_migrate.policy.cluster.model import Model, compile_resources

    known = inputs.known
    if known.bundle is not None:
        return _load_bundle(inputs, known.bundle, quiet=quiet)
    apps = load_apps(known.apps or ())
    if not apps.workloads:
        policy_output.errors(apps.errors[1:])
        raise apps.errors[0]
    policies = load_policies(known.policies) if known.policies else Policies(compile_resources([]), [])
    site, site_notes = load_site(inputs.site)
    model = Model(policies.resources, apps.workloads, site)
    show_notes([*apps.notes, *site_notes, *model.notes], quiet=quiet)
    return model, policy_output.errors([*apps.errors, *policies.errors])


def _load_bundle(inputs: Inputs, bundle: str, *, quiet: bool) -> tuple[Model, ExitCode]:
    """The model of a diagnostics bundle; what was named stands in the place of the bundle's own."""
    from calico_migrate.calico.existing import read_pools
    from calico_migrate.diagnose.taking import take
    from calico_migrate.policy.cluster.loading import Apps, load_apps, load_policies, policies_of
    from calico_migrate.policy.cluster.model import Model
    from calico_migrate.policy.cluster.site import build_site
    from calico_migrate.site import read_site

    known = inputs.known
    taken = take(bundle)
    apps = load_apps(known.apps) if known.apps else Apps(taken.workloads, [], [])
    if not apps.workloads:
        raise InputError("has no apps or pods; name them with --apps", path=bundle)
    texts = [(each.path, each.text) for each in taken.policies]
    policies = load_policies(known.policies) if known.policies else policies_of(texts)
    found = read_site(inputs.site)
    pools = found.pools
    if pools is None and taken.pools is not None:
        pools = read_pools(taken.pools.text, taken.pools.path)
    agents = [agent.name for agent in found.agents] or taken.agents
    site = build_site(found.facts or taken.facts, pools or (), agents)
    model = Model(policies.resources, apps.workloads, site)
    show_notes([*taken.notes, *apps.notes, *found.notes, *model.notes], quiet=quiet)
    return model, policy_output.errors([*apps.errors, *policies.errors])


def simulate_scenario(path: str, expect: str | None, output: Output) -> ExitCode:
    """``policy simulate --scenario``."""
    from calico_migrate.policy import evaluate
    from calico_migrate.policy.answering import reports
    from calico_migrate.policy.cluster.loading import load_scenario

    found = evaluate(load_scenario(path))
    if output.as_json:
        write_json(reports.verdict(found))
    else:
        write(policy_output.show_verdict(found, Paint(output.manner.color)))
    return _expected(expect, found.verdict, quiet=output.manner.quiet)


def simulate(inputs: Inputs, question: Question, expect: str | None, output: Output) -> ExitCode:
    """``policy simulate`` with apps and policies."""
    from calico_migrate.policy.answering import asking

    model, unread = load(inputs, quiet=output.manner.quiet)
    found = asking.ask(
        model,
        question.source,
        question.destination,
        question.traffic,
        same_agent=inputs.same_agent,
    )
    if output.as_json:
        from calico_migrate.policy.answering import reports

        write_json(reports.reply(found))
    else:
        paint = Paint(output.manner.color)
        brief = output.manner.quiet
        paint.write(policy_output.show_reply(found, model, paint, same_agent=inputs.same_agent, brief=brief))
    return strongest([unread, _expected(expect, found.verdict, quiet=output.manner.quiet)])


def run_tests(path: str, format: TestFormat, manner: Manner) -> ExitCode:  # noqa: A002
    """``policy test``."""
    from calico_migrate.cli.policy import tests as policy_tests
    from calico_migrate.policy.answering.expectations import read_expectations, run
    from calico_migrate.site import SiteFiles

    expectations = read_expectations(path)
    inputs = Inputs(
        Known(list(expectations.apps), list(expectations.policies)),
        SiteFiles(expectations.config, expectations.pools, expectations.agents),
        expectations.same_agent,
    )
    model, unread = load(inputs, quiet=manner.quiet)
    results = run(model, expectations)
    policy_tests.show(path, results, format, quiet=manner.quiet, color=manner.color)
    failed = ExitCode.DONE if all(result.met for result in results) else ExitCode.FOUND
    return strongest([unread, failed])


def write_json(value: Any) -> None:
    """A JSON report on standard output."""
    write(printed(value, 2) + "\n")


def _expected(expect: str | None, verdict: str, *, quiet: bool) -> ExitCode:
    if expect is None or expect == verdict:
        return ExitCode.DONE
    if not quiet:
        write(f"calico-migrate: expected {expect}, and the verdict is {verdict}\n", sys.stderr)
    return ExitCode.FOUND
