"""From plans to outcomes: the report, the edits and the new text of each file of a package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.errors import CalicoMigrateError, InputError, VerificationError
from calico_core.findings import in_order
from calico_core.report import FileError, FileReport, records
from calico_core.spans import Spliced, apply
from calico_migrate.package.rules import refused_after_change
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.judging import judge
from calico_migrate.package.universe.plan import PackagePlan
from calico_migrate.package.universe.planning import plan
from calico_migrate.package.universe.proof import prove
from calico_migrate.rewriting.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from calico_core.findings import Finding
    from calico_core.sources import Source
    from calico_core.spans import Edit
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.sdk import SdkVersion
    from calico_migrate.package.specification.variables import SpecificationFacts
    from calico_migrate.package.universe.content import Content
    from calico_migrate.rewriting.inputs import Input

KINDS = {parts.CONFIG: "config", parts.TEMPLATE: "template"}


class PackageResult:
    """What becomes of one package: its plan, its findings, its errors, and its edits where they hold.

    ``errors`` maps a part's name to why it, and with it the package, stays as it is. ``proved`` lists the
    settings of the proof, empty where none was needed.
    """

    def __init__(
        self,
        plan: PackagePlan,
        findings: dict[str, list[Finding]],
        errors: dict[str, CalicoMigrateError],
        proved: Sequence[str],
    ) -> None:
        self.plan = plan
        self.findings = findings
        self.errors = errors
        self.proved = proved

    @property
    def edits(self) -> Mapping[str, Sequence[Edit]]:
        """The edits by part; none where anything is wrong with the package."""
        return {} if self.errors else self.plan.edits

    @property
    def changed(self) -> bool:
        """Whether anything is edited."""
        return any(self.edits.values())

    def after(self, part: str) -> str:
        """A part's new text, or the old one where it has no edits."""
        return apply(self.plan.content.texts[part], self.edits.get(part, ()))


def examine(
    content: Content,
    network_map: NetworkMap,
    facts: SpecificationFacts | None,
    *,
    proof: bool,
    sdk_version: SdkVersion | None = None,
) -> PackageResult:
    """Plans, judges and, with ``proof``, proves one package.

    ``sdk_version`` is the SDK that the source tree names, where it does.
    """
    errors: dict[str, CalicoMigrateError] = dict(content.errors)
    result = PackagePlan(content)
    proved: Sequence[str] = ()
    findings: dict[str, list[Finding]] = {}
    if errors:
        return PackageResult(result, findings, errors, proved)
    try:
        result = plan(content, network_map, facts)
        findings = judge(result, facts, sdk_version)
        if proof and result.changed:
            after = {part: apply(content.texts[part], edits) for part, edits in result.renames.items()}
            proved = prove(result, after)
        if result.obstacles:
            raise VerificationError(refused_after_change.in_words(result.obstacles[0]))
    except CalicoMigrateError as error:
        part = parts.CONFIG if parts.CONFIG in content.texts else next(iter(content.texts))
        errors.setdefault(part, error)
    except RecursionError:
        part = next(iter(content.texts))
        errors.setdefault(part, InputError("is nested too deeply to be followed"))
    return PackageResult(result, findings, errors, proved)


def outcomes(
    result: PackageResult,
    inputs: Mapping[str, Input],
    sources: Mapping[str, Source],
    *,
    extra: Mapping[str, Sequence[Finding]] | None = None,
) -> list[Outcome]:
    """One outcome for each part with something to say; ``inputs`` and ``sources`` are by part.

    config.json and the template always have one; a package that has neither is spoken for by its
    package.json.
    """
    found = []
    # What is wrong with a part that was only read along is told at the part that was named.
    elsewhere = [(part, error) for part, error in result.errors.items() if part not in inputs]
    spoken = [part for part in parts.PARTS if part in inputs and part in KINDS]
    for part, entry in inputs.items():
        findings = in_order([*result.findings.get(part, ()), *(extra or {}).get(part, ())])
        error = result.errors.get(part)
        if error is None and elsewhere:
            aside, failure = elsewhere.pop(0)
            error = type(failure)(f"stays as it is: the {aside} beside it: {failure.message}")
        if part not in KINDS and not findings and error is None and (spoken or part != parts.PACKAGE):
            continue
        source = sources.get(part)
        text = source.text if source is not None else None
        edits = list(result.edits.get(part, ()))
        report = FileReport(
            entry.path,
            KINDS.get(part, "unknown"),
            records(text, edits) if text is not None and edits else (),
            findings,
            FileError.of(error) if error is not None else None,
            patchable=part != parts.TEMPLATE,
        ).about(result.plan.content.name)
        found.append(
            Outcome(
                entry,
                report,
                text,
                edits,
                Spliced(result.after(part)) if edits else None,
                source.fingerprint if source is not None else None,
            )
        )
    return found
