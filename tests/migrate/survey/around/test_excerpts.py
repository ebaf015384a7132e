"""What is shown of the line around a place."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from calico_core.secrets import BLOT, blotted
from calico_migrate.survey.around.excerpts import AROUND, Excerpts

SECRET = "correct-horse-battery-staple"


@st.composite
def exports(draw: st.DrawFn) -> tuple[str, list[str]]:
    """An export in one line, as APIs answer, in which many secrets stand; and the ids in it, each one once."""
    apps = []
    for number in range(draw(st.integers(1, 12))):
        environment = {
            f"{draw(st.sampled_from(['DB_PASSWORD', 'TOKEN', 'HOME', 'x']))}{index}": SECRET
            * draw(st.integers(1, 9))
            for index in range(draw(st.integers(0, 4)))
        }
        apps.append({"env": environment, "id": f"/app-{number:03}", "cmd": "x" * draw(st.integers(0, 200))})
    return json.dumps({"apps": apps}), [str(each["id"]) for each in apps]


@given(exports())
def test_it_is_the_line_around_that_place(export: tuple[str, list[str]]) -> None:
    text, ids = export
    excerpts = Excerpts(text)
    whole = blotted(text)
    for identity in ids:
        shown = excerpts(text.index(identity))
        place = whole.index(identity)
        assert shown == (
            whole if len(whole) <= 2 * AROUND else whole[max(0, place - AROUND) : place + AROUND].strip()
        )


def test_lines_are_lines_whatever_ends_them() -> None:
    text = f"\ufefffirst dcos\r\n  password: {SECRET}  # dcos\r\nlast dcos"
    excerpts = Excerpts(text)
    places = [index for index in range(len(text)) if text.startswith("dcos", index)]
    lines = ["\ufefffirst dcos", f"password: {BLOT}  # dcos", "last dcos"]
    for order in (places, places[::-1]):
        assert {place: excerpts(place) for place in order} == dict(zip(places, lines, strict=True))


def test_of_a_line_that_is_a_whole_file_the_same_is_shown_in_any_order() -> None:
    parts = [
        f'{{"id": "/app-{number:05}", "password": "{SECRET}", "text": "{"x " * 300}"}}'
        for number in range(400)
    ]
    text = ", ".join(parts)
    whole = blotted(text)
    names = [f"/app-{number:05}" for number in (0, 1, 13, 399, 398, 200, 14, 0, 26, 120, 119, 27)]
    excerpts = Excerpts(text)
    for name in names:
        place = whole.index(name)
        assert excerpts(text.index(name)) == whole[max(0, place - AROUND) : place + AROUND].strip()


def test_a_place_in_a_secret_shows_none_of_it() -> None:
    text = f'{"a" * 100} "password": "{SECRET}-dcos-{SECRET}", {"b" * 100}'
    shown = Excerpts(text)(text.index("dcos"))
    assert BLOT in shown
    assert "dcos" not in shown
    assert "horse" not in shown
