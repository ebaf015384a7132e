from __future__ import annotations

import pytest

from calico_migrate.calico import read_resources, validate
from tests.migrate.calico.rules.documents import document, findings, refusals

ID = "printed-by-calicoctl"

LIST = """\
apiVersion: projectcalico.org/v3
items:
- apiVersion: projectcalico.org/v3
  kind: Profile
  metadata:
    creationTimestamp: null
    name: projectcalico-default-allow
  spec: {egress: [{action: Allow, destination: {}, source: {}}]}
- apiVersion: projectcalico.org/v3
  kind: Profile
  metadata:
    creationTimestamp: "2021-02-03T04:05:06Z"
    name: tenants
    resourceVersion: "99"
    uid: 9a8b7c6d-0000-4000-8000-000000000002
  spec: {}
kind: ProfileList
metadata:
  resourceVersion: "1203"
"""


def test_a_resource_version() -> None:
    text = document("IPPool", "{cidr: 10.1.0.0/16}", "{name: a, resourceVersion: '12', uid: x-y}")
    (finding,) = findings(text, ID)
    assert (finding.severity.value, finding.pointer) == ("info", "/metadata/resourceVersion")
    assert (finding.line, finding.column) == (3, 38)
    assert refusals(text) == set()


def test_a_list_with_calicos_own_profile() -> None:
    assert [finding.pointer for finding in findings(LIST, ID)] == [
        "/items/0/metadata/name",
        "/items/1/metadata/resourceVersion",
    ]
    assert refusals(LIST) == set()
    assert [resource.valid for resource in read_resources(LIST)] == [True, True]
    # By itself it is refused.
    assert refusals(document("Profile", "{}", "{name: projectcalico-default-allow}")) == {"invalid-name"}


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("NetworkPolicy", "{selector: all()}", "{name: a, creationTimestamp: null, uid: x}"),
        document("IPPool", "{cidr: 10.1.0.0/16}", "{name: a, resourceVersion: ''}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []


def test_warnings_before_the_resources_are_passed_over() -> None:
    text = "WARNING: the client is older\nlevel=warning msg=x\n" + document(
        "NetworkPolicy", "{selector: all(}"
    )
    assert [(one.rule, one.line) for one in validate(text)] == [(ID, 1), ("invalid-selector", 6)]
    # A key that begins in upper case is the file's own.
    assert findings(document("NetworkPolicy", "{}").replace("apiVersion", "ApiVersion"), ID) == []
