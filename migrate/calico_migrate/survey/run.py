"""The whole survey: files, packages, consequences, owners."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.spans import Lines
from calico_migrate.survey import by_hand, how, owners, packages, reading
from calico_migrate.survey.around.excerpts import Excerpts
from calico_migrate.survey.consequences import Index
from calico_migrate.survey.looking import look, look_at_text
from calico_migrate.survey.place import Place, State, Survey, Unread
from calico_migrate.survey.tree import File, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from calico_migrate.survey.definitions import Spot
    from calico_migrate.survey.look import Look, Settings
    from calico_migrate.survey.owners import CodeOwners
    from calico_migrate.survey.packages import Packaged

# Names of files that make a package, or that only a package explains.
_PARTS = frozenset({"config.json", "marathon.json.mustache", "package.json", "resource.json", "build.gradle"})


class Options(NamedTuple):
    """What to survey and how: ``mentions`` keeps mentions as places, ``progress`` hears of each file."""

    settings: Settings
    code_owners: CodeOwners | None = None
    mentions: bool = False
    is_ignored: Callable[[str, bool], bool] | None = None
    progress: Callable[[], object] | None = None


class _Found(NamedTuple):
    """One text of a file with what was found in it."""

    file: File
    text: reading.Text
    look: Look


def survey(paths: Sequence[str], options: Options) -> Survey:
    """Looks at every file below the paths."""
    tree = Tree(paths, options.is_ignored)
    index = Index(options.settings.names)
    unread: list[Unread] = []
    found: dict[str, list[_Found]] = {}
    candidates: list[File] = []
    known: dict[str, str | None] = {}
    for file in tree.files():
        known[file.path] = None
        if options.progress is not None:
            options.progress()
        if file.name in _PARTS:
            candidates.append(file)
        result = reading.texts(file.path, options.settings.names)
        if result is None:
            continue
        if isinstance(result, Unread):
            unread.append(result)
            continue
        for text in result:
            looked = _look(file, text, options.settings)
            index.add(file.path, looked.definitions, looked.spots)
            index.add_clients(file.path, text.text)
            if looked.spots or looked.may_be_package or ".marathon." in text.text:
                found.setdefault(file.path, []).append(_Found(file, text, looked))
        if file.name not in _PARTS and file.path in found and not found[file.path][0].look.definitions:
            candidates.append(file)
    packaged = {each.path: each for each in packages.look(candidates, options.settings)} if candidates else {}
    more: dict[str, list[Spot]] = {}
    for path, spot in index.consequences():
        more.setdefault(path, []).append(spot)
    known.update((path, each[0].text.text) for path, each in found.items())
    places: list[Place] = []
    mentions = 0
    for path in sorted(found):
        for each in found[path]:
            spots = _merged(each, packaged.get(path), more.get(path, ()))
            for place in _places(each, spots, packaged.get(path), known, options):
                if place.state is State.MENTION:
                    mentions += 1
                    if not options.mentions:
                        continue
                places.append(place)
    unread += tree.unread
    return Survey(places, sorted(unread), len(known), mentions, tree.passed_over)


def _look(file: File, text: reading.Text, settings: Settings) -> Look:
    if text.is_whole:
        return look(file.name, text.text, settings)
    looked = look_at_text(file.name.lower(), text.text, settings)
    return looked._replace(spots=[spot for spot in looked.spots if spot.start >= text.since])


def _merged(found: _Found, packaged: Packaged | None, more: Sequence[Spot]) -> list[Spot]:
    """The spots of a text: those of the engines, and of the others what none of them is about."""
    spots = [*found.look.spots]
    if packaged is not None:
        spots = [
            spot
            for spot in spots
            if spot.state is State.DONE
            or not any(start - 1 <= spot.start <= end for start, end in packaged.edited)
        ]
        spots += packaged.spots
    known = {(spot.start, spot.state) for spot in spots}
    spots += [spot for spot in more if (spot.start, spot.state) not in known]
    return sorted(spots, key=lambda spot: (spot.start, spot.state.value))


def _places(
    found: _Found,
    spots: Sequence[Spot],
    packaged: Packaged | None,
    known: Mapping[str, str | None],
    options: Options,
) -> Iterator[Place]:
    if not spots:
        return
    file, text = found.file, found.text.text
    settings = options.settings
    kind = packaged.kind if packaged is not None else found.look.kind
    by_package = {spot.start for spot in packaged.spots} if packaged is not None else frozenset[int]()
    lines, line_of = Lines(text), Excerpts(text)
    for spot in spots:
        line, column = lines.position(spot.start)
        state, command, why, instead = spot.state, None, spot.why, ""
        if state is State.TO_MOVE:
            if packaged is not None and spot.start in by_package:
                command = how.command("package", packaged.target, settings.network_map)
            else:
                command = how.command("marathon", file.path, settings.network_map)
            reason = by_hand.reason(file.path, text, found.text.encoding, command, known)
            if reason is not None:
                state, command, why, instead = State.BY_HAND, None, reason.why, reason.do
        yield Place(
            path=file.path,
            line=found.text.line + line,
            column=column + (found.text.column if line == 1 else 0),
            state=state,
            network=spot.network,
            text=line_of(spot.start),
            kind=kind,
            pointer=spot.pointer,
            id=spot.id,
            how=command,
            owner=owners.owner(file.path, file.root, spot.id, spot.owner, options.code_owners),
            why=why,
            instead=instead,
        )
