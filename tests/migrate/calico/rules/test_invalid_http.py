from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, findings, rule

ID = "invalid-http"


@pytest.mark.parametrize(
    "text",
    [
        rule("action: Deny, http: ▸{methods: [GET]}"),
        rule("action: Allow, http: ▸{methods: [GET]}", direction="egress"),
        rule("action: Allow, protocol: 6, http: ▸{}"),
        rule("action: Allow, http: {methods: ▸[GET, GET]}"),
        rule("action: Allow, http: {paths: [▸{}]}"),
        rule("action: Allow, http: {paths: [▸{exact: /a, prefix: /b}]}"),
        rule("action: Allow, http: {paths: [▸{exact: a}]}"),
        rule("action: Allow, http: {paths: [▸{prefix: '/a?b'}]}"),
        rule("action: Allow, http: {paths: [▸{exact: /a b}]}"),
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        rule("action: Allow, protocol: TCP, http: {methods: [GET, PUT], paths: [{exact: /a}, {prefix: /b}]}"),
        rule("action: Allow, http: {methods: [GET]}", "Profile", "egress"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []
