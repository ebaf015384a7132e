"""Which kinds of resources are checked."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest

from calico_migrate.calico import validation
from calico_migrate.calico.validation import KINDS, OTHER_KINDS, kind_of
from calico_migrate.calico.validation.kind import Kind


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_kind_is_found_by_its_name(name: str) -> None:
    assert kind_of(name).name == name
    assert name not in OTHER_KINDS


def test_every_kind_that_there_is_can_be_found() -> None:
    modules = [
        import_module(f"{validation.__name__}.{each.name}") for each in iter_modules(validation.__path__)
    ]
    there = {each.name for module in modules for each in vars(module).values() if isinstance(each, Kind)}
    assert there == KINDS
