"""Packages as Cosmos keeps them: in the labels of their app, rendered anew from the schema and the template.

dcos/cosmos PackageDefinitionRenderer.scala:67-70,140-159 (defaults under the options, and the labels),
thirdparty/marathon/model/MarathonApp.scala:63-66 (what is stored), StorageEnvelope.scala (its form).
"""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Package:
    """A package: its schema, its template (with flat sections only), and whether Cosmos still knows it."""

    name: str
    config: dict[str, Any]
    template: str
    version: str = "1.0.0"
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def definition(self) -> dict[str, Any]:
        """The package as repositories have it."""
        encoded = b64encode(self.template.encode()).decode()
        return {
            "packagingVersion": "4.0",
            "name": self.name,
            "version": self.version,
            "releaseVersion": 0,
            "config": self.config,
            "marathon": {"v2AppMustacheTemplate": encoded},
            "resource": {"cli": {"binaries": {}}},
            **self.more,
        }

    def app(self, options: dict[str, Any]) -> dict[str, Any]:
        """The app that Cosmos sends to Marathon for these stored options."""
        values = resolved(self.config, options)
        text = re.sub(
            r"\{\{#([\w.]+)\}\}(.*?)\{\{/\1\}\}",
            lambda found: found[2] if _at(values, found[1]) else "",
            self.template,
            flags=re.DOTALL,
        )
        text = re.sub(r"\{\{([\w.]+)\}\}", lambda found: str(_at(values, found[1])), text)
        app: dict[str, Any] = json.loads(text)
        app["id"] = "/" + app["id"].strip("/")
        packed = b64encode(gzip.compress(json.dumps(self.definition).encode(), mtime=0)).decode()
        app.setdefault("labels", {}).update({
            "DCOS_PACKAGE_NAME": self.name,
            "DCOS_PACKAGE_VERSION": self.version,
            "DCOS_PACKAGE_DEFINITION": label({"metadata": {"Content-Encoding": "gzip"}, "data": packed}),
            "DCOS_PACKAGE_OPTIONS": label(options),
        })  # fmt: skip
        return app


def label(value: Any) -> str:
    """A JSON value as a label holds it."""
    return b64encode(json.dumps(value).encode()).decode()


def stored_options(labels: dict[str, str]) -> dict[str, Any] | None:
    """The options in an app's labels, None where none were stored."""
    text = labels.get("DCOS_PACKAGE_OPTIONS")
    return dict(json.loads(b64decode(text))) if text is not None else None


def resolved(config: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """The defaults of a schema with options merged in."""
    return merged(_defaults(config), options)


def merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Both objects; what is in the second wins."""
    result = dict(below)
    for key, value in above.items():
        before = result.get(key)
        both = isinstance(before, dict) and isinstance(value, dict)
        result[key] = merged(dict(before or {}), value) if both else value
    return result


def _defaults(schema: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for key, each in schema.get("properties", {}).items():
        if "default" in each:
            found[key] = each["default"]
        elif "properties" in each:
            found[key] = _defaults(each)
    return found


def _at(values: dict[str, Any], path: str) -> Any:
    found: Any = values
    for key in path.split("."):
        found = found.get(key, "") if isinstance(found, dict) else ""
    return found
