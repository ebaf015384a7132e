"""The edits of --move-labels."""

from __future__ import annotations

from calico_migrate.marathon.result import Options
from tests.migrate.marathon.rules.asked import DOCKER, edits

RULE = "move-policy-label"


def test_only_where_it_is_asked_for() -> None:
    app = {"networks": [{"name": "calico", "labels": {"role": "web"}}], **DOCKER}
    assert edits(RULE, app) == []
    assert edits(RULE, app, Options(move_labels=True)) == [
        ("/networks/0/labels", {"role": "web"}, None),
        (
            "/container/docker/parameters",
            None,
            [{"key": "label", "value": "org.projectcalico.label.role=web"}],
        ),
    ]
