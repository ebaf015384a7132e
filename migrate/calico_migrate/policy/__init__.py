"""Network policies: who may reach whom, decided offline.

``evaluate`` is loaded when it is first asked for, so that a command which needs only the selectors does
not pay for the evaluator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from calico_migrate.policy.answering.evaluation import Verdict, evaluate

__all__ = ["Verdict", "evaluate"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from calico_migrate.policy.answering import evaluation

        return getattr(evaluation, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
