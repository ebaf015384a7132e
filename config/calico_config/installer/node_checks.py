"""The installer's checks of ``check_config`` and ``custom_checks``: their schema and their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from calico_config.installer.checks import json_dictionary, parse_json
from calico_config.installer.python36 import CrashedError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME_MESSAGE = "Check name must be a nonzero length string with no whitespace"
_TIMEOUT_MESSAGE = (
    "Timeout must be a string containing an integer or float followed by a unit: ns, us, µs, ms, s, m, h"
)
_ROLES_MESSAGE = "roles must be a list containing master or agent or both"
_TIMEOUT = r"^\d+(\.\d+)?(ns|us|µs|ms|s|m|h)$"
_WHITESPACE = " \t\n\r\x0b\x0c"


def check_config(text: str) -> None:
    """The schema that both share; the wording is the library ``schema``'s as far as that is stable."""
    config = json_dictionary(text)
    _known_keys(config, {"cluster_checks", "node_checks"}, "")
    if "cluster_checks" in config:
        _checks(config["cluster_checks"], "Key 'cluster_checks' error: ", roles=False)
    if "node_checks" not in config:
        return
    node_checks = config["node_checks"]
    where = "Key 'node_checks' error: "
    _object(node_checks, where)
    if "checks" not in node_checks:
        raise RefusedError(f"{where}Missing key: 'checks'")
    _known_keys(node_checks, {"checks", "prestart", "poststart"}, where)
    _checks(node_checks["checks"], f"{where}Key 'checks' error: ", roles=True)
    for stage in ("prestart", "poststart"):
        names = node_checks.get(stage, [])
        if not isinstance(names, list):
            raise RefusedError(f"{where}Key '{stage}' error: {names!r} should be instance of 'list'")
        if not all(_is_name(name) for name in names):
            raise RefusedError(_NAME_MESSAGE)
    if "prestart" not in node_checks and "poststart" not in node_checks:
        raise RefusedError("At least one of prestart or poststart must be defined in node_checks")
    referenced = {*node_checks.get("prestart", []), *node_checks.get("poststart", [])}
    if node_checks["checks"].keys() != referenced:
        raise RefusedError("All node checks must be referenced in either prestart or poststart, or both")


def _is_name(name: Any) -> bool:
    return isinstance(name, str) and bool(name) and not any(sign in _WHITESPACE for sign in name)


def _object(value: Any, where: str) -> None:
    if not isinstance(value, dict):
        raise RefusedError(f"{where}{value!r} should be instance of 'dict'")


def _known_keys(value: Mapping[str, Any], known: set[str], where: str) -> None:
    wrong = [repr(key) for key in value if key not in known]
    if wrong:
        plural = "s" if len(wrong) > 1 else ""
        raise RefusedError(f"{where}Wrong key{plural} {', '.join(sorted(wrong))} in {value!r}")


def _checks(checks: Any, where: str, *, roles: bool) -> None:
    _object(checks, where)
    if not checks or not all(_is_name(name) for name in checks):
        raise RefusedError(f"{where}Missing key: {_NAME_MESSAGE}")
    for name, check in checks.items():
        place = f"{where}Key '{name}' error: "
        _object(check, place)
        command = check.get("cmd")
        if "cmd" in check and not isinstance(command, list):
            raise RefusedError(f"{place}Key 'cmd' error: {command!r} should be instance of 'list'")
        if "cmd" in check and not all(isinstance(part, str) for part in command):
            raise RefusedError(f"{place}Key 'cmd' error: Or({str!r}) did not validate {command!r}")
        if "description" in check and not isinstance(check["description"], str):
            raise RefusedError(
                f"{place}Key 'description' error: {check['description']!r} should be instance of 'str'"
            )
        timeout = check.get("timeout")
        if "timeout" in check and not (isinstance(timeout, str) and re.search(_TIMEOUT, timeout)):
            raise RefusedError(_TIMEOUT_MESSAGE)
        if roles and "roles" in check:
            given = check["roles"]
            if not (isinstance(given, list) and all(role in ("master", "agent") for role in given)):
                raise RefusedError(_ROLES_MESSAGE)
        for key in ("description", "cmd", "timeout"):
            if key not in check:
                raise RefusedError(f"{place}Missing key: '{key}'")
        _known_keys(check, {"description", "cmd", "timeout", *(("roles",) if roles else ())}, place)


def names_do_not_conflict(custom: str, builtin: str) -> None:
    """No custom check has the name of a built-in one; an empty ``builtin`` means the installer's own."""
    own = parse_json(custom)
    given = parse_json(builtin) if builtin else None
    clusters = _names(own, "cluster_checks") & (
        _names(given, "cluster_checks") if given is not None else set()
    )
    nodes = _node_names(own) & (_node_names(given) if given is not None else BUILTIN_NODE_CHECKS)
    if not clusters and not nodes:
        return
    message = "Custom check names conflict with builtin checks."
    if clusters:
        message += f" Reserved cluster check names: {', '.join(sorted(clusters))}."
    if nodes:
        message += f" Reserved node check names: {', '.join(sorted(nodes))}."
    raise RefusedError(message)


def _names(config: Any, key: str) -> set[str]:
    found = config.get(key, {}) if isinstance(config, dict) else {}
    if not isinstance(found, dict):
        raise CrashedError(f"AttributeError: '{type(found).__name__}' object has no attribute 'keys'")
    return set(found)


def _node_names(config: Any) -> set[str]:
    return _names(config.get("node_checks", {}), "checks")


# The names that the installer's own checks have.
BUILTIN_NODE_CHECKS = {
    "calico_bird", "calico_confd", "calico_felix", "calico_libnetwork_plugin", "clock_sync",
    "cockroachdb_replication", "components_agent", "components_master", "curl", "docker", "ip_detect_script",
    "journald_dir_permissions", "mesos_agent_registered_with_masters", "mesos_master_replog_synchronized",
    "tar", "unzip", "xz",
}  # fmt: skip
