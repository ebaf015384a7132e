"""Documents come back byte for byte, but for the network names that must change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from calico_core.errors import InputError
from calico_core.findings import Severity
from calico_core.spans import apply
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.rewriting import rewrite
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon import reference, strategies
from tests.support.definitions import whole

if TYPE_CHECKING:
    from calico_core.findings import Finding
    from calico_migrate.marathon.result import Rewriting

MAP = NetworkMap(dict(reference.NAMES), reference.DEFAULT)


def rewritten(text: str, options: Options | None = None) -> str:
    after = rewrite(text, options or Options()).after
    return text if after is None else after


@given(strategies.texts())
def test_equals_the_reference_on_the_parsed_document(case: tuple[Any, str]) -> None:
    document, text = case
    after = rewritten(text, Options(MAP))
    assert json.loads(after.removeprefix("\ufeff")) == reference.migrate(document)


@given(strategies.texts())
def test_is_lossless_outside_the_edits(case: tuple[Any, str]) -> None:
    _, text = case
    result = rewrite(text, Options(MAP))
    after = text if result.after is None else result.after
    place_before = place_after = 0
    for edit in sorted(result.edits, key=lambda e: (e.start, e.end)):
        kept = text[place_before : edit.start]
        assert after[place_after : place_after + len(kept)] == kept
        place_after += len(kept) + len(edit.replacement)
        place_before = edit.end
    assert after[place_after:] == text[place_before:]


@given(strategies.texts())
def test_is_idempotent(case: tuple[Any, str]) -> None:
    once = rewritten(case[1], Options(MAP))
    again = rewrite(once, Options(MAP))
    assert again.after is None
    assert again.edits == []


@given(strategies.texts())
def test_planning_alone_finds_the_same_edits(case: tuple[Any, str]) -> None:
    built, planned = rewrite(case[1], Options(MAP)), rewrite(case[1], Options(MAP), build=False)
    assert planned.edits == built.edits
    assert planned.findings == built.findings
    assert planned.after is None
    if built.after is not None:
        assert apply(case[1], planned.edits) == built.after


@given(strategies.texts())
def test_moved_labels_keep_everything_else(case: tuple[Any, str]) -> None:
    _, text = case
    result = rewrite(text, Options(MAP, move_labels=True))
    again = rewrite(text if result.after is None else result.after, Options(MAP, move_labels=True))
    # An edit without a rule belongs to the one before it.
    assert {edit.rule for edit in again.edits} <= {"move-policy-label", ""}


@pytest.mark.parametrize(
    "before,after",
    [
        pytest.param('{"networks":[{"name":"dcos"}]}', '{"networks":[{"name":"calico"}]}', id="name"),
        pytest.param('{"networks":[{}]}', '{"networks":[{"name":"calico"}]}', id="empty-entry"),
        pytest.param(
            '{"networks":[{"mode":"container"}]}',
            '{"networks":[{"mode":"container","name":"calico"}]}',
            id="compact-insertion",
        ),
        pytest.param(
            '{"networks": [{ "mode": "container" }]}',
            '{"networks": [{ "mode": "container", "name": "calico" }]}',
            id="spaced-insertion",
        ),
        pytest.param(
            '{\n\t"networks": [\n\t\t{\n\t\t\t"mode": "container"\n\t\t}\n\t]\n}',
            '{\n\t"networks": [\n\t\t{\n\t\t\t"mode": "container",\n\t\t\t"name": "calico"\n\t\t}\n\t]\n}',
            id="tabs",
        ),
        pytest.param(
            '{"networks": [{"name": null, "mode": "container"}]}',
            '{"networks": [{"name": "calico", "mode": "container"}]}',
            id="null-name",
        ),
        pytest.param(
            '{"networks": [{"name": "x", "name": "dcos"}]}',
            '{"networks": [{"name": "x", "name": "calico"}]}',
            id="last-duplicate-counts",
        ),
        pytest.param('{"networks": [{"name": "dcos", "name": "x"}]}', None, id="earlier-duplicate-is-dead"),
        pytest.param('{"id": "/a", "networks": []}', None, id="empty-networks"),
        pytest.param('{"networks": [{"mode": "HOST", "name": "dcos"}]}', None, id="host"),
        pytest.param('{"networks": [{"name": "dcos6"}, {"name": "dcos-1"}]}', None, id="exact-names-only"),
        pytest.param(
            '{"networks": [{"name": "calico"}, {"name": "dcos"}]}',
            '{"networks": [{"name": "calico"}]}',
            id="merged-into-the-first",
        ),
        pytest.param(
            '{"networks": [{"name": "dcos", "labels": {"a": "1"}}, {"name": "calico", "labels": {"b": "2"}}]}',
            '{"networks": [{"name": "calico", "labels": {"a": "1", "b": "2"}}]}',
            id="merged-labels",
        ),
        pytest.param(
            '{"networks": [{"mode": "container"}, {"name": "dcos", "labels": {"b": "2"}}]}',
            '{"networks": [{"mode": "container", "name": "calico", "labels": {"b": "2"}}]}',
            id="unnamed-beside-named",
        ),
        pytest.param(
            '{"networks": [{}, {"name": "dcos", "labels": {"b": "2"}}]}',
            '{"networks": [{"name": "calico", "labels": {"b": "2"}}]}',
            id="empty-beside-labelled",
        ),
        pytest.param(
            '{"networks": [{"name": "dcos"}], "container": {"portMappings": [{"networkNames": ["dcos", "calico"]}]}}',
            '{"networks": [{"name": "calico"}], "container": {"portMappings": [{"networkNames": ["calico"]}]}}',
            id="network-names-once",
        ),
        pytest.param(
            '{"container": {"docker": {"network": "USER"}}, "cpus": 1}',
            '{"container": {"docker": {"network": "USER"}}, "ipAddress": {"networkName": "calico"}, "cpus": 1}',
            id="docker-user",
        ),
        pytest.param(
            '{\n  "id": "/a",\n  "container": {\n    "docker": {"network": "USER"}\n  }\n}',
            '{\n  "id": "/a",\n  "container": {\n    "docker": {"network": "USER"}\n  },\n  "ipAddress": {\n    "networkName":'
            ' "calico"\n  }\n}',
            id="docker-user-on-lines",
        ),
        pytest.param(
            '{"ipAddress": null, "container": {"docker": {"network": "user"}}}',
            '{"ipAddress": {"networkName": "calico"}, "container": {"docker": {"network": "user"}}}',
            id="null-address-is-replaced",
        ),
        pytest.param('{"ipAddress": {}}', '{"ipAddress": {"networkName": "calico"}}', id="empty-address"),
        pytest.param(
            '{"ipAddress": {"networkName": "dcos"}, "container": {"docker": {"network": "BRIDGE"}}}',
            None,
            id="dead-address",
        ),
        pytest.param(
            '{"apps": [{"id": "a", "networks": [{"name": "dcos"}]}], "apps": [{"id": "b"}]}',
            None,
            id="earlier-duplicate-list-is-dead",
        ),
        pytest.param('{"cmd": "run", "apps": [1], "networks": [{"name": "dcos"}]}',
                     '{"cmd": "run", "apps": [1], "networks": [{"name": "calico"}]}', id="app-with-an-odd-member"),
        pytest.param('{"id": "/", "networks": [{"name": "dcos"}], "apps": [{"networks": [{"name": "dcos"}]}]}',
                     '{"id": "/", "networks": [{"name": "dcos"}], "apps": [{"networks": [{"name": "calico"}]}]}',
                     id="group-with-an-odd-member"),
        pytest.param('{"id": "a", "run": {"networks": [{"name": "dcos"}]}}',
                     '{"id": "a", "run": {"networks": [{"name": "calico"}]}}', id="job"),
        pytest.param('{"virtualNetworks": [{"name": "dcos"}], "haproxy": {"backends": []}}',
                     '{"virtualNetworks": [{"name": "calico"}], "haproxy": {"backends": []}}', id="edgelb-pool"),
        pytest.param('{"id": "p", "spec": {"containers": [], "networks": [{"name": "dcos"}]}, "instances": [{"networks": [{"name": "dcos"}]}]}',
                     '{"id": "p", "spec": {"containers": [], "networks": [{"name": "calico"}]}, "instances": [{"networks": [{"name": "dcos"}]}]}',
                     id="pod-status"),
        pytest.param('{"networks": [{"name": "d\\u0063os"}]}', '{"networks": [{"name": "calico"}]}', id="escaped-name"),
        pytest.param('{"cmd": "x\\"networks\\"", "networks": [{"name": "dcos"}], "n": 1.0, "m": 1E+2}',
                     '{"cmd": "x\\"networks\\"", "networks": [{"name": "calico"}], "n": 1.0, "m": 1E+2}',
                     id="numbers-and-escapes-stay"),
    ],
)  # fmt: skip
def test_rewrites(before: str, after: str | None) -> None:
    assert rewrite(whole(before)).after == (after and whole(after))


def test_an_endless_number() -> None:
    text = '{"id": "/a", "networks": [{"name": "dcos"}], "n": ' + "9" * 5000 + "}"
    assert rewrite(text).after == text.replace("dcos", "calico")


@pytest.mark.parametrize(
    "text,kind",
    [
        ('{"id": "/a", "cmd": "./run"}', "app"),
        ('{"id": "/a"}', None),
        ('{"id": "/a", "containers": []}', "pod"),
        ('{"id": "/", "groups": []}', "group"),
        ('{"id": "/", "apps": []}', "group"),
        ('{"apps": []}', "list"),
        ('{"*": []}', "list"),
        ('{"queue": []}', "list"),
        ('{"app": {"id": "/a", "args": []}}', "app"),
        ('[{"id": "/a", "container": {}}]', "list"),
        ('{"id": "/p", "spec": {"containers": []}, "instances": []}', "pod-status"),
        ('{"id": "j", "run": {}}', "job"),
        ('{"name": "p", "haproxy": {"frontends": []}}', "edgelb-pool"),
        ('{"name": "p", "haproxy": {}}', None),
        ('{"name": "package"}', None),
        ("[]", None),
        ('[1, "networks"]', None),
        ('"dcos"', None),
    ],
)
def test_kinds(text: str, kind: str | None) -> None:
    assert rewrite(text).kind == kind


@pytest.mark.parametrize(
    "text,line,column,words",
    [
        ("", 1, 1, "empty"),
        ('{"id": "/a",}', 1, 12, "comma"),
        ('{\n  // comment\n  "id": "/a"\n}', 2, 3, "comments"),
        ('{"id": "/a"', 1, 12, "ends"),
        ('{"id": "/a"} {"id": "/b"}', 1, 14, "second document"),
        ('{"id": "{{service.name}}", "cpus": {{service.cpus}}}', 1, 37, "mustache"),
        ('{"cpus": NaN}', 1, 10, "NaN"),
        ('{"cpus": -Infinity}', 1, 10, "Infinity"),
        ('{"a": "b\nc"}', 1, 9, "control character"),
        ("[" * 100_000, 1, 501, "500 levels"),
        ('{"groups":[' * 50_000, 1, 2_751, "500 levels"),
        ("id: /a\n", 1, 1, "YAML"),
    ],
)
def test_what_is_no_json(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        rewrite(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert words in caught.value.message


def test_corpus(shared: Any) -> None:
    """Every row of the corpus: what its index says must change, and nothing else."""
    import csv

    folder = shared / "corpus" / "marathon"
    with (folder / "INDEX.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert rows
    for row in rows:
        text = (folder / row["file"]).read_bytes().decode()
        if row["json"] != "ok":
            with pytest.raises(InputError):
                rewrite(text)
            continue
        pointers = row["change_dcos_to_calico (JSON pointers)"].split()
        pointers += row["implicit_default_network (insert name if cluster default is dcos)"].split()
        wanted = sorted(pointer for pointer in pointers if pointer != "-")
        result = rewrite(text)
        assert sorted(_leaf(edit.pointer, edit.new) for edit in result.edits) == wanted, row["file"]
        assert (result.after is None) == (not wanted)


def _leaf(pointer: str, new: Any) -> str:
    return pointer if not isinstance(new, dict) else pointer + "/" + next(iter(new))


@pytest.mark.parametrize(
    "document",
    [
        {"networks": [{}, {"name": "dcos", "labels": {"a": "1", "b": "2"}}]},
        {"networks": [{"labels": {}}, {"name": "dcos", "labels": {"a": "1", "b": "2"}}]},
        {"ipAddress": {}},
        {"container": {"docker": {"network": "USER"}}},
    ],
)
def test_a_document_without_blanks_gets_none(document: dict[str, Any]) -> None:
    after = rewrite(json.dumps({"id": "/a", **document}, separators=(",", ":"))).after
    assert after is not None
    assert json.dumps(json.loads(after), separators=(",", ":")) == after


def test_where_errors_alone_are_asked_for_other_rules_are_not_asked() -> None:
    ports = [{"containerPort": 80, "labels": {"VIP_0": "/web:80"}, "networkNames": ["unknown"]}]
    networks = [{"name": "dcos", "labels": {"a": "1"}}, {"name": "calico", "labels": {"a": "2"}}]
    text = json.dumps({"id": "/web", "container": {"portMappings": ports}, "networks": networks})
    everything, errors = (rewrite(text, errors_only=only) for only in (False, True))
    assert {each.rule for each in everything.findings} > {"vip-with-policy-labels", "refused-by-marathon"}
    assert "vip-with-policy-labels" not in {each.rule for each in errors.findings}
    assert {each.rule for each in errors.findings} > {"merge-networks", "refused-by-marathon"}
    assert _errors(everything) == _errors(errors) != []


def _errors(result: Rewriting) -> list[Finding]:
    return [each for each in result.findings if each.severity is Severity.ERROR]
