"""A test inside containers: from each moved item to what it depends on, judged by a line of our own.

The exit code of a session in a container is not reliable (dcos/dcos-core-cli pkg/mesos/taskio.go:436-452),
so that the shell in the container says it: without that line nothing is known. apache/mesos
docs/operator-http-api.md and docs/recordio.md describe the session.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.legible import legible
from calico_migrate.cluster.applying import looks
from calico_migrate.cluster.applying.gates import PASSED, Judgement, Result
from calico_migrate.marathon.parsed.attachments import pod_endpoints, port_mappings, runtime

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calico_migrate.cluster.connection.answers import Answer
    from calico_migrate.cluster.connection.reading import Reader
    from calico_migrate.cluster.kinds.look import Look
    from calico_migrate.cluster.planning.document import Item, Plan

MARKER = "calico-migrate-rc="
_SCRIPT = f'wget -q -O /dev/null --timeout=5 "$0"; echo {MARKER}$?'
_SAID = re.compile(rf"{MARKER}([0-9]{{1,3}})")
# What wget says where the server answered, and not with a page.
_SERVER_ERROR = 8
_NO_PROGRAM = (126, 127)


class Trial(NamedTuple):
    """A test from a container of one item to another: the agent, the container, and the address asked."""

    item: Item
    target: Item
    agent: str
    container: Mapping[str, Any]
    address: str

    @property
    def path(self) -> str:
        """Where the agent takes it."""
        return f"/agent/{self.agent}/api/v1"

    def body(self) -> dict[str, Any]:
        """A session beside the task's own processes, without anything put into the shell's text."""
        return {
            "type": "LAUNCH_NESTED_CONTAINER_SESSION",
            "launch_nested_container_session": {
                "container_id": {"parent": dict(self.container), "value": str(uuid.uuid4())},
                "command": {
                    "shell": False,
                    "value": "sh",
                    "arguments": ["sh", "-c", _SCRIPT, f"http://{self.address}/"],
                },
            },
        }


class Untested(NamedTuple):
    """Why an item cannot be tested from here."""

    item: Item
    why: str


def trials(plan: Plan, reader: Reader, state: Any, keys: Sequence[str]) -> Iterator[Trial | Untested]:
    """The tests that these items' dependencies ask for."""
    places = _places(state)
    for key in keys:
        item = plan.items[key]
        for target_key in item.depends_on:
            target = plan.items[target_key]
            look, there = looks.whole(reader, item), looks.whole(reader, target)
            if look is None or there is None:
                yield Untested(item, "it or what it depends on does not exist any more")
            elif item.kind == "app" and runtime("app", look.body) != "ucr":
                yield Untested(item, "Docker runs its containers, and only Mesos' own runtime lets a test in")
            else:
                yield _trial(item, look, target, there, places)


def _trial(
    item: Item, look: Look, target: Item, there: Look, places: Mapping[str, tuple[str, Mapping[str, Any]]]
) -> Trial | Untested:
    port = _port(there.body)
    address = next((each.addresses[0] for each in there.instances if each.running and each.addresses), None)
    place = next((places[task] for each in look.instances for task in each.tasks if task in places), None)
    if port is None or address is None:
        return Untested(item, f"{target.key} has no port or no address to ask")
    if place is None:
        return Untested(item, "Mesos does not say where its containers are")
    return Trial(item, target, place[0], place[1], f"{address}:{port}")


def judged(answer: Answer) -> Judgement:
    """What the session said; without the marker nothing is known."""
    if answer.status != 200:
        return Judgement(Result.INCONCLUSIVE, f"cannot be tested from here: {answer.message()}")
    said = _SAID.search(output(answer.body))
    if said is None:
        return Judgement(Result.INCONCLUSIVE, "cannot be tested from here: the container said nothing")
    code = int(said[1])
    if code in _NO_PROGRAM:
        return Judgement(Result.INCONCLUSIVE, "cannot be tested from here: the image has no wget")
    if code in (0, _SERVER_ERROR):
        return PASSED
    return Judgement(Result.FAILED, f"wget ended with {code}")


def output(stream: bytes) -> str:
    """What a session wrote: records of a length, a line's end, and JSON; what is cut off is left out."""
    texts: list[bytes] = []
    place = 0
    while True:
        end = stream.find(b"\n", place)
        length = stream[place:end]
        if end < 0 or not length.isdigit() or len(length) > 9:
            break
        record = stream[end + 1 : end + 1 + int(length)]
        place = end + 1 + int(length)
        texts.append(_data(record))
    return b"".join(texts).decode("utf-8", "replace")


def _data(record: bytes) -> bytes:
    try:
        document = json.loads(record)
        data = document["data"]
        return base64.b64decode(data["data"]) if data["type"] in ("STDOUT", "STDERR") else b""
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
        return b""


def _port(body: Mapping[str, Any]) -> int | None:
    for _, each in (*port_mappings(body), *pod_endpoints(body)):
        port = each.get("containerPort")
        if isinstance(port, int) and not isinstance(port, bool) and port > 0:
            return port
    return None


def _places(state: Any) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """The agent and the container of each task, by the task's id."""
    found: dict[str, tuple[str, Mapping[str, Any]]] = {}
    frameworks = state.get("frameworks") if isinstance(state, dict) else None
    for framework in frameworks if isinstance(frameworks, list) else ():
        for task in framework.get("tasks") or () if isinstance(framework, dict) else ():
            for status in task.get("statuses") or ():
                container = (status.get("container_status") or {}).get("container_id")
                agent = task.get("slave_id")
                if isinstance(container, dict) and isinstance(agent, str) and _is_agent(agent):
                    found[str(task.get("id"))] = (agent, container)
    return found


def _is_agent(text: str) -> bool:
    return re.fullmatch(r"[-A-Za-z0-9.]{1,200}", text) is not None and legible(text, 200) == text
