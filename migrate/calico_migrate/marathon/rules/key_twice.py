"""A key stands twice in one object or mapping.

YAML forbids it and JSON leaves it open; Marathon and most readers take it all the same: the last one counts,
and what the earlier ones say is lost without a word. The last one is what is looked at and edited here. Each
second key is told in YAML; in JSON it is where it hides definitions, or the name of an old network.

Example:
    "networks": [{"mode": "container", "name": "dcos"}],
    "networks": [{"mode": "host"}]

Take out the ones that do not count.
"""

from calico_core.findings import Finding
from calico_core.json import scanning
from calico_core.json.locating import Locator, Member
from calico_core.json.pointers import Path, pointer
from calico_core.rules import Findings, warning
from calico_core.spans import Position
from calico_migrate.marathon.json_notation import JsonNotation
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = warning(
    __name__,
    source="YAML 1.1, 3.2.1.3 (Node Equality); PyYAML yaml/constructor.py; RFC 8259, section 4 (Objects)",
)
WATCHES = (Mark.NAMED_ELSEWHERE,)

# The keys of a network's name; in a list it has none.
_KEYS: tuple[str | int, ...] = ("name", "networkName", 0)


def check(subject: Subject) -> Findings:
    """The keys of a definition in JSON that hide the name of an old network."""
    return _told(subject) if _may_hide(subject) else iter(())


def _told(subject: Subject) -> Findings:
    definition = subject.definition
    if not isinstance(definition.notation, JsonNotation):
        return
    locator = Locator(definition.text, definition.start)
    told: set[int] = set()
    for place in definition.mentions or ():
        hidden = _hidden(locator, place)
        if hidden is not None and hidden[1].key_start not in told:
            path, member = hidden
            told.add(member.key_start)
            yield finding(
                member.key,
                subject.lines.position(member.key_start),
                pointer((*definition.path[: len(definition.path) - len(definition.inside)], *path)),
            )


def finding(key: str, place: Position, at: str | None = None) -> Finding:
    """About a key that stands a second time."""
    line, column = place
    message = f"the key {key} stands here a second time; the last one counts"
    return RULE.finding(
        message, hint="take out the ones that do not count", line=line, column=column, pointer=at
    )


def _may_hide(subject: Subject) -> bool:
    """Whether an old name stands in the definition's text that no value of it explains."""
    definition, old = subject.definition, subject.network_map.names
    mentions = definition.mentions or ()
    known = len(subject.named_elsewhere)
    for attachment in subject.planned.attachments:
        if attachment.name in old:
            known += 1
    if len(mentions) <= known:
        return False
    if definition.has_escapes:
        return True
    text = definition.text
    return any(
        text[place - 1] == '"' and scanning.may_follow(text, place - 1, key)
        for place in mentions
        for key in _KEYS
    )


def _hidden(locator: Locator, place: int) -> tuple[Path, Member] | None:
    """The key, with its path, that replaces what stands at a place; None where nothing does."""
    path: Path = ()
    while True:
        bracket = locator.text[locator.start(path)]
        if bracket == "[":
            spans = enumerate(locator.elements(path))
            step: str | int | None = next((i for i, span in spans if span.start <= place < span.end), None)
        elif bracket == "{":
            held = next((each for each in locator.members(path) if each.start <= place < each.end), None)
            step = None if held is None else held.key
            if held is not None and (last := locator.member((*path, held.key))) is not held:
                return (*path, held.key), last
        else:
            step = None
        if step is None:
            return None
        path = (*path, step)
