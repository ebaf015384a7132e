"""The plan for one package: the options and literals that name the old network, and their edits."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.network_map import NetworkMap
from calico_migrate.package.universe import parts, schema

if TYPE_CHECKING:
    from calico_core.spans import Edit
    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.marathon.plan import Plan
    from calico_migrate.package.universe.content import Content
    from calico_migrate.package.universe.marks import Marker
    from calico_migrate.package.universe.places import Place
    from calico_migrate.package.universe.schema import Declared, Option, OptionPath
    from calico_migrate.package.universe.settings import Setting
    from calico_migrate.package.universe.templates import Section, Tag
    from calico_migrate.package.universe.tracing import Trace


class NetworkOption(NamedTuple):
    """An option whose default names an old network.

    ``by_name`` and ``by_flow`` are the two signals, ``arrivals`` all places that its value arrives in,
    ``networks`` those that are names of networks, ``refusal`` why the new name cannot be its default (empty
    where it can).
    """

    option: Option
    old: str
    new: str
    mark: str
    by_name: bool
    arrivals: tuple[Place, ...]
    networks: tuple[Place, ...]
    refusal: str

    @property
    def by_flow(self) -> bool:
        """Whether the value arrives where the name of a network belongs."""
        return bool(self.networks)


class Literal(NamedTuple):
    """An old name in the template's own text: its offset, where it arrives, and what it becomes."""

    start: int
    old: str
    new: str
    mark: str
    arrivals: tuple[Place, ...]
    networks: tuple[Place, ...]


class Obstacle(NamedTuple):
    """Why a package cannot be edited: its words, the place in the rendered app and in the template."""

    words: str
    pointer: str
    offset: int | None


class PlannedApp(NamedTuple):
    """An app that the package renders to, and what Marathon's planner would do to it."""

    definition: Definition
    plan: Plan


class PackagePlan:
    """The plan for one package.

    ``options`` and ``literals`` are what names an old network and is edited; ``others`` are options whose
    default equals an old name and that stay. ``edits`` maps a part's name to its edits. ``trace`` is None
    where the package sets up no network or cannot be rendered. ``structural`` are those edits of the template
    that insert a name or make one network of two; ``obstacles`` are what Marathon would refuse after the
    edits and did not refuse before, so that none of them is done. ``left_out`` are the rules of structural
    edits that the template does not allow.
    """

    def __init__(self, content: Content, network_map: NetworkMap | None = None) -> None:
        self.content = content
        self.network_map = network_map or NetworkMap()
        self.options: list[NetworkOption] = []
        self.literals: list[Literal] = []
        self.others: list[NetworkOption] = []
        self.loose_literals: list[Literal] = []
        self.edits: dict[str, list[Edit]] = {}
        self.trace: Trace | None = None
        self.marker: Marker | None = None
        self.unset: dict[str, str] = {}
        # What Marathon's planner wants beside new names, and what stands in its way.
        self.structural: list[Edit] = []
        self.left_out: set[str] = set()
        self.obstacles: list[Obstacle] = []
        # What it renders to, by its text; each step asks for it again.
        self.apps: dict[str, PlannedApp] = {}
        # Under what the package is rendered for its proof, by what is edited; each step asks for it again.
        self.proof_settings: dict[tuple[tuple[Section, ...], ...], list[Setting]] = {}

    @cached_property
    def declared(self) -> Declared:
        """Every option that config.json declares, by its path."""
        return schema.options(self.content.value(parts.CONFIG))

    @property
    def changed(self) -> bool:
        """Whether anything is edited."""
        return any(self.edits.values())

    @property
    def renames(self) -> dict[str, list[Edit]]:
        """The edits that give something its new name, by part: all but the structural ones."""
        return {
            part: [edit for edit in edits if edit not in self.structural]
            for part, edits in self.edits.items()
        }

    @property
    def becomes(self) -> dict[str, str]:
        """The new name for each mark that is edited."""
        edited = {option.mark: option.new for option in self.options if not option.refusal}
        return {**edited, **{literal.mark: literal.new for literal in self.literals}}

    def tags_of(self, path: OptionPath) -> list[Tag]:
        """The value tags that can stand for an option."""
        template = self.content.template
        return template.values(".".join(path)) if template else []

    def nestings(self) -> list[tuple[Section, ...]]:
        """The sections around each edited place of the template."""
        found = [
            tag.sections
            for option in self.options
            if not option.refusal
            for tag in self.tags_of(option.option.path)
        ]
        if self.content.template is not None:
            found += [self.content.template.around(literal.start) for literal in self.literals]
        return list(dict.fromkeys(found))
