"""Asks every rule about every node, so that each judgement ends as ok, as a finding, or undecided with its
reason.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple, cast

from calico_core.rules import checks
from calico_core.words import listed
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate, OneNode
from calico_migrate.diagnose.judgement import Found, Judgement, Open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

PACKAGE = "calico_migrate.diagnose.rules"
_LAST = f"{PACKAGE}.bundle."


class Judged(NamedTuple):
    """What became of all judgements.

    ``asked`` says for each rule about which nodes it was asked, ``modules`` where the rule stands;
    ``not_asked`` are the rules about which this form of bundle can say nothing.
    """

    found: list[Found]
    open: list[Open]
    asked: dict[str, tuple[str, ...]]
    not_asked: list[str]
    modules: dict[str, str]


def judge(estate: Estate) -> Judged:
    """Asks all rules that apply; those about the bundle itself last, when everything has been read."""
    judged = Judged([], [], {}, [], {})
    seats = [OneNode(machine, estate) for machine in estate.machines]
    later = []
    for check in checks(PACKAGE, OneNode):
        rule = _rule(check)
        if _applies(rule, estate, judged):
            asked = [seat for seat in seats if seat.machine.role in rule.roles]
            judged.asked[rule.id] = tuple(seat.machine.address for seat in asked)
            for seat in asked:
                _ask(judged, rule, seat.machine.address, check(seat))
    for question in checks(PACKAGE, Estate):
        if question.__module__.startswith(_LAST):
            later.append(question)
        else:
            _ask_of_cluster(judged, estate, question)
    for question in later:
        _ask_of_cluster(judged, estate, question)
    judged = judged._replace(open=list(dict.fromkeys(judged.open)))
    return judged._replace(found=[_with_consequences(each, judged.open, estate) for each in judged.found])


def _with_consequences(found: Found, undecided: Sequence[Open], estate: Estate) -> Found:
    """What could not be collected from a node, with what stays undecided for want of it."""
    if found.rule.id != "items-not-collected":
        return found
    items = {error.item for error in estate.bundle.errors if error.address == found.node}
    own = {each.rule.id for each in undecided if each.node in (found.node, "") and each.item in items}
    return found._replace(detail=f"leaves undecided: {listed(sorted(own), 6)}") if own else found


def _ask_of_cluster(judged: Judged, estate: Estate, check: Callable[[Estate], Iterable[object]]) -> None:
    rule = _rule(check)
    if _applies(rule, estate, judged):
        judged.asked[rule.id] = ("",)
        _ask(judged, rule, "", check(estate))


def _ask(judged: Judged, rule: Judgement, address: str, answers: Iterable[object]) -> None:
    try:
        for answer in answers:
            if isinstance(answer, Open):
                judged.open.append(answer)
            else:
                judged.found.append(cast("Found", answer))
    except UndecidedError as undecided:
        judged.open.append(Open(rule, address, undecided.reason, undecided.item))


def _rule(check: Callable[..., object]) -> Judgement:
    return cast("Judgement", sys.modules[check.__module__].RULE)


def _applies(rule: Judgement, estate: Estate, judged: Judged) -> bool:
    """Whether a rule is needed at all, and whether a bundle of this form can say anything about it."""
    judged.modules[rule.id] = rule.module
    if rule.needs and estate.calico in ("off", "none"):
        return False
    if rule.needs in ("vxlan", "ipip") and estate.mode not in (rule.needs, "unknown"):
        return False
    if estate.single and (rule.cluster or (rule.lists and not estate.masters)):
        judged.not_asked.append(rule.id)
        return False
    return True
