"""The frame of all pages."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_templates.page import Evidence, Page, Source, Verdict, embedded, render_page

EVIL = "</script><script>alert(1)</script><!-- & \" ' \u2028"


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the texts of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self._open, []).append(data)


def policy(elements: Elements) -> str:
    (value,) = (
        str(attributes["content"])
        for tag, attributes in elements.found
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    return value


def source(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_its_policy_lets_its_own_style_and_script_through() -> None:
    elements = Elements(render_page(Page("t", "s", "<p>c</p>", style="p{}", script="let a = 1 < 2;")))
    assert f"style-src 'sha256-{source(elements.texts['style'][0])}'" in policy(elements)
    assert f"script-src 'sha256-{source('let a = 1 < 2;')}'" in policy(elements)
    assert policy(elements).startswith("default-src 'none'")


def test_without_a_script_none_may_run() -> None:
    assert "script-src" not in policy(Elements(render_page(Page("t", "s", ""))))


def test_nothing_is_asked_for_from_elsewhere() -> None:
    text = render_page(Page("t", "s", "", [Verdict("good", "l", "v")]))
    assert not re.search(r"https?://|url\(|@import|src=", text)


@pytest.mark.parametrize("place", ["title", "subtitle", "verdict", "evidence", "hash"])
def test_no_text_is_markup(place: str) -> None:
    given_text = dict.fromkeys(("title", "subtitle", "verdict", "evidence", "hash"), "calm") | {place: EVIL}
    page = Page(
        given_text["title"],
        given_text["subtitle"],
        "",
        [Verdict("good", given_text["verdict"], given_text["verdict"])],
        [Evidence("inputs", [Source(given_text["evidence"], given_text["hash"])])],
    )
    assert not [tag for tag, _ in Elements(render_page(page)).found if tag == "script"]


@given(
    st.recursive(
        st.none() | st.text() | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_data_comes_back_and_cannot_end_its_element(value: object) -> None:
    text = embedded(value)
    assert "<" not in text
    assert json.loads(text) == value


def test_the_footer_names_what_the_page_rests_on() -> None:
    page = Page("t", "s", "", (), [Evidence("inputs", [Source("app.json", "ab" * 32), Source("pools")])])
    text = render_page(page)
    assert "app.json" in text
    assert "ab" * 32 in text
    assert text.index("<footer") > text.index("<main")
