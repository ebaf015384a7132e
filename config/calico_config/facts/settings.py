"""The settings of a config.yaml as the rules see them: values, places, and what they switch on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from calico_config.facts.parts import Number, installer_integer
from calico_config.parameters import default_text, parameter, parse_release
from calico_core.json.pointers import pointer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_config.document.document import ConfigDocument
    from calico_config.facts.parts import Place, Refused
    from calico_config.options import Options
    from calico_config.parameters import Release
    from calico_core.addresses import Range

_TRUE = frozenset({"true", "yes", "on", "y", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "0"})


class Settings:
    """What is set and what is not, with the defaults of a release."""

    def __init__(self, document: ConfigDocument, options: Options) -> None:
        self.document = document
        self.options = options
        self.release: Release = parse_release(options.dcos_version or "")
        self.refusals: Sequence[Refused] = ()
        # Set while findings are only counted: finding a place in a long text takes time.
        self.placeless = False
        self._numbers: dict[str, Number | None] = {}
        self.unresolved = frozenset(
            placeholder.name for placeholder in document.placeholders if placeholder.name is not None
        )

    # Values

    def is_set(self, name: str) -> bool:
        """Whether the file sets a parameter."""
        return name in self.document.settings

    def text(self, name: str) -> str | None:
        """What the installer makes of a parameter's value; None where it is not set or unusable."""
        setting = self.document.settings.get(name)
        return None if setting is None or name in self.unresolved else setting.text

    def usable(self, name: str) -> bool:
        """Whether a parameter has a value that means something: not set (the default), or a text."""
        return not self.is_set(name) or self.text(name) is not None

    def flag(self, name: str, default: bool) -> bool:
        """A truth value, spelled as anybody might mean it; the default where it says neither."""
        text = (self.text(name) or "").strip().lower()
        return True if text in _TRUE else False if text in _FALSE else default

    def number(self, name: str) -> Number | None:
        """A numeric parameter, None where the installer refuses its value or cannot read it."""
        if name not in self._numbers:
            self._numbers[name] = self._number(name)
        return self._numbers[name]

    def _number(self, name: str) -> Number | None:
        entry = parameter(name)
        if entry is None:
            raise KeyError(name)
        if not self.is_set(name):
            default = entry.default or "0"
            return Number(name, default, int(default), is_set=False)
        text = self.text(name)
        value = installer_integer(text) if text is not None else None
        if text is None or value is None:
            return None
        if (entry.minimum is not None and value < entry.minimum) or (
            entry.maximum is not None and value > entry.maximum
        ):
            return None
        return Number(name, text, value, is_set=True)

    def default(self, name: str) -> str | None:
        """What applies where nobody sets a networking parameter."""
        return default_text(name, self.release)

    def json_list(self, name: str) -> list[Any]:
        """The entries of a list parameter; empty where it is not set or no list."""
        if not self.is_set(name):
            return []
        try:
            value = self.document.json(name)
        except ValueError:
            return []
        return value if isinstance(value, list) else []

    # Places

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Where a value (or, with ``key``, a key) stands in the file; nothing where it does not."""
        if self.placeless or not path or path[0] not in self.document.settings:
            return {}
        name, *inner = path
        locate = self.document.locate_key if key else self.document.locate
        span = locate(str(name), *inner)
        return {"line": span.line, "column": span.column, "pointer": pointer(path)}

    def place_of(self, *ranges: Range) -> Place:
        """Where the first of the ranges that stands in the file does."""
        for entry in ranges:
            if entry.path:
                return self.place(*entry.path)
        return {}

    # Switches

    @cached_property
    def calico_on(self) -> bool:
        """Whether Calico will run; a release that does not know calico_enabled always runs it."""
        entry = parameter("calico_enabled")
        known = entry is not None and entry.since <= self.release
        return not known or self.flag("calico_enabled", default=True)

    @cached_property
    def vxlan(self) -> bool:
        """Whether Calico uses VXLAN; IP-in-IP otherwise."""
        return self.flag("calico_vxlan_enabled", default=True)

    @cached_property
    def overlay_on(self) -> bool:
        """Whether the DC/OS overlay will run."""
        return self.flag("dcos_overlay_enable", default=True)

    @property
    def tunnel_mtu_name(self) -> str:
        """The parameter of the tunnel that is really used."""
        return "calico_vxlan_mtu" if self.vxlan else "calico_ipinip_mtu"

    @property
    def mode(self) -> str:
        """The tunnel that is really used, for a human."""
        return "VXLAN" if self.vxlan else "IP-in-IP"
