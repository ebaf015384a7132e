"""What stands around a place in a text, however long its lines are and wherever in it the place is."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.network_map import NetworkMap
from calico_migrate.survey.around.surroundings import FAR, Surroundings
from calico_migrate.survey.look import Settings
from calico_migrate.survey.looking import look
from calico_migrate.survey.names import Names

MAP = NetworkMap({"dcos": "calico"}, "dcos")
MARK = re.compile(r"=(\w*)")


@given(st.text(st.sampled_from("a=#\n"), max_size=60), st.data())
def test_it_is_what_splitting_the_text_before_would_give(text: str, data: st.DataObject) -> None:
    around = Surroundings(text)
    for _ in range(3):
        place = data.draw(st.integers(0, len(text)))
        before = text[:place].rpartition("\n")[2]
        assert around.line_start(place) == place - len(before)
        assert around.before(place) == around.whole_before(place) == before


@given(st.lists(st.sampled_from(["=a", "=b", "=", " ", "\n"]), max_size=30), st.data())
def test_what_was_found_before_a_place(parts: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(parts)))
    text, place = " ".join(parts) + " ", len(" ".join([*parts[:cut], ""]))
    before = MARK.findall(text[:place])
    around = Surroundings(text)
    assert around.count_before(MARK, place) == len(before)
    assert around.last_before(MARK, place) == (before[-1] if before else None)


def test_of_a_long_line_the_end_is_looked_at() -> None:
    around = Surroundings("x" * FAR + "dcos")
    assert around.before(FAR + 4) == "x" * (FAR - 4) + "dcos"
    assert around.whole_before(FAR) == "x" * FAR
    assert around.whole_before(FAR + 1) == ""


SETTINGS = Settings(MAP, Names.of(MAP))


@pytest.mark.parametrize(
    ("name", "repeated"),
    [
        ("notes.md", "dcos prose, "),
        ("notes.md", "prose about dcos\n"),
        ("notes.md", "```\nnetwork: dcos\n```\n"),
        ("app.properties", "name = dcos\n[section]\n"),
        ("app.properties", "name = dcos [section] "),
        ("app.properties", "[[[[[[[["),
        ("deploy.sh", "set NETWORK dcos; "),
        ("deploy.sh", "--network dcos\n"),
        ("main.tf", 'network "dcos" { name = "dcos" '),
        ("page.js", '"dcos", '),
        ("app.json.j2", "{{ dcos "),
        ("app.json", '{"network": "dcos", '),
        ("app.yml", "- ${dcos "),
        ("app.yml", "dcos: {{ "),
        ("Dockerfile", "ENV NETWORK dcos "),
    ],
)
def test_the_time_grows_with_the_text(name: str, repeated: str) -> None:
    def seconds(count: int) -> float:
        text = repeated * count
        start = time.process_time()
        look(name, text, SETTINGS)
        return time.process_time() - start

    seconds(10)
    # Four times as much in about four times the time; sixteen would be its square.
    assert seconds(4_000) < 10 * max(seconds(1_000), 0.005)
