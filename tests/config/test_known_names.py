"""The names that some DC/OS installer knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from calico_config.known_names import calculated_names, is_known, other_names, settable_names

if TYPE_CHECKING:
    from pathlib import Path


def test_the_known_names_do_not_mix() -> None:
    assert not settable_names() & calculated_names()
    assert not other_names() & (settable_names() | calculated_names())
    assert is_known("resolvers")
    assert is_known("ssh_user")
    assert is_known("_superuser_service_account_public_key_json")
    assert not is_known("calico_enable")


def test_the_known_names_are_those_of_the_installer(shared: Path) -> None:
    known = json.loads((shared / "corpus/config/known-parameters.json").read_text())
    assert settable_names() | calculated_names() == set(known["gen_params"])
    assert calculated_names() == set(known["gen_must_not_be_set"])
    documented = {*known["docs_2.2_reference"], *known["docs_only"], *known["legacy_seen_in_real_configs"]}
    assert other_names() == documented - set(known["gen_params"])
