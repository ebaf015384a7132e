"""Small packages for tests, in the wirings that the public Universe has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

from calico_migrate.package.universe import parts
from calico_migrate.package.universe.content import Content

FLAG = {"type": "boolean", "default": False}
NAME = {"type": "string", "default": "dcos"}


def group(**properties: Any) -> dict[str, Any]:
    """A group of options."""
    return {"type": "object", "properties": properties}


def config_text(**groups: Any) -> str:
    """A config.json with the given groups."""
    return json.dumps({"type": "object", "properties": groups}, indent=2) + "\n"


STANDARD = config_text(
    service=group(
        name={"type": "string", "default": "demo"},
        password={"type": "string", "default": "dcos"},
        virtual_network_enabled=FLAG,
        virtual_network_name=NAME,
    )
)
STANDARD_TEMPLATE = """{
  "id": "{{service.name}}",
  "labels": {"DCOS_COMMONS_API_VERSION": "v1"},
  "env": {
    {{#service.virtual_network_enabled}}
    "ENABLE_VIRTUAL_NETWORK": "yes",
    "VIRTUAL_NETWORK_NAME": "{{service.virtual_network_name}}",
    {{/service.virtual_network_enabled}}
    "PACKAGE_VERSION": "1.0.0",
    "PASSWORD": "{{service.password}}"
  }
}
"""
PACKAGE: dict[str, Any] = {
    "packagingVersion": "4.0",
    "name": "demo",
    "version": "1.0.0",
    "minDcosReleaseVersion": "1.11",
    "maintainer": "demo@example.com",
    "description": "A demo",
    "tags": ["demo"],
}
RESOURCE: dict[str, Any] = {
    "assets": {"uris": {"bootstrap-zip": "https://example.com/dcos-commons/artifacts/0.57.0/bootstrap.zip"}},
    "cli": {
        "binaries": {
            "linux": {
                "x86-64": {
                    "contentHash": [{"algo": "sha256", "value": "0"}],
                    "kind": "executable",
                    "url": "https://example.com/cli",
                }
            }
        }
    },
}


def content(
    config: str | None = STANDARD,
    template: str | None = STANDARD_TEMPLATE,
    package: dict[str, Any] | None = None,
    resource: dict[str, Any] | None = None,
) -> Content:
    """A package's content; None leaves config.json or the template out."""
    return Content(texts(config, template, package, resource))


def texts(
    config: str | None = STANDARD,
    template: str | None = STANDARD_TEMPLATE,
    package: dict[str, Any] | None = None,
    resource: dict[str, Any] | None = None,
) -> dict[str, str]:
    """The texts of a package's parts."""
    found = {
        parts.PACKAGE: json.dumps(PACKAGE if package is None else package, indent=2) + "\n",
        parts.RESOURCE: json.dumps(RESOURCE if resource is None else resource, indent=2),
    }
    if config is not None:
        found[parts.CONFIG] = config
    if template is not None:
        found[parts.TEMPLATE] = template
    return found


def write(directory: Path, found: dict[str, str]) -> Path:
    """Writes a package's parts into a directory."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in found.items():
        (directory / name).write_bytes(text.encode())
    return directory


def app_template(networks: str, env: str = "{}") -> str:
    """A template of an app with the given networks and environment."""
    return '{"id": "demo", "env": ' + env + ', "networks": ' + networks + "}\n"
