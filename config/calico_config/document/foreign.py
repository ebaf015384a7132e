"""Files that look like a ``config.yaml`` and are another program's, which has one inside or none at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_config.document.document import ConfigDocument
    from calico_core.json.pointers import Path

_WRAPPERS: dict[Path, str] = {
    ("dcos", "config"): "dcos-ansible's variables",
    ("dcos_config",): "a description of a cluster, such as for dcos-launch",
    ("cluster_config",): "the nested form of DC/OS 1.6 and before",
}
# A mapping with this many of the installer's parameters is taken for the inside of a config.yaml.
_ENOUGH = 2
# Every config.yaml has one of these, and no other file does at its top.
_ESSENTIAL = ("bootstrap_url", "master_discovery", "exhibitor_storage_backend", "master_list")
_MOST_KEYS = 200


class Foreign(NamedTuple):
    """A file that is no config.yaml: what it is, and the path of the config.yaml inside (empty for none)."""

    what: str
    inside: Path

    @property
    def message(self) -> str:
        """What is wrong, in a sentence without its full stop."""
        if not self.inside:
            return f"this is no config.yaml: {self.what}"
        return f"this is no config.yaml but {self.what}, whose {'.'.join(map(str, self.inside))} is one"

    @property
    def hint(self) -> str:
        """What to do."""
        if not self.inside:
            return "name the installer's genconf/config.yaml"
        return f"check what stands below {'.'.join(map(str, self.inside))} as a file of its own"


def foreign(document: ConfigDocument) -> Foreign | None:
    """What a file is that is no config.yaml; None for one that is, or that has no settings at all."""
    if document.problem is not None or not document.settings:
        return None
    if any(name in document.settings for name in _ESSENTIAL):
        return None
    own = sum(_is_parameter(name) for name in document.settings)
    for path, mapping in _inside(document):
        inside = sum(_is_parameter(name) for name in mapping if isinstance(name, str))
        if inside >= _ENOUGH and inside > own:
            return Foreign(_WRAPPERS.get(path, "a file of another program"), path)
    if own or any(_is_meant(name) for name in list(document.settings)[:_MOST_KEYS]):
        return None
    if document.odd_keys or any(setting.crash is not None for setting in document.settings.values()):
        # What the installer dies of is told in its own words.
        return None
    return Foreign("none of its keys is a parameter of DC/OS", ())


def _inside(document: ConfigDocument) -> Iterator[tuple[Path, dict[object, object]]]:
    """The mappings one and two levels below the top, the known places first."""
    values = {name: setting.value for name, setting in list(document.settings.items())[:_MOST_KEYS]}
    found: dict[Path, dict[object, object]] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            found[name,] = value
            for inner, below in list(value.items())[:_MOST_KEYS]:
                if isinstance(below, dict) and isinstance(inner, str):
                    found[name, inner] = below
    yield from ((path, found[path]) for path in _WRAPPERS if path in found)
    yield from found.items()


def _is_parameter(name: str) -> bool:
    from calico_config.known_names import is_known
    from calico_config.parameters import parameter

    return parameter(name) is not None or is_known(name)


def _is_meant(name: str) -> bool:
    """Whether a key looks like a misspelt parameter."""
    from calico_config.parameters import PARAMETERS
    from calico_core.nearest import nearest, normalised

    plain = normalised(name)
    if "calico" in plain or "overlay" in plain:
        return True
    return nearest(name, [entry.name for entry in PARAMETERS], 0.87) is not None
