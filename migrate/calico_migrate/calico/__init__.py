"""Calico 3.14 resources as calicoctl reads and refuses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from calico_migrate.calico.reading.resource import Resource
    from calico_migrate.calico.reading.resources import Reading, read, read_resources, validate

__all__ = ["Reading", "Resource", "read", "read_resources", "validate"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from calico_migrate.calico.reading import resources

        return getattr(resources, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
