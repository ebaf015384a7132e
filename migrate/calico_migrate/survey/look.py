"""What is asked of one text, and what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.survey.definitions import Spot
    from calico_migrate.survey.names import Names


class Settings(NamedTuple):
    """What is looked for, and which label of an app says whose it is."""

    network_map: NetworkMap
    names: Names
    team_label: str | None = None


class Look(NamedTuple):
    """What one text told.

    ``kind`` is what the file is: a kind of definitions (``app`` …), ``document`` for other JSON, else a kind
    of `calico_migrate.survey.kinds`. ``may_be_package`` says that `package` has to be asked too.
    """

    kind: str
    spots: Sequence[Spot]
    definitions: Sequence[tuple[Definition, str | None]] = ()
    may_be_package: bool = False
