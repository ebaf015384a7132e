"""Every page in a real browser: nothing is wider than the window, every link leads somewhere, the policy holds."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

WIDTHS = (500, 1280)

_MEASURE = (
    "<script>addEventListener('load', () => { document.documentElement.dataset.width ="
    " `${document.documentElement.scrollWidth} of ${innerWidth}`; });</script>"
)


@pytest.fixture(scope="module")
def browser() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Chromium (the Debian package chromium), to look at the pages")
        pytest.skip("no Chromium is installed (the Debian package chromium)")
    return found


@pytest.fixture(scope="module")
def pages(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of the samples, made by the commands."""
    folder = tmp_path_factory.mktemp("pages")
    made = {name: folder / f"{name}.html" for name in ("config", "matrix", "survey")}
    samples = root / "samples"
    run("config", "check", str(samples / "config/collisions.yaml"), "--html", str(made["config"]))
    run(
        "policy", "matrix", "--apps", str(samples / "policy/apps"), "--policies", str(samples / "policy/policies"),
        "--html", str(made["matrix"]),
    )  # fmt: skip
    run("survey", "--no-config", "--html", str(made["survey"]), str(samples / "estate"))
    return made


def dom(browser: str, page: Path, width: int, tmp_path: Path) -> tuple[str, str]:
    """What the browser made of a page, and what it complained of."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [browser, "--headless", *sandbox, "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-dev-shm-usage", f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},900",
         "--virtual-time-budget=3000", "--enable-logging=stderr", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout, done.stderr


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["config", "matrix", "survey"])
def test_nothing_is_wider_than_the_window(
    name: str, width: int, pages: dict[str, Path], browser: str, tmp_path: Path
) -> None:
    text = pages[name].read_text(encoding="utf-8")
    copy = tmp_path / "page.html"
    copy.write_text(
        re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text).replace(
            "</head>", f"{_MEASURE}</head>"
        )
    )
    (measured,) = re.findall(r'data-width="([^"]*)"', dom(browser, copy, width, tmp_path)[0])
    needed, _, has = measured.partition(" of ")
    assert int(needed) <= int(has), measured


@pytest.mark.parametrize("name", ["config", "matrix", "survey"])
def test_every_link_and_hash_is_right(name: str, pages: dict[str, Path], root: Path) -> None:
    text = pages[name].read_text(encoding="utf-8")
    targets = set(re.findall(r' id="([^"]+)"', text))
    links = re.findall(r'href="([^"]*)"', text)
    assert links
    assert [link for link in links if not link.startswith("#") or link[1:] not in targets] == []
    evidence = text[text.index('class="evidence"') :]
    hashes = re.findall(r"<span>([^<]*?) <code class=\"hash\">([0-9a-f]{64})</code>", evidence)
    assert hashes
    for path, digest in hashes:
        with open(path, "rb") as file:
            assert hashlib.sha256(file.read()).hexdigest() == digest, path


@pytest.mark.parametrize("name", ["config", "matrix", "survey"])
def test_the_browser_refuses_nothing_of_it(
    name: str, pages: dict[str, Path], browser: str, tmp_path: Path
) -> None:
    _, complaints = dom(browser, pages[name], 1280, tmp_path)
    assert "Content Security Policy" not in complaints
    assert "Uncaught" not in complaints


def test_a_page_can_be_made_again(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    texts = []
    for _ in range(2):
        page = tmp_path / "page.html"
        run("survey", "--no-config", "--html", str(page), str(root / "samples/estate"))
        texts.append(page.read_bytes())
    assert texts[0] == texts[1]
    assert b"2023-11-14 22:13:20 UTC" in texts[0]
