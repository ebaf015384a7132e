"""Which network becomes which: the ``--map`` and ``--default-network`` of the rewriting commands."""

# No annotations as texts here: `NamedTuple` would compile each at every start.
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from calico_core.errors import UsageError

# mesosphere/marathon docs/docs/rest-api/public/api/v2/types/stringTypes.raml, NetworkName
_NAME = re.compile(r"[a-z0-9]([-a-z0-9_]*[a-z0-9])?", re.ASCII)
_LONGEST = 63
NAME_IN_WORDS = (
    f"a network's name has at most {_LONGEST} lower case letters, digits, '-' and '_', and begins and ends"
    " with a letter or digit"
)
"""What Marathon takes as the name of a network."""


class NetworkMap(NamedTuple):
    """Old network names and the new ones they become.

    ``names`` maps each old name to its new one; ``default_network`` is the network that an unnamed
    container network stands for (Marathon's ``--default_network_name``, ``dcos`` on DC/OS).
    """

    names: dict[str, str] = {"dcos": "calico"}  # noqa: RUF012
    default_network: str = "dcos"

    @property
    def new_names(self) -> frozenset[str]:
        """The names that the old networks become."""
        return frozenset(self.names.values())

    @property
    def default_becomes(self) -> str | None:
        """The new name of the default network, None where the map does not have it."""
        return self.names.get(self.default_network)

    def after(self, name: str | None) -> str | None:
        """What a network is called after the change; for an unnamed one None where it stays unnamed."""
        return self.default_becomes if name is None else self.names.get(name, name)

    @classmethod
    def parse(cls, pairs: Sequence[str], default_network: str = "dcos") -> "NetworkMap":
        """The map of ``OLD=NEW`` texts, ``dcos=calico`` where there is none; raises UsageError."""
        names: dict[str, str] = {}
        for pair in pairs or ("dcos=calico",):
            old, separator, new = pair.partition("=")
            if not separator or not old or not new:
                raise UsageError(f"--map {pair}: write it as OLD=NEW, such as dcos=calico")
            if old == "dcos6":
                raise UsageError(f"--map {pair}: dcos6 carries IPv6, which Calico on DC/OS does not have")
            if old == new:
                raise UsageError(f"--map {pair}: a network cannot become itself")
            if not is_network_name(new):
                raise UsageError(f"--map {pair}: Marathon would not take {new!r}; {NAME_IN_WORDS}")
            if names.get(old, new) != new:
                raise UsageError(f"--map: {old} cannot become both {names[old]} and {new}")
            names[old] = new
        both = sorted(set(names) & set(names.values()))
        if both:
            raise UsageError(f"--map: {both[0]} is the new name of one network and the old name of another")
        return cls(names, default_network)


@lru_cache(maxsize=1024)
def is_network_name(name: str) -> bool:
    """Whether Marathon takes this as the name of a network."""
    return len(name) <= _LONGEST and _NAME.fullmatch(name) is not None
