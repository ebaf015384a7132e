"""The definitions of a document, all at once."""

from __future__ import annotations

import json

from calico_migrate.marathon.definitions import Definition, walk
from calico_migrate.marathon.parsed import recognition


def definitions_in(text: str) -> list[Definition]:
    """What a walk meets, in its order."""
    found: list[Definition] = []
    walk(text, found.append)
    return found


def whole(text: str) -> str:
    """The text of a definition with what makes it one: an id and a command behind its other members."""
    value = json.loads(text)
    if not isinstance(value, dict) or not recognition.HOLDERS.isdisjoint(value):
        return text
    added = {} if "id" in value else {"id": "/app"}
    if recognition.recognise({**value, **added}) is None:
        added["cmd"] = "./run"
    members = "".join(f', "{key}": "{each}"' for key, each in added.items())
    behind = text.rindex("}")
    return text[:behind] + (members if value else members[2:]) + text[behind:]
