"""Nothing leaves the program that is not exactly what was planned."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calico_core.errors import VerificationError
from calico_core.spans import Edit
from calico_migrate.marathon import planning
from calico_migrate.marathon.verification import Proof, apply_operations
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon import reference, strategies
from tests.support.definitions import definitions_in

TEXT = '{"apps": [{"id": "/a", "networks": [{"name": "dcos"}]}, {"id": "/b"}]}'
NAME = '"dcos"'


def planned(text: str) -> list[tuple[Any, list[Edit]]]:
    names = NetworkMap(dict(reference.NAMES), reference.DEFAULT)
    return [
        (definition, plan.edits)
        for definition in definitions_in(text)
        if (plan := planning.plan(definition, names)).edits
    ]


def proved(text: str, plans: list[tuple[Any, list[Edit]]]) -> str:
    proof = Proof(text)
    for definition, edits in plans:
        proof.add(definition, edits)
    return str(proof.build([]))


# With two members of one name, in different objects, no search tells where the networks are.
IN_DOUBT = TEXT.replace('"id": "/a"', '"env": {"networks": ""}')


@pytest.mark.parametrize("text", [TEXT, IN_DOUBT], ids=["plain", "in-doubt"])
def test_what_was_planned_passes(text: str) -> None:
    assert proved(text, planned(text)) == text.replace(NAME, '"calico"')


@pytest.mark.parametrize(
    "change",
    [
        {"replacement": '"calicoo"'},
        {"replacement": "calico"},
        {"replacement": '"calico", "x": 1'},
        {"replacement": '"calico"}]}, {"networks": [{"name": "calico"'},
        {"replacement": ""},
        {"end": TEXT.index(NAME) + len(NAME) + 1},
        {"start": TEXT.index('"name"'), "end": TEXT.index('"name"') + 6},
        {"new": "other"},
        {"pointer": "/apps/0/id"},
    ],
    ids=["other-name", "no-text", "more", "two-for-one", "nothing", "too-much", "other-place", "other-value", "pointer"],
)  # fmt: skip
@pytest.mark.parametrize("text", [TEXT, IN_DOUBT], ids=["plain", "in-doubt"])
def test_an_edit_that_does_something_else_is_caught(change: dict[str, Any], text: str) -> None:
    ((definition, (edit,)),) = planned(text)
    moved = text.index(NAME) - TEXT.index(NAME)
    change = {key: value + moved if key in ("start", "end") else value for key, value in change.items()}
    with pytest.raises(VerificationError, match="fault of the tool"):
        proved(text, [(definition, [edit._replace(**change)])])


@given(strategies.texts(), st.data())
def test_any_other_result_is_caught(case: tuple[Any, str], data: st.DataObject) -> None:
    """One edit of a plan does something a little different: either the value is the same, or it is refused."""
    _, text = case
    plans = planned(text)
    assume(plans)
    honest = json.loads(proved(text, planned(text)).removeprefix("\ufeff"))
    at = data.draw(st.integers(0, len(plans) - 1))
    definition, edits = plans[at]
    index = data.draw(st.integers(0, len(edits) - 1))
    edit = edits[index]
    changed = data.draw(
        st.sampled_from(
            [
                edit._replace(replacement=edit.replacement + " "),
                edit._replace(replacement=edit.replacement.replace("calico", "calic0") + "x"),
                edit._replace(end=min(edit.end + 1, len(text))),
                edit._replace(replacement=""),
                edit._replace(replacement=edit.replacement + ', "z": 1'),
            ]
        )
    )
    plans[at] = definition, [*edits[:index], changed, *edits[index + 1 :]]
    try:
        result = proved(text, plans)
    except VerificationError:
        return
    assert json.loads(result.removeprefix("\ufeff")) == honest


NAMES_IN_TWO_MEMBERS = (
    '{"apps": [{"container": {"portMappings": [{"networkNames": ["dcos"]}]}, "id": "/a",'
    ' "networks": [{"name": "dcos"}]}]}'
)


def test_what_was_planned_in_two_members_passes() -> None:
    text = NAMES_IN_TWO_MEMBERS
    assert proved(text, planned(text)) == text.replace(NAME, '"calico"')


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize(
    "change", [{"replacement": '"other"'}, {"new": "other"}, {"pointer": "/apps/0/networks/0/mode"}]
)
def test_each_of_two_members_is_proved(number: int, change: dict[str, Any]) -> None:
    ((definition, edits),) = planned(NAMES_IN_TWO_MEMBERS)
    wrong = [*edits]
    wrong[number] = edits[number]._replace(**change)
    with pytest.raises(VerificationError):
        proved(NAMES_IN_TWO_MEMBERS, [(definition, wrong)])


def test_operations_follow_the_order_of_a_patch() -> None:
    value: Any = {"a": [0, 1, 2, 3], "b/c": {"~": 1}}
    apply_operations(
        value,
        [
            Edit(1, 2, "", "r", "/x/a/1", 1, None, "remove"),
            Edit(3, 4, "", "r", "/x/a/3", 3, None, "remove"),
            Edit(5, 6, "", "r", "/x/b~1c/~0", 1, 9),
            Edit(7, 7, "", "", "/x/nothing", None, None),
            Edit(8, 8, "", "r", "/x/new", None, {"k": 1}, "add"),
        ],
        2,
    )
    assert value == {"a": [0, 2], "b/c": {"~": 9}, "new": {"k": 1}}
