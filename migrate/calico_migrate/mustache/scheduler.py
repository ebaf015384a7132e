"""Renders a service specification as the DC/OS SDK's scheduler does.

The values are the scheduler's environment. ``{{name}}`` is escaped for HTML, ``true`` and ``false`` in any
case become booleans, every other text but the empty one is true (``no`` too), and a name that is missing
is rendered as empty. Sources: ``mesosphere/dcos-commons TemplateUtils.java`` (``renderMustache``) with
``spullara/mustache.java`` 0.9.2 (``DefaultMustacheFactory``, ``HtmlEscaper.java``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.mustache import engine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.mustache.rendering import Rendering
    from calico_migrate.mustache.template import Template

_ESCAPES = {
    **{code: f"&#{code};" for code in range(14)},
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&quot;",
    ord("'"): "&#39;",
    ord("="): "&#61;",
    ord("`"): "&#96;",
}


def render(template: Template, environment: Mapping[str, str]) -> Rendering:
    """What the SDK parses as YAML, given the scheduler's environment."""
    values = {name: _value(text) for name, text in environment.items()}
    return engine.render(template, values, escape=escape)


def escape(text: str) -> str:
    """HTML escaping of mustache.java 0.9.2: also ``=``, the backtick and control characters up to 13."""
    return text.translate(_ESCAPES)


def _value(text: str) -> str | bool:
    folded = text.lower()
    return folded == "true" if folded in ("true", "false") else text
