"""Expectations of who may reach whom, kept beside the policies and run in their repository's CI::

    apps: [services/]
    policies: [policies/]
    expect:
      - {from: /shop/web, to: /shop/db, port: 5432, verdict: allow}
      - {from: /fruit/web, to: vip:/db:5432, verdict: deny}

Paths are relative to the file, or else to the working directory. ``port`` and ``protocol`` may be left out
as on the command line; then the verdict must hold for each declared port. ``source_port``, ``icmp_type`` and
``icmp_code`` may be given as well. ``config``, ``pools`` and
``agents`` name files and ``same_agent`` is true or false, as the options of ``policy simulate`` do.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core import sources
from calico_core.errors import InputError, UsageError
from calico_migrate.policy.answering.asking import Reply, ask
from calico_migrate.policy.answering.traffic import Traffic, traffic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.policy.cluster.model import Model

_FIELDS = ("apps", "policies", "expect", "config", "pools", "agents", "same_agent")
_EXPECTED = ("from", "to", "port", "protocol", "source_port", "icmp_type", "icmp_code", "verdict")
_VERDICTS = ("allow", "deny", "depends")
_LARGEST = 16 << 20
_LONGEST_NAME = 400


class Expectation(NamedTuple):
    """One expected verdict, and the line on which it stands (None in a JSON file)."""

    source: str
    destination: str
    port: int | None
    protocol: str | None
    source_port: int | None
    icmp_type: int | None
    icmp_code: int | None
    verdict: str
    line: int | None

    @property
    def name(self) -> str:
        """What is expected, in words."""
        from calico_core.legible import legible

        asked = "".join(
            f" {words}{value}"
            for words, value in (
                ("", self.protocol),
                ("port ", self.port),
                ("from port ", self.source_port),
                ("type ", self.icmp_type),
                ("code ", self.icmp_code),
            )
            if value is not None
        )
        return legible(f"{self.source} to {self.destination}{asked}: {self.verdict}", _LONGEST_NAME)

    @property
    def traffic(self) -> Traffic:
        """What it is about. Raises UsageError for what cannot be."""
        return traffic(self.port, self.protocol, self.source_port, self.icmp_type, self.icmp_code)


class Expectations(NamedTuple):
    """A file of expectations; the paths are as they can be opened."""

    path: str
    apps: list[str]
    policies: list[str]
    config: str | None
    pools: str | None
    agents: str | None
    same_agent: bool
    expect: list[Expectation]


class Result(NamedTuple):
    """What became of an expectation: the reply, or why there is none."""

    expectation: Expectation
    reply: Reply | None
    error: str = ""
    seconds: float = 0.0

    @property
    def met(self) -> bool:
        """Whether the verdict is the expected one."""
        return self.reply is not None and self.reply.verdict == self.expectation.verdict


def read_expectations(path: str) -> Expectations:
    """The expectations in a YAML or JSON file. Raises InputError, with the line, for what is no such file."""
    from calico_core.yaml.plain import line_of, read_documents

    documents = read_documents(sources.read(path, limit=_LARGEST).text, path)
    if len(documents) != 1:
        raise InputError("a file of expectations is one document", path=path)
    document = documents[0]
    if not isinstance(document, dict):
        raise InputError("a file of expectations is a mapping with apps, policies and expect", path=path)
    _known(document, _FIELDS, path)
    expect = document.get("expect")
    if not isinstance(expect, list) or not expect:
        raise InputError(
            "`expect` must be a list of expectations", path=path, line=line_of(document, "expect")
        )
    same_agent = document.get("same_agent", False)
    if not isinstance(same_agent, bool):
        raise InputError(
            "`same_agent` must be true or false", path=path, line=line_of(document, "same_agent")
        )
    return Expectations(
        path,
        _paths(document, "apps", path),
        _paths(document, "policies", path),
        _single(document, "config", path),
        _single(document, "pools", path),
        _single(document, "agents", path),
        same_agent,
        [_expectation(item, path) for item in expect],
    )


def run(model: Model, expectations: Expectations) -> list[Result]:
    """The results, in the order of the file."""
    from time import perf_counter

    results: list[Result] = []
    for one in expectations.expect:
        begun = perf_counter()
        try:
            reply = ask(
                model,
                one.source,
                one.destination,
                one.traffic,
                same_agent=expectations.same_agent,
                options=("from", "to"),
            )
        except UsageError as error:
            results.append(Result(one, None, error.message, perf_counter() - begun))
        else:
            results.append(Result(one, reply, "", perf_counter() - begun))
    return results


def _expectation(item: Any, path: str) -> Expectation:
    from calico_core.yaml.plain import line_of

    if not isinstance(item, dict):
        raise InputError(f"an expectation is a mapping with {', '.join(_EXPECTED)}", path=path)
    _known(item, _EXPECTED, path)
    line = line_of(item, "from") or line_of(item, "to") or line_of(item, "verdict")
    for field in ("from", "to", "verdict"):
        if not isinstance(item.get(field), str):
            raise InputError(f"an expectation needs `{field}`, a text", path=path, line=line)
    if item["verdict"] not in _VERDICTS:
        raise InputError(
            f"the verdict {item['verdict']!r} is none of {', '.join(_VERDICTS)}",
            path=path,
            line=line_of(item, "verdict"),
        )
    numbers: dict[str, int | None] = {}
    for field in ("port", "source_port", "icmp_type", "icmp_code"):
        number = item.get(field)
        if number is not None and (isinstance(number, bool) or not isinstance(number, int)):
            what = field.replace("_", " ").replace("icmp", "ICMP")
            raise InputError(f"{number!r} is no {what}", path=path, line=line_of(item, field))
        numbers[field] = number
    protocol = item.get("protocol")
    if isinstance(protocol, int) and not isinstance(protocol, bool):
        protocol = str(protocol)
    if protocol is not None and not isinstance(protocol, str):
        raise InputError(f"{protocol!r} is no protocol", path=path, line=line_of(item, "protocol"))
    return Expectation(
        item["from"], item["to"], protocol=protocol, **numbers, verdict=item["verdict"], line=line
    )


def _known(mapping: dict[str, Any], fields: Sequence[str], path: str) -> None:
    from calico_core.nearest import nearest
    from calico_core.yaml.plain import line_of

    for key in mapping:
        if key not in fields:
            near = nearest(key, fields)
            hint = f"; is `{near}` meant?" if near else f"; the keys are {', '.join(fields)}"
            raise InputError(
                f"`{key}` is no key of a file of expectations{hint}", path=path, line=line_of(mapping, key)
            )


def _paths(document: dict[str, Any], field: str, path: str) -> list[str]:
    from calico_core.yaml.plain import line_of

    value = document.get(field)
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not listed or not all(isinstance(one, str) for one in listed):
        raise InputError(f"`{field}` must be a list of paths", path=path, line=line_of(document, field))
    return [_beside(path, one) for one in listed]


def _single(document: dict[str, Any], field: str, path: str) -> str | None:
    from calico_core.yaml.plain import line_of

    value = document.get(field)
    if value is not None and not isinstance(value, str):
        raise InputError(f"`{field}` must be a path", path=path, line=line_of(document, field))
    return _beside(path, value) if value is not None else None


def _beside(path: str, named: str) -> str:
    """A path as it can be opened: relative to the file that names it, else to the working directory."""
    beside = named if path == sources.STANDARD_INPUT else os.path.join(os.path.dirname(path), named)
    return named if not os.path.lexists(beside) and os.path.lexists(named) else beside
