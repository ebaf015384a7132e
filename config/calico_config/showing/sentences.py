"""The two verdicts in a sentence each: the installer's, and the cluster's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.words import counted

if TYPE_CHECKING:
    from calico_config.checking import ConfigCheck


def installer_sentence(check: ConfigCheck) -> str:
    """What the installer will do, in a sentence."""
    verdict = check.installer
    if verdict.status == "ok" and verdict.render != "crash":
        return "The installer accepts this file."
    if verdict.status == "ok":
        return "The installer accepts every value and then crashes while it writes its files."
    if verdict.status == "errors":
        parts = []
        if verdict.errors:
            parts.append(f"refuses {counted(len(verdict.errors), 'parameter')}")
        if verdict.unset:
            parts.append(f"misses {counted(len(verdict.unset), 'parameter')}")
        return f"The installer {' and '.join(parts)}."
    return {
        "crash": "The installer crashes on this file.",
        "yaml_error": "The installer cannot read this file: it is not the YAML that it wants.",
        "not_a_mapping": "The installer crashes on this file: it holds no settings.",
    }[verdict.status]


def calico_sentence(check: ConfigCheck) -> str:
    """Whether the cluster will work with this file, in a sentence."""
    if check.error is not None:
        return "Nothing can be said of Calico."
    if any(finding.rule == "not-a-config" for finding in check.findings):
        return "Nothing can be said of Calico: this is no config.yaml."
    own = [finding for finding in check.findings if finding.rule != "installer-refuses"]
    errors = sum(finding.severity.value == "error" for finding in own)
    warnings = sum(finding.severity.value == "warning" for finding in own)
    if errors:
        return f"It will not work: {counted(errors, 'error')}, {counted(warnings, 'warning')}."
    if warnings:
        return f"It may work, with {counted(warnings, 'thing')} to look at."
    if check.facts is not None and not check.facts.calico_on:
        return "Calico is off; nothing speaks against the rest."
    return "Nothing speaks against it."
