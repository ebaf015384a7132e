"""A number means something else than its digits say, or is written in an unusual way.

The installer reads YAML 1.1: without quotes `17:04` is the number 1024 (base 60), `0x400` hexadecimal,
`0b1` binary, `1_450` has a separator, and a leading zero means octal, so that `064000` is 26624. An octal
number whose digits look like another decimal one is a warning.

Example:
    calico_vxlan_port: 064000

Write the number in decimal digits alone.
"""

from calico_config.facts.facts import Facts
from calico_core.findings import Severity
from calico_core.rules import Findings, info

RULE = info(__name__, source="PyYAML (YAML 1.1 resolver); YAML 1.1, language-independent types: int")
WATCHES = ("numbers",)


def _notation(written: str) -> str:
    digits = written.lstrip("+-").lower()
    if ":" in digits:
        return "base 60, YAML 1.1"
    if digits.startswith("0x"):
        return "hexadecimal"
    if digits.startswith("0b"):
        return "binary"
    if digits.startswith("0") and len(digits) > 1:
        return "octal, because of the leading zero"
    return "with a separator" if "_" in digits else "with a sign"


def check(facts: Facts) -> Findings:
    """One finding for each number that is not written in plain decimal digits."""
    from calico_config.facts.parts import NUMBERS
    from calico_core.words import shown

    for name in NUMBERS:
        setting = facts.document.settings.get(name)
        if setting is None or setting.text is None or isinstance(setting.value, bool):
            continue
        if not isinstance(setting.value, int):
            if facts.number(name) is not None and setting.text != setting.text.strip():
                yield RULE.finding(
                    f"{name} {shown(setting.text)!r} has spaces around the number, and the installer"
                    f" copies them",
                    hint=f"write {setting.text.strip()}",
                    **facts.place(name),
                )
            continue
        written = setting.node.resolved.text
        if written == setting.text:
            continue
        octal = written.lstrip("+-").startswith("0") and written.lstrip("+-").replace("_", "").isdigit()
        yield RULE.finding(
            f"{name}: {shown(written)} is the number {shown(setting.text)} ({_notation(written)})",
            hint=f"write {shown(setting.text)}"
            if not octal
            else f"write {shown(setting.text)}, or the decimal number that you mean",
            severity=Severity.WARNING if octal else None,
            **facts.place(name),
        )
