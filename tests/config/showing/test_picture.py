"""The picture of the address space: nothing is lost, nothing overlaps, everything is to scale."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings

from calico_config import Options, check_config, parse_reserved
from calico_config.showing.page import CALLOUT, WIDTH, _spread, page
from calico_config.showing.picture import Picture, draw
from calico_config.showing.terminal import lines
from tests.config.strategies import configs, options

CROWDED = "calico_network_cidr: 10.0.0.0/9\nmaster_list: [10.1.0.1]\nagent_list: [{}]\n".format(
    ", ".join(f"10.{number}.3.4" for number in range(10))
)


def picture_of(text: str, site: Options | None = None) -> Picture:
    check = check_config(text, site)
    assert check.facts is not None
    return draw(check.facts)


@given(configs(), options)
@settings(max_examples=100)
def test_bars_stay_in_their_strip_and_apart_in_their_lane(text: str, site: Options) -> None:
    check = check_config(text, site)
    if check.facts is None:
        return
    picture = draw(check.facts)
    for strip in (*picture.strips, *(entry.strip for entry in picture.collisions)):
        for bar in strip.bars:
            assert 0 <= bar.start <= 1
            assert bar.start + bar.width <= 1 + 1e-9
            assert strip.space.first <= bar.first <= bar.last <= strip.space.last
        for lane in range(strip.lanes):
            inside = sorted((bar for bar in strip.bars if bar.lane == lane), key=lambda bar: bar.first)
            assert all(left.last < right.first for left, right in pairwise(inside))
    for left, right in pairwise(picture.strips):
        assert left.space.last < right.space.first


@given(configs(), options)
@settings(max_examples=60)
def test_page_and_terminal_take_everything(text: str, site: Options) -> None:
    check = check_config(text, site, path="<b>&.yaml")
    if check.facts is None:
        with pytest.raises(ValueError, match="no address space"):
            page(check)
        return
    html = page(check)
    assert "<b>&.yaml" not in html
    for line in lines(draw(check.facts), 80):
        assert "\n" not in line


def test_every_collision_is_magnified() -> None:
    picture = picture_of("calico_network_cidr: 172.16.0.0/12\nmaster_list: [172.29.3.10]\n")
    pairs = {(entry.theirs.partition(" 1")[0], entry.severity) for entry in picture.collisions}
    assert ("the UCR bridge (dcos_ucr_default_bridge_subnet)", "error") in pairs
    assert ("docker0, Docker's default bridge", "warning") in pairs
    for entry in picture.collisions:
        assert entry.start >= 0
        assert entry.start + entry.width <= 1 + 1e-9


def test_ten_thousand_agents_are_a_few_bars() -> None:
    agents = tuple(f"10.{number >> 12}.{number >> 4 & 255}.{number & 15}" for number in range(10_000))
    picture = picture_of("{}", Options(agents=agents))
    assert sum(bar.kind == "agent" for strip in picture.strips for bar in strip.bars) <= 24


def test_callouts_do_not_touch_each_other() -> None:
    for rows, centres in ((1, [500.0] * 30), (2, [3.0] * 50 + [999.0] * 20), (1, [0.0, 1000.0])):
        placed = _spread(centres, rows)
        for row in range(rows):
            assert all(right - left >= CALLOUT - 1e-6 for left, right in pairwise(placed[row::rows]))
        assert all(0 <= x <= WIDTH for x in placed)


class Page(HTMLParser):
    """What a page refers to, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.references: list[str] = []
        self.tags: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.references += [value or "" for name, value in attrs if name in ("src", "href", "data")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    reserved = tuple(parse_reserved(f"10.{100 + number}.0.0/16=office {number}") for number in range(40))
    html = page(check_config(CROWDED, Options(reserved=reserved), path="c.yaml"))
    parsed = Page()
    parsed.feed(html)
    assert [reference for reference in parsed.references if not reference.startswith("#")] == []
    assert not parsed.tags & {"script", "link", "img", "iframe", "object"}
    assert "url(" not in html
    words = " ".join(parsed.words)
    assert all(f"office {number}" in words for number in range(40))
    assert "It will not work" in words


def test_labels_inside_bars_fit() -> None:
    html = page(check_config(CROWDED, path="c.yaml"))
    for width, label in re.findall(
        r'width="([\d.]+)" height="22"[^/]*/>(?:.*\n)*?.*class="bar-text"[^>]*>([^<]*)<', html
    ):
        assert len(label) * 6 <= float(width) + 1


def test_every_link_of_the_page_leads_somewhere() -> None:
    html = page(check_config(CROWDED, path="c.yaml"))
    identifiers = set(re.findall(r' id="([^"]+)"', html))
    links = set(re.findall(r'href="#([^"]+)"', html))
    assert links <= identifiers
    assert any(link.startswith("rule-") for link in links)


@pytest.mark.parametrize(
    "text,rule,shown",
    [
        ("calico_network_cidr: 172.16.0.0/12\n", "cidr-overlaps-bridge", "UCR bridge"),
        ("calico_network_cidr: 10.0.0.0/9\nmaster_list: [10.1.0.1]\n", "cidr-overlaps-nodes", "1 master"),
        ("calico_network_cidr: 9.0.0.0/16\n", "cidr-overlaps-overlay", "overlay network dcos"),
    ],
)
def test_a_finding_leads_to_its_picture(text: str, rule: str, shown: str) -> None:
    html = page(check_config(text, path="c.yaml"))
    (row,) = (row for row in html.split("<tr>") if f'href="#rule-{rule}"' in row)
    (target,) = re.findall(r'href="#(m\d+)"', row)
    picture = html[html.index(f'id="{target}"') :]
    assert shown in picture[: picture.index("</header>")]


def test_long_values_open_and_backticks_are_code() -> None:
    html = page(check_config("calico_network_cidr: " + "9" * 2000 + "\n", path="c.yaml"))
    assert '<details class="long">' in html
    body = html[html.index("<main") :]
    assert "`" not in body
