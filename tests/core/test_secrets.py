"""What is blotted out of text from elsewhere, and what stays."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from calico_core.diffs import unified_diff
from calico_core.secrets import BLOT, blotted, blotted_diff, blotted_value, is_secret_name
from calico_core.spans import Edit

SECRET = "correct horse9"
HEX = "0123456789abcdef" * 2
RUN = "abcdefghijklmnopqrstuvwxyzABCDE12="

SECRET_NAMES = [
    "password", "db_password", "dbPassword", "DBPassword", "DB_PASSWORD", "db.passwd", "pass", "X-Auth-Token",
    "secret", "apikey", "api_key", "apiKey", "private-key", "accessKey", "access_key_id", "secret_key",
    "Authorization", "credential", "credentials", "session.cookie", "auth", "PASSWORD2",
]  # fmt: skip
OTHER_NAMES = [
    "key", "cache_key", "ssh_key", "keys", "passenger", "compass", "tokens", "author", "oauth", "secretary",
    "key_access", "cookies", "authentication", "network", "id",
]  # fmt: skip


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_names_of_secrets(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_other_names(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    "line, shown",
    [
        (f"password: {SECRET}", "password: ***"),
        (f"  - password: {SECRET} # why", "  - password: *** # why"),
        (f'"password": "{SECRET}", "x": 1', '"password": "***", "x": 1'),
        ('"password": "a\\"b", "x": "y"', '"password": "***", "x": "y"'),
        (f"'password': '{SECRET}'", "'password': '***'"),
        (f'"cmd": "run \\"token\\": \\"{SECRET}\\", \\"x\\""', '"cmd": "run \\"token\\": \\"***\\", \\"x\\""'),
        (f"{{password: {SECRET}, x: y}}", "{password: ***, x: y}"),
        ("export DB_PASSWORD=horse9 X=1", "export DB_PASSWORD=*** X=1"),
        ('"parameters": [{"key": "env", "value": "TOKEN=horse9"}]',
         '"parameters": [{"key": "env", "value": "TOKEN=***"}]'),
        (f'{{"name": "API_KEY", "value": "{SECRET}"}}', '{"name": "API_KEY", "value": "***"}'),
        (f"- name: API_KEY\n  value: {SECRET}\n  x: y", "- name: API_KEY\n  value: ***\n  x: y"),
        (f'variable "db_password" {{ default = "{SECRET}" }}', 'variable "db_password" { default = "***" }'),
        (f':password => "{SECRET}",', ':password => "***",'),
        ("curl --password horse9 --token=horse9 -o x", "curl --password *** --token=*** -o x"),
        ('curl -H "Authorization: Basic aGk6aG8=" x', 'curl -H "Authorization: ***" x'),
        ("git clone https://me:horse9@example.com/x", "git clone https://***@example.com/x"),
        ("zk://me:horse9@zk-1:2181,zk-2/mesos", "zk://***@zk-1:2181,zk-2/mesos"),
        ("see eyJhbGciOi.eyJzdWIi.c2ln-x_y here", "see *** here"),
        (f"hash {HEX}.", "hash ***."),
        (f"run {RUN}", "run ***"),
        (f"password: |\n  {SECRET}\n  more\nx: y", "password: |\n  ***\n  ***\nx: y"),
        (f"+ password: >-\n+   {SECRET}\n+ x: y", "+ password: >-\n+   ***\n+ x: y"),
        (f"credentials:\n  user: {SECRET}\n  on: true\nx: y", "credentials:\n  user: ***\n  on: true\nx: y"),
        (f'"auth": {{\n  "a": ["{SECRET}", 5]\n}},\n"x": "y"', '"auth": {\n  "a": ["***", 5]\n},\n"x": "y"'),
        (f'"auth": {{"a": {{"b": "{SECRET}"}}, "n": 1}}, "x": "y"', '"auth": {"a": {"b": "***"}, "n": 1}, "x": "y"'),
        ("a\n-----BEGIN X KEY-----\nMII+/a\n  Q==\n-----END X KEY-----\nb",
         "a\n-----BEGIN X KEY-----\n***\n  ***\n-----END X KEY-----\nb"),
        ('"k": "-----BEGIN X-----\\nMII\\n-----END X-----", "x"', '"k": "-----BEGIN X-----***-----END X-----", "x"'),
        ("-----BEGIN X-----\nMIIa\nnext: line", "-----BEGIN X-----\n***\nnext: line"),
    ],
)  # fmt: skip
def test_a_secret_is_blotted_out_and_nothing_else(line: str, shown: str) -> None:
    assert blotted(line) == shown
    assert blotted(shown) == shown


@pytest.mark.parametrize(
    "line",
    [
        "id: /team/password-store",
        '"pointer": "/env/PASSWORD"',
        "auth_enabled: true",
        '"token": null, "secret": 5, "password": ""',
        "password_file: /etc/store/secret.txt",
        "auth_host: 10.0.0.1:8080",
        "auth_host: fd01:b::1",
        "ssh_key_path: genconf/ssh_key",
        f"/var/lib/docker/{HEX}/merged",
        f'"Id": "{HEX}{HEX}"',
        f"containerId={HEX}",
        f"image: web@sha256:{HEX}{HEX}",
        "0" * 40,
        "10000000-2000-3000-4000-500000000000",
        "git@example.com:team/app.git",
        "networks: [{name: dcos}]",
        "https://example.com/a@b",
        "the password is asked for",
    ],
)
def test_what_is_no_secret_stays(line: str) -> None:
    assert blotted(line) == line


def test_known_values_stay() -> None:
    assert blotted("auth: calico", ["calico"]) == "auth: calico"
    assert blotted_value({"auth": "calico"}, keep=["calico"]) == {"auth": "calico"}


def test_values_are_blotted_by_their_keys_and_by_their_form() -> None:
    value = {
        "password": SECRET,
        "auth": {"user": SECRET, "on": True, "n": 1, "at": "/etc/x", "none": None},
        "env": [{"name": "TOKEN", "value": SECRET}, {"name": "X", "value": "y"}],
        "cmd": f"x --password '{SECRET}'",
        "id": "/a",
    }
    before = json.dumps(value)
    assert blotted_value(value) == {
        "password": BLOT,
        "auth": {"user": BLOT, "on": True, "n": 1, "at": "/etc/x", "none": None},
        "env": [{"name": "TOKEN", "value": BLOT}, {"name": "X", "value": "y"}],
        "cmd": f"x --password '{BLOT}'",
        "id": "/a",
    }
    assert json.dumps(value) == before
    assert blotted_value(SECRET, "db_password") == BLOT


WORDS = st.text("abcxyz", min_size=1, max_size=6)
# Nothing that is plain by itself, and no blank at the ends, which YAML and JSON treat each in its way.
SECRETS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=4, max_size=30).map(
    lambda text: f"S{text}S"
)
TREES: st.SearchStrategy[Any] = st.recursive(
    st.dictionaries(st.sampled_from(SECRET_NAMES), SECRETS, min_size=1, max_size=2),
    lambda below: (
        st.dictionaries(WORDS, below, min_size=1, max_size=3) | st.lists(below, min_size=1, max_size=2)
    ),
    max_leaves=5,
)


def secrets_in(tree: Any) -> set[str]:
    if isinstance(tree, str):
        return {tree}
    return set().union(*map(secrets_in, tree.values() if isinstance(tree, dict) else tree))


@given(TREES)
def test_no_secret_is_left_in_any_notation(tree: Any) -> None:
    notations = [
        json.dumps(tree, indent=2, ensure_ascii=False),
        json.dumps(tree, ensure_ascii=False),
        json.dumps({"cmd": json.dumps(tree, ensure_ascii=False)}, ensure_ascii=False),
        yaml.safe_dump(tree, allow_unicode=True, width=10_000),
        json.dumps(blotted_value(tree), ensure_ascii=False),
    ]
    for text in notations:
        shown = blotted(text)
        assert shown.count("\n") == text.count("\n")
        for secret in secrets_in(tree):
            assert json.dumps(secret, ensure_ascii=False)[1:-1] not in shown
            assert secret not in shown


@given(TREES)
def test_a_document_stays_one(tree: Any) -> None:
    assert json.loads(blotted(json.dumps(tree, indent=1))) == blotted_value(tree)
    assert json.loads(blotted(json.dumps(tree))) == blotted_value(tree)


@given(st.text(st.sampled_from("password:=\"'\\{}[],|>\n -/@eyJ.#")) | st.text())
def test_any_text_keeps_its_lines(text: str) -> None:
    shown = blotted(text)
    assert shown.count("\n") == text.count("\n")
    assert blotted(shown).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "unit", ["x", "a.", "password: {", '"password": ', "password=a ", "eyJ-", "://", "-----BEGIN X-----\n", "a@/", "f",
             "password: 'a ", "{token: a,", "ab/", "name: password,\n"]
)  # fmt: skip
def test_the_time_grows_with_the_text(unit: str) -> None:
    start = time.process_time()
    blotted(unit * (300_000 // len(unit)) + " password")
    assert time.process_time() - start < 10


def test_a_diff_hides_what_only_lines_outside_of_it_tell() -> None:
    text = "".join(["password: |\n", *(f"  part {n} of it\n" for n in range(9)), "network: dcos\n", "x: y\n"])
    place = text.index("dcos")
    edits = [Edit(place, place + 4, "calico", "rule", "", None, None)]
    diff = unified_diff("a.yaml", text, edits)
    assert "of it" in diff
    shown = blotted_diff(diff, text)
    assert "of it" not in shown
    assert shown.count("\n") == diff.count("\n")
    assert "-network: dcos\n+network: calico\n" in shown
