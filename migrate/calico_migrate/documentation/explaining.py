"""The documentation of rules and parameters, as text; taken from the rules' docstrings and the table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import UsageError
from calico_core.nearest import nearest_ones
from calico_migrate.rule_index import all_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from calico_config.parameters import Parameter
    from calico_core.rules import Rule


def explain(name: str) -> str:
    """The page of a rule, a parameter or a kind of files, by its name or a part of it, in any case.

    Where a part fits several, a line for each of them. Raises UsageError with the nearest names for none.
    """
    pages = _pages()
    wanted = name.lower()
    if wanted in pages:
        return pages[wanted].text()
    found = [known for known in pages if wanted in known] if wanted else []
    if len(found) == 1:
        return pages[found[0]].text()
    if found:
        return f"{name!r} is a part of these names:\n\n" + _listed(pages[known] for known in found)
    near = nearest_ones(name, pages)
    hint = f"did you mean {' or '.join(near)}?" if near else "`calico-migrate explain` lists them all"
    raise UsageError(f"there is no rule, parameter or kind of files {name!r}; {hint}")


def wrapped(text: str, width: int) -> str:
    """A page for lines of at most so many characters: paragraphs are filled, what is indented stays."""
    import textwrap

    parts = []
    for part in text.split("\n\n"):
        if part.startswith(" ") or "\n " in part:
            parts.append(part)
        else:
            filled = textwrap.fill(
                " ".join(part.split()), width, break_long_words=False, break_on_hyphens=False
            )
            parts.append(filled + ("\n" if part.endswith("\n") else ""))
    return "\n\n".join(parts)


class _Page(NamedTuple):
    """What is explained: its name, what it is in a line, and its text."""

    name: str
    title: str
    text: Callable[[], str]


def _pages() -> dict[str, _Page]:
    """Everything that has a page, by its name in lower case."""
    from calico_config.parameters import PARAMETERS
    from calico_migrate.survey.kinds import documentation

    pages = [
        _Page(rule.id, f"{rule.severity.value:<8} {rule.title}", partial(rule_text, rule))
        for rule in all_rules().values()
    ]
    pages += [_Page(each.name, "", partial(parameter_text, each)) for each in PARAMETERS]
    pages += [
        _Page(name, text.partition("\n")[0], partial(_kind_text, name, text))
        for name, text in documentation().items()
    ]
    return {page.name.lower(): page for page in pages}


def _listed(pages: Iterable[_Page]) -> str:
    found = list(pages)
    width = max(len(page.name) for page in found)
    return "".join(f"  {page.name:<{width}}  {page.title}".rstrip() + "\n" for page in found)


def _kind_text(name: str, documentation: str) -> str:
    title, _, body = documentation.partition("\n")
    return f"{name} (a kind of files that survey looks at): {title.rstrip('.')}\n\n{body.strip()}\n"


def rule_text(rule: Rule) -> str:
    """A rule's page as plain text: title, severity, documentation, source."""
    body = rule.documentation.partition("\n")[2].strip("\n")
    return f"{rule.id} ({rule.severity.value}): {rule.title}\n\n{body}\n\nSource: {rule.source}\n"


def parameter_text(parameter: Parameter) -> str:
    """A parameter's page as plain text: what it means, what is accepted, where it lands, source."""
    lines = [parameter.name, "", parameter.meaning, "", f"Accepted: {parameter.accepts()}"]
    if parameter.default is not None:
        lines.append(f"Default: {parameter.default}")
    lines += [f"On the node: {place}" for place in parameter.node]
    return "\n".join([*lines, "", f"Source: {parameter.source}", ""])


def overview() -> str:
    """All rules, parameters and kinds of files, a line each."""
    from calico_config.parameters import PARAMETERS
    from calico_migrate.survey.kinds import documentation

    pages = _pages()
    rules = _listed(pages[rule.id.lower()] for rule in all_rules().values())
    parameters = "".join(f"  {each.name}\n" for each in PARAMETERS)
    files = _listed(pages[name] for name in documentation())
    return f"Rules:\n{rules}\nParameters:\n{parameters}\nKinds of files that survey looks at:\n{files}"
