"""The HTML page of ``config check``: the picture of the address space, drawn for reading.

The page stands in the frame of all pages, with inline SVG and no script. This module turns the picture into
coordinates; the template ``config/address_space.html.mustache`` only places them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_config.showing.picture import TITLES, draw
from calico_config.showing.sentences import calico_sentence, installer_sentence
from calico_core.addresses import address_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_config.checking import ConfigCheck
    from calico_config.showing.picture import Bar, Magnified, Picture, Strip
    from calico_core.findings import Finding
    from calico_core.rules import Rule
    from calico_templates.page import Evidence, Verdict

WIDTH = 1000
LANE = 30
BAR = 22
LEAST_BAR = 3.0
BADGE = 26
CALLOUT = 24
CHARACTER = 6.7
AXIS = 26


def page(check: ConfigCheck, evidence: Sequence[Evidence] = ()) -> str:
    """The page for a file that could be read; `evidence` is what its footer names.

    Raises ValueError for a file that could not be read.
    """
    from calico_config.parameters import release_name
    from calico_templates import render
    from calico_templates.page import Page, asset, render_page

    facts = check.facts
    if facts is None:
        raise ValueError("a file without settings has no address space")
    picture = draw(facts)
    content = render("config/address_space.html.mustache", _content(check, picture))
    mode = facts.mode if facts.calico_on else "off"
    kinds = "".join(f".k-{kind} {{ fill: var(--{kind}); background: var(--{kind}); }}\n" for kind in TITLES)
    return render_page(
        Page(
            title=f"{check.path}: address space",
            subtitle=f"DC/OS {release_name(facts.release)} · Calico's pool: {_pool(check)} · tunnel: {mode}",
            content=content,
            verdicts=_verdicts(check),
            evidence=evidence,
            style=asset("config/address_space.css") + kinds,
        )
    )


def _verdicts(check: ConfigCheck) -> list[Verdict]:
    from calico_templates.page import Verdict

    severities = {finding.severity.value for finding in check.findings}
    grade = "bad" if "error" in severities else "fair" if "warning" in severities else "good"
    return [
        Verdict("good" if _is_accepted(check) else "bad", "The installer", installer_sentence(check)),
        Verdict(grade, "The cluster", calico_sentence(check)),
    ]


def _content(check: ConfigCheck, picture: Picture) -> dict[str, Any]:
    from calico_templates.page.prose import LONGEST, blocks, inline

    findings = sorted(check.findings, key=lambda finding: -finding.severity.rank)
    rules = {finding.rule: _rule(finding.rule) for finding in findings}
    return {
        "has_findings": bool(findings),
        "findings": [
            {
                "severity": finding.severity.value,
                "line": "" if finding.line is None else f"{finding.line}:{finding.column}",
                "rule": finding.rule,
                "message": inline(finding.message, LONGEST),
                "has_hint": bool(finding.hint),
                "hint": inline(finding.hint, LONGEST),
                "has_picture": bool(_drawn(finding, picture)),
                "picture": _drawn(finding, picture),
            }
            for finding in findings
        ],
        "kinds": [{"kind": kind, "title": TITLES[kind]} for kind in picture.kinds],
        "strips": [_strip(strip, f"s{number}") for number, strip in enumerate(picture.strips)],
        "has_collisions": bool(picture.collisions),
        "collisions": [_magnified(entry, f"m{number}") for number, entry in enumerate(picture.collisions)],
        "left_out": f"{picture.left_out:,} more are not drawn." if picture.left_out else "",
        "has_rules": bool(rules),
        "rules": [
            {
                "id": rule.id,
                "title": rule.title,
                "text": blocks(rule.documentation.partition("\n")[2]),
                "source": rule.source,
            }
            for rule in rules.values()
        ],
        "assumes": "; ".join(check.installer.assumes),
    }


# The kind of range that a rule speaks of.
_SPEAKS_OF = {
    "cidr-overlaps-bridge": {"bridge"},
    "cidr-overlaps-dns": {"dns", "resolver"},
    "cidr-overlaps-docker0": {"docker0"},
    "cidr-overlaps-docker-pools": {"docker-pool"},
    "cidr-overlaps-nodes": {"master", "agent"},
    "cidr-overlaps-overlay": {"overlay"},
    "cidr-overlaps-pool": {"pool"},
    "cidr-overlaps-reserved": {"reserved"},
    "cidr-overlaps-service": {"service"},
    "cidr-overlaps-vips": {"vips"},
    "cidr-overlaps-vtep-subnet": {"vtep"},
    "overlays-overlap": {"overlay"},
}


def _drawn(finding: Finding, picture: Picture) -> str:
    """The element that shows what a finding speaks of, or nothing."""
    ours = "overlay" if finding.rule == "overlays-overlap" else "calico"
    candidates = [
        (f"m{number}", entry)
        for number, entry in enumerate(picture.collisions)
        if {bar.kind for bar in entry.strip.bars} - {ours} <= _SPEAKS_OF.get(finding.rule, set()) - {ours}
        and any(bar.kind == ours for bar in entry.strip.bars)
    ]
    # Where several are of that kind, the one whose addresses the finding names.
    named = [
        name for name, entry in candidates if any(bar.text in finding.message for bar in entry.strip.bars[1:])
    ]
    return next(iter([*named, *(name for name, _ in candidates)]), "") if finding.rule in _SPEAKS_OF else ""


def _rule(name: str) -> Rule:
    """A rule of this package by its id, which is its module's name."""
    from importlib import import_module

    rule: Rule = import_module(f"calico_config.rules.{name.replace('-', '_')}").RULE
    return rule


def _is_accepted(check: ConfigCheck) -> bool:
    return check.installer.status == "ok" and check.installer.render != "crash"


def _pool(check: ConfigCheck) -> str:
    facts = check.facts
    if facts is None or facts.cidr is None:
        return "none"
    return facts.cidr.text + ("" if facts.is_set("calico_network_cidr") else " (default)")


def _strip(strip: Strip, name: str) -> dict[str, Any]:
    """A strip's coordinates: callouts above, lanes of bars, an axis below."""
    bars = [_box(bar, number) for number, bar in enumerate(strip.bars, 1)]
    narrow = [box for box in bars if not box["badge"]]
    rows = max(1, -(-len(narrow) * CALLOUT // WIDTH)) if narrow else 0
    top = rows * 20 + (14 if narrow else 4)
    spread = _spread([box["centre"] for box in narrow], rows)
    for index, (box, x) in enumerate(zip(narrow, spread, strict=True)):
        row = index % rows
        box["callout_x"] = _number(x)
        box["callout_y"] = _number(14 + row * 20)
        box["leader_y"] = _number(19 + row * 20)
    for box in bars:
        box["y"] = _number(top + box["lane"] * LANE + (LANE - BAR) / 2)
        box["text_y"] = _number(top + box["lane"] * LANE + LANE / 2 + 4)
        box["centre_y"] = _number(top + box["lane"] * LANE + LANE / 2)
    bottom = top + strip.lanes * LANE
    return {
        "name": name,
        "title": strip.title,
        "size": f"{strip.space.size:,} addresses",
        "height": bottom + AXIS,
        "track_y": top,
        "track_height": strip.lanes * LANE,
        "bars": bars,
        "narrow": narrow,
        "ticks": _ticks(strip, bottom),
        "rows": [
            {
                "number": box["number"],
                "kind": box["kind"],
                "owner": bar.owner,
                "text": "" if bar.text in bar.owner else bar.text,
                "note": "default" if bar.default and bar.kind in _WITH_DEFAULTS else "",
                "collides": bar.collides,
            }
            for box, bar in zip(bars, strip.bars, strict=True)
        ],
    }


_WITH_DEFAULTS = frozenset({"calico", "overlay", "vtep", "vips", "bridge"})


def _box(bar: Bar, number: int) -> dict[str, Any]:
    width = max(bar.width * WIDTH, LEAST_BAR)
    x = min(bar.start * WIDTH, WIDTH - width)
    label = _label(bar, width - BADGE - 8)
    return {
        "number": str(number),
        "kind": bar.kind,
        "x": _number(x),
        "width": _number(width),
        "centre": x + width / 2,
        "centre_x": _number(x + width / 2),
        "lane": bar.lane,
        "badge": width >= BADGE,
        "badge_x": _number(x + 13),
        "label": label,
        "label_x": _number(x + BADGE),
        "collides": bar.collides,
        "tooltip": bar.owner if bar.text in bar.owner else f"{bar.owner}: {bar.text}",
    }


def _label(bar: Bar, room: float) -> str:
    """The longest of the bar's names that fits, or nothing."""
    for text in (f"{bar.owner} {bar.text}", bar.owner, bar.text, TITLES[bar.kind]):
        if len(text) * CHARACTER <= room:
            return text
    return ""


def _spread(centres: Sequence[float], rows: int) -> list[float]:
    """Places for callouts as near to their bars as they get without touching each other in a row."""
    placed = list(centres)
    for row in range(rows):
        indexes = list(range(row, len(centres), rows))
        edge = CALLOUT / 2
        for index in indexes:
            placed[index] = max(placed[index], edge)
            edge = placed[index] + CALLOUT
        edge = WIDTH - CALLOUT / 2
        for index in reversed(indexes):
            placed[index] = min(placed[index], edge)
            edge = placed[index] - CALLOUT
    return placed


def _ticks(strip: Strip, y: float) -> list[dict[str, Any]]:
    ticks = []
    for quarter in range(5):
        last = quarter == 4
        address = strip.space.last if last else strip.space.first + strip.space.size * quarter // 4
        ticks.append(
            {
                "x": _number(WIDTH * quarter / 4),
                "y1": _number(y),
                "y2": _number(y + 5),
                "text_y": _number(y + 18),
                "anchor": "start" if quarter == 0 else "end" if last else "middle",
                # On a phone there is room for three of the five.
                "place": "between" if quarter % 2 else "",
                "text": address_text(address),
            }
        )
    return ticks


def _magnified(entry: Magnified, name: str) -> dict[str, Any]:
    from calico_templates.page.prose import LONGEST, inline

    strip = _strip(entry.strip, name)
    width = max(entry.width * WIDTH, LEAST_BAR)
    strip.update(
        severity=entry.severity,
        ours=entry.ours,
        theirs=entry.theirs,
        message=entry.message,
        message_text=inline(entry.message, LONGEST),
        shared_x=_number(min(entry.start * WIDTH, WIDTH - width)),
        shared_width=_number(width),
    )
    return strip


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
