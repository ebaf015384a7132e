from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from calico_migrate.policy.answering.grouping import group
from calico_migrate.policy.answering.matrix import build_matrix
from calico_migrate.policy.answering.page import render_page
from tests.migrate.policy.samples import app, cluster, policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from calico_migrate.policy.cluster.model import Model

APPS = [
    app("/books/web", {"business": "books"}, ports=(8080,)),
    app("/books/server", {"business": "books", "tier": "server"}),
    app("/fruit/web", {"business": "fruit"}, ports=(8080,)),
    app("/fruit/cart", {"business": "fruit"}, ports=(8080,)),
]
SERVER = policy(
    "server", "tier == 'server'", ingress=[{"action": "Allow", "source": {"selector": "business == 'books'"}}]
)


def _page(after: Model, before: Model | None = None) -> str:
    groups = group([after] if before is None else [after, before])
    found = build_matrix(after, groups, same_agent=False)
    return render_page(found, None if before is None else build_matrix(before, groups, same_agent=False))


class _Elements(HTMLParser):
    """The start tags of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {key: value or "" for key, value in attrs}))

    def having(self, name: str) -> list[dict[str, str]]:
        return [attrs for _, attrs in self.found if name in attrs.get("class", "").split()]


def test_the_page_needs_nothing_else() -> None:
    page = _page(cluster(APPS, [SERVER]))
    elements = _Elements(page).found
    assert not any("src" in attrs for _, attrs in elements)
    assert all(attrs.get("href", "#").startswith("#") for _, attrs in elements)
    assert "@import" not in page
    assert "url(http" not in page


def test_nothing_in_the_data_ends_its_element() -> None:
    evil = "</script><script>alert(1)</script><!--"
    model = cluster([app("/a", ports=(80,))], [policy("p", f'a == "{evil}"', ingress=[])])
    model.parties["/a"] = model.parties["/a"]._replace(labels={"a": evil})
    page = _page(model)
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert json.loads(data)["groups"][0]["members"][0]["labels"] == {"a": evil}
    assert page.count("</script>") == 2


@pytest.fixture(scope="module")
def browser() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Chromium (the Debian package chromium), to look at the pages")
        pytest.skip("no Chromium is installed (the Debian package chromium)")
    return found


@pytest.fixture
def chromium(browser: str, tmp_path: Path) -> Callable[..., bytes]:
    """Runs headless Chromium on a page."""

    def run(page: str, *options: str, fragment: str = "") -> bytes:
        path = tmp_path / "page.html"
        path.write_text(page, encoding="utf-8")
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        finished = subprocess.run(
            [
                browser,
                "--headless",
                *sandbox,
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                f"--user-data-dir={tmp_path / 'profile'}",
                "--window-size=1280,760",
                "--virtual-time-budget=4000",
                *options,
                path.as_uri() + fragment,
            ],
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert finished.returncode == 0, finished.stderr.decode(errors="replace")[-2000:]
        return finished.stdout

    return run


def _cells(dom: bytes) -> dict[tuple[str, str], dict[str, str]]:
    cells = _Elements(dom.decode()).having("cell")
    return {(cell["data-from"], cell["data-to"]): cell for cell in cells}


def test_the_cells_are_there(chromium: Callable[..., bytes]) -> None:
    dom = chromium(_page(cluster(APPS, [SERVER])), "--dump-dom")
    assert b'data-ready="true"' in dom
    cells = _cells(dom)
    assert len(cells) == 9
    assert cells["business=fruit (2)", "/books/server"]["data-summary"] == "none"
    assert cells["/books/web", "/books/server"]["data-summary"] == "all"
    # The first cell that is not allowed is open, with the trace that says why.
    text = dom.decode()
    assert "none of its rules matches" in text
    assert "NetworkPolicy/server" in text


def test_it_can_be_searched(chromium: Callable[..., bytes]) -> None:
    page = _page(cluster(APPS, [SERVER]))
    cells = _cells(chromium(page, "--dump-dom", fragment="#from=fruit&to=tier%3Dserver"))
    assert list(cells) == [("business=fruit (2)", "/books/server")]
    nothing = chromium(page, "--dump-dom", fragment="#from=nobody")
    assert _cells(nothing) == {}
    assert b'<p id="nothing">' in nothing


def test_what_is_opened_stands_in_the_address(chromium: Callable[..., bytes]) -> None:
    """A script at the end does what a person does, and writes the address down."""
    page = _page(cluster(APPS, [SERVER]))
    press = (
        "<script>for (const name of document.querySelectorAll('.row-name'))"
        " if (name.textContent.includes('business=fruit')) name.click();"
        "document.getElementById('tab-graph').click();"
        "document.body.dataset.address = location.hash;</script>"
    )
    unguarded = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    dom = chromium(unguarded.replace("</body>", f"{press}</body>"), "--dump-dom").decode()
    (address,) = re.findall(r'data-address="([^"]*)"', dom)
    assert address.replace("&amp;", "&") == "#open=%2Ffruit%2Fcart&graph"


def test_the_pane_is_cleared_when_its_cell_is_filtered_away(chromium: Callable[..., bytes]) -> None:
    page = _page(cluster(APPS, [SERVER]))
    filtered = (
        "<script>const box = document.getElementById('find-source'); box.value = 'nobody';"
        "box.dispatchEvent(new Event('input'));</script>"
    )
    unguarded = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    dom = chromium(unguarded.replace("</body>", f"{filtered}</body>"), "--dump-dom").decode()
    assert "Choose a cell" in dom[dom.index('id="details"') :]


def test_ports_with_one_reason_are_told_once(chromium: Callable[..., bytes]) -> None:
    apps = [app("/a", {"a": "1"}, ports=(80, 443, 9090)), app("/b", {"b": "1"})]
    dom = chromium(_page(cluster(apps, [policy("p", "a == '1'", ingress=[])])), "--dump-dom").decode()
    assert "TCP ports 80, 443, 9090" in dom


def test_a_phone_gets_a_list(chromium: Callable[..., bytes]) -> None:
    page = _page(cluster(APPS, [SERVER]))
    dom = chromium(page, "--dump-dom", "--window-size=500,900").decode()
    assert re.search(r'id="matrix-view"[^>]*hidden', dom)
    listed = chromium(page, "--dump-dom", "--window-size=500,900", fragment="#from=fruit").decode()
    assert "to /books/server" in listed[listed.index('id="list"') :]


def test_paper_has_the_matrix_and_what_changes(chromium: Callable[..., bytes]) -> None:
    dom = chromium(_page(cluster(APPS, [SERVER]), cluster(APPS, [])), "--dump-dom").decode()
    printed = dom[dom.index('id="printed"') :]
    assert "What changes" in printed
    assert "<td>business=fruit (2)</td><td>/books/server</td><td>TCP port" in printed


def test_sixty_groups_stand_in_layers_with_whole_names(chromium: Callable[..., bytes]) -> None:
    apps = [app(f"/team/a-rather-long-name-of-an-app-{number}", {"app": str(number)}) for number in range(60)]
    documents = [
        policy(f"p{number}", f"app == '{number}'", ingress=[
            {"action": "Allow", "source": {"selector": f"app == '{number - 1}'"}}])
        for number in range(60)
    ]  # fmt: skip
    dom = chromium(_page(cluster(apps, documents)), "--dump-dom", fragment="#graph").decode()
    places = re.findall(r'class="node[^"]*" transform="translate\(([\d.]+),([\d.]+)\)"', dom)
    assert len(places) == len(set(places)) == 60
    names = re.findall(r"<text[^>]*>(/team/[^<]*)</text>", dom)
    assert sorted(names) == sorted(one["id"] for one in apps)
    # Whoever is reached stands to the right of who reaches it.
    assert len({x for x, _ in places}) == 60


def test_a_group_can_be_opened(chromium: Callable[..., bytes]) -> None:
    cells = _cells(chromium(_page(cluster(APPS, [SERVER])), "--dump-dom", fragment="#open=/fruit/web"))
    assert len(cells) == 25
    assert cells["/fruit/web", "/books/server"]["data-summary"] == "none"
    assert cells["/books/web", "/fruit/cart"]["data-summary"] == "all"


def test_changes_are_marked(chromium: Callable[..., bytes]) -> None:
    dom = chromium(_page(cluster(APPS, [SERVER]), cluster(APPS, [])), "--dump-dom")
    changed = [pair for pair, cell in _cells(dom).items() if cell.get("data-changed") == "true"]
    assert changed == [("business=fruit (2)", "/books/server")]
    assert b"was allow" in dom


def test_the_graph_has_its_arrows(chromium: Callable[..., bytes]) -> None:
    dom = chromium(_page(cluster(APPS, [SERVER])), "--dump-dom", fragment="#graph")
    elements = _Elements(dom.decode())
    assert len(elements.having("node")) == 3
    edges = {(edge["data-from"], edge["data-to"]): edge["class"] for edge in elements.having("edge")}
    assert edges["business=fruit (2)", "/books/server"] == "edge none"
    assert edges["/books/web", "/books/server"] == "edge all"
    assert len(edges) == 6


def test_a_thousand_apps_stay_light(chromium: Callable[..., bytes]) -> None:
    apps = [app(f"/t{number % 20}/app-{number}", {"app": str(number)}) for number in range(1000)]
    documents = [
        policy(f"p{number}", f"app == '{number}'", ingress=[{"action": "Allow"}]) for number in range(200)
    ]
    page = _page(cluster(apps, documents))
    dom = chromium(page, "--dump-dom")
    cells = _cells(dom)
    # Only what can be seen is there, however large the matrix is.
    assert 300 < len(cells) < 4000
    assert b"1,000 apps in 201 groups" in dom


def test_it_can_be_looked_at(chromium: Callable[..., bytes], tmp_path: Path) -> None:
    for name, fragment in (("matrix", ""), ("graph", "#graph")):
        picture = tmp_path / f"{name}.png"
        chromium(_page(cluster(APPS, [SERVER])), f"--screenshot={picture}", fragment=fragment)
        data = picture.read_bytes()
        assert data.startswith(b"\x89PNG")
        # A blank page of this size is far smaller.
        assert len(data) > 20_000
