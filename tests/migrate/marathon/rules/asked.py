"""What one rule says of a document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from calico_migrate.marathon.result import Options
from calico_migrate.marathon.rewriting import rewrite
from calico_migrate.network_map import NetworkMap
from tests.support.definitions import whole
from tests.support.places import assert_at_its_pointer

if TYPE_CHECKING:
    from calico_core.findings import Finding

DEFAULT_MAP = NetworkMap()
ON_DCOS = {"networks": [{"mode": "container", "name": "dcos"}]}
ON_CALICO = {"networks": [{"mode": "container", "name": "calico"}]}
ON_HOST = {"networks": [{"mode": "host"}]}
DOCKER = {"container": {"type": "DOCKER", "docker": {"image": "web"}}}
UCR = {"container": {"type": "MESOS", "docker": {"image": "web"}}}


def found(
    rule: str, document: Any, network_map: NetworkMap = DEFAULT_MAP, *, move_labels: bool = False
) -> list[Finding]:
    """The findings of a rule for a document, given as a text or as its value, each where its pointer leads."""
    text = _text(document)
    result = rewrite(text, Options(network_map, move_labels))
    findings = [finding for finding in result.findings if finding.rule == rule]
    for finding in findings:
        if finding.pointer is not None:
            assert_at_its_pointer(finding, text)
    return findings


def pointers(
    rule: str, document: Any, network_map: NetworkMap = DEFAULT_MAP, *, move_labels: bool = False
) -> list[str | None]:
    """The pointers of a rule's findings."""
    return [each.pointer for each in found(rule, document, network_map, move_labels=move_labels)]


def edits(rule: str, document: Any, options: Options = Options()) -> list[tuple[str, Any, Any]]:  # noqa: B008
    """The pointers, old and new values of a rule's edits."""
    edited = rewrite(_text(document), options).edits
    return [(each.pointer, each.old, each.new) for each in edited if each.rule == rule]


def _text(document: Any) -> str:
    """A document's text; of a definition of which only some members are given, that of a whole one."""
    text = document if isinstance(document, str) else json.dumps(document)
    return whole(text)
