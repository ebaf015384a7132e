"""Docstrings that are shown to users, also where Python was told to leave them out (``PYTHONOPTIMIZE=2``)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ast
    from types import ModuleType

_LEFT_OUT = 2
"""From this level of optimisation on there are no docstrings (``python -OO``)."""


def of_module(module: ModuleType) -> str:
    """The module's docstring, from its source where Python left it out."""
    if module.__doc__ is None and sys.flags.optimize >= _LEFT_OUT:
        import ast

        module.__doc__ = ast.get_docstring(_tree(module), clean=False)
    return module.__doc__ or ""


def restore(module: ModuleType) -> None:
    """Gives the functions of a module their docstrings back where Python left them out."""
    if sys.flags.optimize < _LEFT_OUT:
        return
    import ast

    for node in _tree(module).body:
        if isinstance(node, ast.FunctionDef):
            function = getattr(module, node.name, None)
            if function is not None and function.__doc__ is None:
                function.__doc__ = ast.get_docstring(node, clean=False)


def _tree(module: ModuleType) -> ast.Module:
    import ast
    import inspect

    return ast.parse(inspect.getsource(module))
