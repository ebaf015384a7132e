"""The apps that a package renders to, before and after its edits, as Marathon's planner has them.

Each rendering is planned like any app. Where that asks for more than new names (a network without a name
gets one, two of one name become one), the change of the rendered text is taken back to the template, if the
template holds it in one piece. Then every rendering of the edited package must be what was planned for the
rendering before, and Marathon must refuse nothing of it that it took before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import VerificationError
from calico_core.json import scanning
from calico_core.json.locating import Locator
from calico_core.json.pointers import keys_of
from calico_core.spans import Edit, Lines, apply, by_place
from calico_migrate.marathon.checking import Checks
from calico_migrate.marathon.definitions import Definition
from calico_migrate.marathon.parsed import recognition
from calico_migrate.marathon.planning import plan as plan_of
from calico_migrate.marathon.rules import merge_networks, refused_by_marathon, rename_network
from calico_migrate.marathon.subject import Subject
from calico_migrate.marathon.verification import apply_operations
from calico_migrate.network_map import NetworkMap
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.plan import Obstacle, PlannedApp
from calico_migrate.package.universe.proof import proof_settings, side_of
from calico_migrate.package.universe.tracing import as_app

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_core.findings import Finding
    from calico_core.json.pointers import Path
    from calico_migrate.mustache.rendering import Rendering
    from calico_migrate.package.universe.plan import PackagePlan
    from calico_migrate.package.universe.settings import Setting
    from calico_migrate.package.universe.tracing import Rendered


_TOLD = frozenset({
    "dead-network-name",
    "docker-host-port",
    "docker-network-parameter",
    "docker-several-networks",
    "ip-address-network-key",
    "ipv6-network",
    "mangled-policy-label",
    "misplaced-policy-labels",
    "network-named-elsewhere",
    "refused-policy-label",
    "unmapped-default-network",
})  # fmt: skip
"""What is told of the apps of packages too; the other rules speak of apps that run."""


class _Place(NamedTuple):
    """A span of the template, and whether the text of it is only literal."""

    start: int
    end: int


def complete(plan: PackagePlan) -> None:
    """Adds to a plan what Marathon's planner wants beside new names, as far as the template allows it."""
    if plan.trace is None or plan.marker is None:
        return
    wanted: dict[tuple[int, int, str], Edit] = {}
    for rendered in _renderings(plan):
        for edit in _structural(plan.marker.put_back(rendered.text), plan):
            place = _in_template(rendered.rendering, edit)
            if edit.rule == merge_networks.RULE.id and not _is_fixed(rendered, edit):
                place = None
            if place is None:
                plan.left_out.add(edit.rule)
            else:
                found = edit._replace(start=place.start, end=place.end)
                wanted.setdefault((place.start, place.end, edit.replacement), found)
    plan.structural = [edit for edit in wanted.values() if edit.rule not in plan.left_out]
    removed = [(edit.start, edit.end) for edit in plan.structural if edit.start < edit.end]
    plan.literals = [
        literal
        for literal in plan.literals
        if not any(start <= literal.start < end for start, end in removed)
    ]


def verify(plan: PackagePlan) -> None:
    """Compares every rendering of the edited package with what was planned for the one before.

    Takes note of what Marathon would refuse of it and did not refuse before. Raises VerificationError where a
    rendering is another app than the planned one.
    """
    if plan.trace is None or plan.marker is None:
        return
    becomes = plan.becomes
    for rendered, after in _after_edits(plan):
        before = plan.marker.put_back(rendered.text)
        planned = plan.marker.put_back(rendered.text, becomes)
        structural = _structural(before, plan)
        # Of two equal texts nothing needs to be compared or asked.
        if structural or after.text != planned:
            expected = as_app(planned)
            apply_operations(expected, structural, 0)
            if as_app(after.text) != expected:
                raise VerificationError(
                    f"the edited package is not what was planned: {rendered.setting.title}, Marathon would"
                    " get another app (this is a fault of the tool, please report it)"
                )
        if after.text == before:
            continue
        known = {words for _, words in _refused(before, plan)}
        for pointer, words in _refused(after.text, plan):
            if words not in known:
                plan.obstacles.append(Obstacle(f"after the change {words}", pointer, None))
                return


def judge_apps(plan: PackagePlan) -> Iterator[Finding]:
    """What the rules for apps say of the edited package's app, at the places of the template.

    Only renderings count whose options are the package's own or its switches; each thing is said once.
    """
    if plan.trace is None or plan.marker is None:
        return
    lines = Lines(plan.content.texts[parts.TEMPLATE])
    edits = sorted(plan.edits.get(parts.TEMPLATE, ()), key=by_place)
    said: set[tuple[str, str | None, str]] = set()
    judged: set[str] = set()
    for rendered, after in _after_edits(plan):
        if after.text in judged or not all(
            isinstance(value, bool) for _, value in rendered.setting.overrides
        ):
            continue
        judged.add(after.text)
        app = _planned(after.text, plan)
        checks = Checks(plan.network_map, Lines(after.text), wanted=_TOLD)
        for finding in checks.findings(app.definition, app.plan):
            key = (finding.rule, finding.pointer, finding.message)
            if finding.rule not in _TOLD or key in said or (finding.pointer or "").startswith("/env/"):
                continue
            said.add(key)
            offset = _template_offset(after, _offset(after.text, finding))
            line = column = None
            if offset is not None:
                line, column = lines.position(_before(edits, offset))
            yield finding._replace(line=line, column=column, part=parts.TEMPLATE)


def _after_edits(plan: PackagePlan) -> Iterator[tuple[Rendered, Rendering]]:
    """Each rendering with marks that is an app, and the same of the edited package."""
    edited = {part: apply(plan.content.texts[part], edits) for part, edits in plan.edits.items()}
    side = side_of(plan.content, edited)
    for rendered in _renderings(plan):
        yield rendered, side.rendering(rendered.setting)


def definition_in(text: str) -> Definition:
    """The app that a rendered text is."""
    start = scanning.begin(text)
    value, end = scanning.scan(text, start)
    found = recognition.recognise(value, needs_id=False)
    kind = found.kind if found is not None and not found.inside else "app"
    return Definition(kind, value, (), text, start, end, scanning.has_numeric_escape(text))


def _planned(text: str, plan: PackagePlan) -> PlannedApp:
    """The app that a rendered text is, with what Marathon's planner would do to it; looked at once."""
    app = plan.apps.get(text)
    if app is None:
        definition = definition_in(text)
        app = plan.apps[text] = PlannedApp(definition, plan_of(definition, plan.network_map))
    return app


def _template_offset(rendering: Rendering, offset: int) -> int | None:
    """The place of the template that a character of a rendered text comes from; of a value its tag's."""
    origin = rendering.origin(offset, offset + 1)
    if origin.spans:
        return origin.spans[0].start
    return origin.tags[0].start if origin.tags else None


def _offset(text: str, finding: Finding) -> int:
    """Where in the text a finding is."""
    starts = [0, *(place + 1 for place, mark in enumerate(text) if mark == "\n")]
    return starts[(finding.line or 1) - 1] + (finding.column or 1) - 1


def _before(edits: Sequence[Edit], offset: int) -> int:
    """The place in the text before the edits, which come in order, of an offset behind them."""
    shift = 0
    for edit in edits:
        start = edit.start + shift
        if start >= offset:
            break
        if offset < start + len(edit.replacement):
            return edit.start
        shift += len(edit.replacement) - (edit.end - edit.start)
    return offset - shift


def _renderings(plan: PackagePlan) -> list[Rendered]:
    """The renderings that are apps; those with values made up for options without any are left out."""
    trace = plan.trace
    if trace is None:
        return []
    for setting in proof_settings(plan):
        trace.render(setting)
    return [rendered for rendered in trace.parsed if not _is_made_up(rendered.setting, plan)]


def _is_made_up(setting: Setting, plan: PackagePlan) -> bool:
    return bool(plan.unset) and any(_holds(value, plan.unset) for _, value in setting.overrides)


def _holds(value: Any, marks: dict[str, str]) -> bool:
    """Whether a value is a mark for what has no value, or a list of objects with such marks."""
    if isinstance(value, str):
        return value in marks
    return isinstance(value, list) and any(
        isinstance(entry, dict) and any(_holds(each, marks) for each in entry.values()) for entry in value
    )


def _structural(text: str, plan: PackagePlan) -> list[Edit]:
    """What Marathon's planner would do to a rendered app beside giving networks their new names."""
    edits = _planned(text, plan).plan.edits
    return [edit for edit in edits if edit.rule != rename_network.RULE.id and edit.rule not in plan.left_out]


def _is_fixed(rendered: Rendered, edit: Edit) -> bool:
    """Whether the list in which two entries become one is literal text of the template.

    Where an option takes part in it, the two are one only as long as no user gives it another value.
    """
    path = keys_of(edit.pointer)
    holder: Path = path[:1] if path[0] == "networks" else path[:-1]
    text = rendered.text
    try:
        span = Locator(text, scanning.begin(text)).span(tuple(_step(step) for step in holder))
    except (KeyError, IndexError):
        return False
    return rendered.rendering.origin(span.start, span.end).span is not None


def _step(step: int | str) -> int | str:
    return int(step) if isinstance(step, str) and step.isdigit() else step


def _in_template(rendering: Rendering, edit: Edit) -> _Place | None:
    """Where the template holds what an edit of the rendered text changes; None where not in one piece."""
    if edit.start < edit.end:
        span = rendering.origin(edit.start, edit.end).span
        return _Place(span.start, span.end) if span is not None else None
    before = rendering.origin(edit.start - 1, edit.start).span
    if before is not None:
        return _Place(before.end, before.end)
    behind = rendering.origin(edit.start, edit.start + 1).span
    return _Place(behind.start, behind.start) if behind is not None else None


def _refused(text: str, plan: PackagePlan) -> list[tuple[str, str]]:
    """What Marathon refuses of a rendered app as it is: pointers, and words with new names for old ones."""
    definition = _planned(text, plan).definition
    nothing = NetworkMap({}, plan.network_map.default_network)
    subject = Subject(definition, plan_of(definition, nothing), nothing, Lines(text))
    new = plan.network_map.names
    return [
        (each.pointer or "", re.sub(r"[\w-]+", lambda word: new.get(word[0], word[0]), each.message))
        for each in refused_by_marathon.check(subject)
    ]
