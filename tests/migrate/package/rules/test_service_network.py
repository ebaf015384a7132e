from __future__ import annotations

from tests.migrate.package.specs import migrated, pod


def test_it_is_the_rule_of_a_renamed_network() -> None:
    (edit,) = migrated(pod("    networks:\n      dcos:\n")).edits
    assert (edit.rule, edit.old, edit.new) == ("service-network", "dcos", "calico")
