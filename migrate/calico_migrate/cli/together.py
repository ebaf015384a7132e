"""Options that go together: declared once, and handed to a command as one value."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
import inspect
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

Command = Callable[..., None]


def parameters(make: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """The options that a function or a class is called with, by their names, annotations resolved."""
    if not isinstance(make, type):
        # Before Python 3.11, `get_type_hints` wraps the annotation of an option whose default is None.
        return dict(inspect.signature(make, eval_str=True).parameters)
    hints = get_type_hints(make, include_extras=True)
    return {
        name: parameter.replace(annotation=hints[name])
        for name, parameter in inspect.signature(make).parameters.items()
    }


def together(
    name: str, make: Callable[..., Any], options: Mapping[str, inspect.Parameter] | None = None
) -> Callable[[Command], Command]:
    """Gives a command the options of ``make`` in the place of its parameter ``name``.

    The command gets what ``make`` answers. ``options`` are those of ``make``, unless they are given.
    """

    def decorated(command: Command) -> Command:
        group = parameters(make) if options is None else options
        shown: list[inspect.Parameter] = []
        for each, parameter in parameters(command).items():
            shown += group.values() if each == name else [parameter]

        def called(**given: Any) -> None:
            command(**{name: make(**{option: given.pop(option) for option in group})}, **given)

        called.__name__, called.__doc__, called.__module__ = (
            command.__name__,
            command.__doc__,
            command.__module__,
        )
        called.__signature__ = inspect.signature(command).replace(  # type: ignore[attr-defined]
            parameters=[each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in shown]
        )
        called.__annotations__ = {parameter.name: parameter.annotation for parameter in shown}
        return called

    return decorated
