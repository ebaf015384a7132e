"""A definition in YAML: its places, and changes in the style around, block or flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from calico_core.json import styling
from calico_core.spans import Span
from calico_core.yaml.nodes import ALIAS, MAPPING, PREFIX, SCALAR
from calico_core.yaml.scalars import is_text_everywhere
from calico_migrate.marathon.notation import Change, UnwritableError
from calico_migrate.marathon.yaml import emitting, layout
from calico_migrate.marathon.yaml.emitting import Style, Written
from calico_migrate.marathon.yaml.values import Values, child, is_merge, key_text, node_at

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from calico_core.json.pointers import Path
    from calico_core.yaml.nodes import Node
    from calico_migrate.marathon.notation import Adopted


class Touched(NamedTuple):
    """A node that a change is about, and the path in the definition by which it was reached."""

    node: Node
    path: Path


class YamlNotation:
    """See `calico_migrate.marathon.notation.Notation`.

    ``root`` is the definition's node; ``aliased`` has the ``id`` of every node that an alias stands for.
    ``touched`` collects what changes are about.
    """

    def __init__(self, text: str, root: Node, aliased: Collection[int]) -> None:
        self._text = text
        self._root = root
        self._aliased = aliased
        self._steps: tuple[int, int] | None = None
        self.touched: list[Touched] = []

    def offset(self, path: Path) -> int:
        """Where the value begins."""
        return layout.content(self._text, node_at(self._root, path))

    def nearest(self, path: Path) -> int:
        """Where the value begins, or the nearest one around it that is there."""
        try:
            return self.offset(path)
        except (KeyError, IndexError):
            return self.nearest(path[:-1])

    def rename(self, path: Path, old: str, new: str) -> Change:
        """In the quotes that the old name has."""
        node = self._touch(path)
        if node.kind != SCALAR or node.text != old or node.tag not in (None, "!", PREFIX + "str"):
            self._refuse(f"the name has the tag {node.tag}, which only its reader understands")
        text, start, end = self._text, layout.content(self._text, node), node.end
        if node.style in ("|", ">"):
            start = layout.line_end(text, start)
            if text.count(old, start, end) == 1:
                start = text.index(old, start)
                return Change(start, start + len(old), new)
        elif node.style is not None:
            return Change(start, end, emitting.scalar(new, node.style))
        elif text[start:end] == old:
            return Change(start, end, emitting.scalar(new, ""))
        raise UnwritableError("the name is spread over several lines")

    def replace(self, path: Path, value: Any) -> Change:
        """On one line: what stands there is null or empty."""
        node = node_at(self._root, path)
        if node.kind == ALIAS or node.anchor is not None:
            self._refuse("the empty value is shared by an alias")
        self._touch(path)
        style = self._style(node_at(self._root, path[:-1]).resolved, "mode")
        new = emitting.flow(value, style)
        if node.kind == SCALAR and not node.text and node.start == node.end:
            # Nothing stands there but the colon, and in a flow mapping not even that.
            behind = self._text[: node.start].rstrip(" \t")
            place = node.start
            if not behind.endswith(":"):
                return Change(place, place, f": {new}")
            return Change(place, place, new if self._text[place - 1] in " \t" else f" {new}")
        return Change(node.start, node.end, new)

    def insert(self, path: Path, key: str, value: Any, *, after: str) -> Change:
        """On a line of its own in a block mapping."""
        mapping = self._mapping(path)
        style = self._style(mapping, after)
        anchor = next((pair for pair in reversed(mapping.children) if key_text(pair[0]) == after), None)
        if mapping.style == "block":
            if anchor is not None:
                return self._below(mapping, anchor, [(key, value)], style)
            first = mapping.children[0][0].start
            indent, newline = self._indent(mapping), layout.newline(self._text, first)
            new = emitting.member(key, value, style, indent, newline)
            start = layout.line_start(self._text, first)
            if layout.own_line(self._text, first) and start > 1:
                # Below the line in front, because the one of the first member may go.
                return self._lines(start, new, indent)
            return Change(first, first, new + newline + indent)
        new = self._pair(key, value, style)
        if anchor is not None:
            return Change(anchor[1].end, anchor[1].end, self._separator(mapping) + new)
        if mapping.children:
            first = mapping.children[0]
            return Change(first[0].start, first[0].start, new + self._separator(mapping))
        place = layout.content(self._text, mapping) + 1
        return Change(place, place, new)

    def append_member(self, path: Path, key: str, value: Any) -> Change:
        """Behind the last member; in an empty mapping behind a comma."""
        mapping = self._mapping(path)
        if mapping.children:
            return self._append(mapping, [(key, value)])
        place = layout.content(self._text, mapping) + 1
        return Change(place, place, ", " + self._pair(key, value, self._style(mapping, "")))

    def extend(self, path: Path, members: dict[str, Any]) -> Change:
        """Behind the last member."""
        return self._append(self._mapping(path), list(members.items()))

    def append_elements(self, path: Path, values: Sequence[Any]) -> Change:
        """Each on lines of its own in a block sequence."""
        node, text = self._touch(path), self._text
        last = node.children[-1]
        style = self._style(last.resolved, "key")
        if node.style == "flow":
            separator = self._between(node, node.children, node.children)
            new = "".join(separator + emitting.flow(each, style) for each in values)
            return Change(last.end, last.end, new)
        indent = " " * layout.column(text, layout.dash(text, node, 0))
        newline = layout.newline(text, last.end)
        return self._lines(last.end, emitting.sequence(list(values), style, indent, newline), indent)

    def adopt(self, path: Path, key: str, members: Sequence[Adopted]) -> Change:
        """As each member is written where it comes from, where that is one line."""
        mapping = self._mapping(path)
        try:
            _, held, merged = child(mapping, key)
        except KeyError:
            return self.append_member(path, key, dict(self._adopted(members, flow=mapping.style == "flow")))
        if merged or held.kind == ALIAS:
            self._refuse(f"its {key} are shared by an alias")
        target = held.resolved
        if target.kind == MAPPING and target.children:
            return self._append(target, self._adopted(members, flow=target.style == "flow"))
        return self.replace((*path, key), dict(self._adopted(members, flow=True)))

    def take_element(self, path: Path, index: int) -> Change:
        """The lines of a block sequence's element, with the comments in them."""
        node, text = self._touch(path), self._text
        element = node.children[index]
        self._keep_anchors(element)
        if node.style == "block":
            return self._whole_lines(layout.dash(text, node, index), element.end)
        before = node.children[index - 1].end
        between = text[before : element.start]
        # A comment behind the element in front stays there.
        left = between.replace(",", "", 1).rstrip(" ") if "#" in between else ""
        return Change(before, element.end, left)

    def cut_elements(self, path: Path, removed: Collection[int]) -> list[Change]:
        """The lines of block elements; flow ones with their commas."""
        node, text = self._touch(path), self._text
        for index in removed:
            self._keep_anchors(node.children[index])
        if len(removed) == len(node.children):
            return [self._emptied(node, "[]")]
        if node.style == "block":
            spots = [(layout.dash(text, node, index), node.children[index].end) for index in sorted(removed)]
            return [self._whole_lines(*spot) for spot in spots]
        spans = [Span(each.start, each.end) for each in node.children]
        return [Change(*span, "") for span in styling.without(spans, removed)]

    def cut_members(self, path: Path, removed: Collection[str]) -> list[Change]:
        """The lines of block members; flow ones with their commas."""
        node = self._mapping(path)
        keys = [None if is_merge(key) else key_text(key) for key, _ in node.children]
        gone = [index for index, key in enumerate(keys) if key is not None and key in removed]
        for index in gone:
            for part in node.children[index]:
                self._keep_anchors(part)
        if len(gone) == len(node.children):
            return [self._emptied(node, "{}")]
        spans = [Span(key.start, value.end) for key, value in node.children]
        if node.style == "flow":
            return [Change(*span, "") for span in styling.without(spans, gone)]
        changes = []
        kept = next(index for index in range(len(spans)) if index not in gone)
        if kept and not layout.own_line(self._text, spans[0].start):
            # The first member stands behind a dash, where the next one that stays takes its place.
            between = self._text[spans[kept - 1].end : spans[kept].start]
            if "#" in between:
                self._refuse("a comment stands between what goes and what stays")
            changes.append(Change(spans[0].start, spans[kept].start, ""))
            gone = [index for index in gone if index > kept]
        return changes + [self._whole_lines(*spans[index]) for index in gone]

    # What stands where.

    def _touch(self, path: Path) -> Node:
        node = node_at(self._root, path).resolved
        self.touched.append(Touched(node, path))
        return node

    def _mapping(self, path: Path) -> Node:
        """A mapping that new members can join."""
        node, text = self._touch(path), self._text
        if node.style == "flow" and not layout.is_braced(text, node):
            self._refuse("a pair in [ ] has no place for more; put it in { }")
        if node.style == "block":
            for key, _ in node.children:
                line = text[layout.line_start(text, key.start) : key.start]
                if line.rstrip(" \t").endswith("?"):
                    self._refuse("it is written with explicit keys (? key)")
        return node

    def _indent(self, mapping: Node) -> str:
        return " " * layout.column(self._text, mapping.children[0][0].start)

    def _style(self, mapping: Node, like: str) -> Style:
        """The quotes of a member, or of the first one, and the indentation of the definition."""
        if self._steps is None:
            self._steps = layout.steps(self._text, self._root)
        pairs = mapping.children if mapping.kind == MAPPING else []
        if not pairs:
            return Style("", "", *self._steps)
        key, value = next((pair for pair in pairs if key_text(pair[0]) == like), pairs[0])
        quote = value.style if value.kind == SCALAR and value.style in ("'", '"') else ""
        return Style(key.style if key.style in ("'", '"') else "", quote or "", *self._steps)

    # New text.

    def _append(self, mapping: Node, members: Sequence[tuple[str, Any]]) -> Change:
        last = mapping.children[-1]
        style = self._style(mapping, key_text(last[0]))
        if mapping.style == "block":
            return self._below(mapping, last, members, style)
        separator = self._separator(mapping)
        new = "".join(separator + self._pair(key, value, style) for key, value in members)
        return Change(last[1].end, last[1].end, new)

    def _below(
        self, mapping: Node, pair: tuple[Node, Node], members: Sequence[tuple[str, Any]], style: Style
    ) -> Change:
        """Lines below a member of a block mapping."""
        indent, newline = self._indent(mapping), layout.newline(self._text, pair[1].end)
        return self._lines(pair[1].end, emitting.mapping(dict(members), style, indent, newline), indent)

    def _lines(self, end: int, new: str, indent: str) -> Change:
        """New lines below the one in which something ends."""
        newline, place = layout.newline(self._text, end), layout.last_line_end(self._text, end)
        return Change(place, place, newline + indent + new)

    def _pair(self, key: str, value: Any, style: Style) -> str:
        return f"{emitting.scalar(key, style.key_quote)}: {emitting.flow(value, style)}"

    def _separator(self, mapping: Node) -> str:
        """What stands between two members of a flow mapping."""
        return self._between(
            mapping, [key for key, _ in mapping.children], [value for _, value in mapping.children]
        )

    def _between(self, node: Node, begins: Sequence[Node], ends: Sequence[Node]) -> str:
        """What stands between the parts of a flow collection."""
        text = self._text
        if len(ends) > 1:
            separator = text[ends[0].end : begins[1].start]
        else:
            lead = text[layout.content(text, node) + 1 : begins[0].start]
            separator = "," + lead if "\n" in lead and not lead.strip() else ", "
        # Comments belong to what is there already.
        return separator if not separator.replace(",", "", 1).strip() and "," in separator else ", "

    def _adopted(self, members: Sequence[Adopted], *, flow: bool) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = []
        for member in members:
            key, value, _ = child(node_at(self._root, member.path).resolved, member.key)
            name = self._as_written(key, flow=flow)
            found.append((name or member.key, self._as_written(value, flow=flow) or Values().of(value)))
        return found

    def _as_written(self, node: Node, *, flow: bool) -> Written | None:
        """The text of a scalar on one line, where it means the same elsewhere."""
        source = self._text[node.start : node.end]
        if node.kind != SCALAR or node.anchor or node.tag or node.style in ("|", ">") or not source:
            return None
        if len(source.splitlines()) > 1 or (flow and node.style is None and not is_text_everywhere(source)):
            return None
        return Written(source)

    # What goes.

    def _whole_lines(self, start: int, end: int) -> Change:
        """All lines from the one that a part begins to the one in which it ends, comments included."""
        text = self._text
        if not layout.own_line(text, start):
            self._refuse("what goes stands on one line with something else")
        start, stop = layout.line_start(text, start), layout.last_line_end(text, end)
        if start > 1:
            # With the line break in front, so that the last line may be without one.
            start -= 2 if text[start - 2 : start] == "\r\n" else 1
        elif stop < len(text):
            stop += len(layout.newline(text, stop))
        return Change(start, stop, "")

    def _emptied(self, node: Node, empty: str) -> Change:
        """Nothing is left of a collection but its brackets."""
        text, start, end = self._text, layout.content(self._text, node), node.end
        if node.style == "flow":
            return Change(start + 1, end - 1, "")
        end = layout.last_line_end(text, end) if layout.ends_line(text, end) else end
        before = text[:start].rstrip()
        if before.endswith(":"):
            return Change(len(before), end, " " + empty)
        return Change(start, end, empty)

    def _keep_anchors(self, node: Node) -> None:
        """Refuses to take out what an alias elsewhere stands for."""
        pending = [node]
        while pending:
            part = pending.pop()
            if id(part) in self._aliased:
                self._refuse(f"the anchor &{part.anchor} in it is used elsewhere")
            pending.extend(part.parts())

    def _refuse(self, reason: str) -> NoReturn:
        raise UnwritableError(reason)
