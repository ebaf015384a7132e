from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings, rule

ID = "value-read-differently"


@pytest.mark.parametrize(
    "text",
    [
        document("Profile", "{labelsToApply: {a: ▸yes}}"),
        document("Profile", "{labelsToApply: {a: ▸No}}"),
        document("Profile", "{labelsToApply: {a: ▸on}}"),
        document("Profile", "{labelsToApply: {a: ▸y}}"),
        document("Profile", "{labelsToApply: {a: ▸0777}}"),
        document("Profile", "{labelsToApply: {a: ▸1_000}}"),
        document("Profile", "{labelsToApply: {a: ▸0x10}}"),
        document("Profile", "{labelsToApply: {a: ▸1.10}}"),
        document("Profile", "{labelsToApply: {a: ▸null}}"),
        document("Profile", "{labelsToApply: {a: ▸1e3}}"),
        document("Profile", "{labelsToApply: {a: ▸0b11}}"),
        document("Profile", "{labelsToApply: {a: ▸1000000.0}}"),
        document("Profile", "{labelsToApply: {a: ▸.5}}"),
        document("Profile", "{labelsToApply: {a: ▸.inf}}"),
        document("Profile", "{labelsToApply: {a: ▸False}}"),
        document("Profile", "{labelsToApply: {▸yes: a}}"),
        document("Profile", "{labelsToApply: {▸1.10: a}}"),
        document("Profile", "{labelsToApply: {▸010: a}}"),
        document("NetworkPolicy", "{order: ▸010}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [▸0x50]}"),
        document("IPPool", "{cidr: 10.1.0.0/16}", "{name: ▸1_0}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("Profile", "{labelsToApply: {a: 'yes'}}"),
        document("Profile", "{labelsToApply: {a: true}}"),
        document("Profile", "{labelsToApply: {a: false}}"),
        document("Profile", "{labelsToApply: {a: 10}}"),
        document("Profile", "{labelsToApply: {a: -5}}"),
        document("Profile", "{labelsToApply: {a: 1.5}}"),
        document("Profile", "{labelsToApply: {a: abc}}"),
        document("Profile", "{labelsToApply: {a: 80:59}}"),
        document("Profile", "{labelsToApply: {a: 2020-01-31}}"),
        document("Profile", "{labelsToApply: {a: ''}}"),
        document("Profile", "{labelsToApply: {a: }}"),
        document("Profile", "{labelsToApply: {a: !!str yes}}"),
        document("Profile", "{labelsToApply: {a: 0o8}}"),
        document("Profile", "{labelsToApply: {a: 1.2.3}}"),
        document("IPPool", "{cidr: 10.1.0.0/16, natOutgoing: yes}"),
        document("NetworkPolicy", "{order: 1.50}"),
        rule("action: Allow, protocol: TCP, destination: {ports: [080]}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []


@pytest.mark.parametrize(
    ("written", "read"),
    [("yes", "true"), ("off", "false"), ("1.10", "1.1"), ("0777", "511"), ("1_000", "1000"), ("1e3", "1000")],
)
def test_the_message_says_what_is_read(written: str, read: str) -> None:
    (finding,) = findings(document("Profile", f"{{labelsToApply: {{a: {written}}}}}"), ID)
    assert f"'{read}'" in finding.message
    assert finding.pointer == "/spec/labelsToApply/a"


def test_a_merge_replaces_what_stands_before_it() -> None:
    text = document(
        "NetworkPolicy", "{ingress: [&a {action: Deny}, {action: Allow, <<: *a}, {<<: *a, action: Log}]}"
    )
    (finding,) = findings(text, ID)
    assert finding.pointer == "/spec/ingress/1/action"


def test_what_stands_behind_a_separator_is_lost() -> None:
    text = (
        document("NetworkPolicy", "{}")
        + "--- {kind: Profile}\n"
        + document("NetworkPolicy", "{}", "{name: b}")
    )
    (finding,) = findings(text, ID)
    assert (finding.line, finding.column) == (5, 4)
    assert findings(document("NetworkPolicy", "{}") + "--- # fine\n---\n--- ", ID) == []
