"""The only requests that change anything: one whole item, or taking back our own deployment.

A body is the fresh definition with the plan's edits, and must have the planned digest before it leaves; the
number of instances is never set to anything but what it is now.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.cluster import bodies, edits, ids
from calico_migrate.cluster.connection import answers
from calico_migrate.cluster.kinds import index

if TYPE_CHECKING:
    from calico_migrate.cluster.applying.journal import Journal
    from calico_migrate.cluster.connection.answers import Answer
    from calico_migrate.cluster.connection.client import Client
    from calico_migrate.cluster.kinds.look import Look
    from calico_migrate.cluster.planning.document import Item


class Request(NamedTuple):
    """What is about to be sent, and the content that the item then has.

    Both are None for taking back a deployment.
    """

    method: str
    path: str
    body: dict[str, Any] | None
    content: dict[str, Any] | None


class Sent(NamedTuple):
    """An answer with what it names: the deployment and the new version, None where it does not."""

    answer: Answer
    deployment: str | None
    version: str | None


def prepared(item: Item, look: Look, target: str, *, forward: bool) -> Request:
    """The request that moves the item, or moves it back; ``target`` is the digest that it must have then.

    Raises MismatchError where the edits do not make the planned definition of the fresh one.
    """
    change = edits.applied if forward else edits.undone
    content = change(look.content, item.edits)
    if bodies.digest(content) != target:
        raise edits.MismatchError("", "the plan's edits do not make the definition that the plan promises")
    kind = index.of(item)
    return Request(item.action.upper(), kind.path(item), kind.payload(item, look, content), content)


def revert(item: Item, deployment: str) -> Request:
    """The request that takes back a deployment of ours, which Marathon answers with a new one."""
    spec = index.of(item).run_spec(item)
    return Request("DELETE", ids.deployment(spec.service if spec else item.service, deployment), None, None)


def send(client: Client, journal: Journal, item: Item, look: Look, request: Request) -> Sent:
    """Writes the intent down, sends, and writes the answer down.

    Raises OutputError before anything is sent.
    """
    payload = None
    if request.body is not None:
        payload = json.dumps(request.body, ensure_ascii=False, allow_nan=False).encode(
            "utf-8", "backslashreplace"
        )
    journal.write(
        "intent",
        item=item.key,
        request={
            "method": request.method,
            "path": request.path,
            "body": bodies.digest(request.body) if request.body is not None else None,
        },
        saw={"version": look.version, "config": look.config or None, "sha256": look.digest},
    )
    answer = client.write(request.method, request.path, payload)
    document = answer.parsed() if answer.failure is None else None
    fields = document if isinstance(document, dict) else {}
    accepted = answers.meaning(answer) is answers.Meaning.DONE
    deployment = answer.headers.get("marathon-deployment-id") or fields.get("deploymentId")
    deployment = deployment or fields.get("marathonDeploymentId")
    version = fields.get("version")
    sent = Sent(
        answer,
        deployment if accepted and isinstance(deployment, str) else None,
        version if accepted and isinstance(version, str) else None,
    )
    failure = answers.failure(answer)
    journal.write(
        "answer",
        item=item.key,
        status=answer.status,
        deployment=sent.deployment,
        version=sent.version,
        error=str(failure) if failure is not None else None,
    )
    return sent
