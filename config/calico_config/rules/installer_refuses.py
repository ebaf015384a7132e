"""The installer refuses the file, or ends in a traceback.

Whatever the DC/OS installer refuses, or crashes on while validating or rendering, stops the installation.
Some of it is harmless in itself; the message says so. The installer shows its errors in rounds, without
lines, and a crash hides all of them: here everything comes at once. "(next round)" marks what the installer
would only say after the other errors are gone.

Example:
    calico_vxlan_vni: 0

Correct the value as the hint says; `calico-migrate explain PARAMETER` tells what a parameter accepts.
"""

from calico_config.facts.facts import Facts
from calico_config.facts.parts import Place, Refused
from calico_core.findings import Finding
from calico_core.rules import Findings, error

RULE = error(__name__, source="dcos/dcos gen/calc.py, gen/internals.py, gen/__init__.py; dcos_installer")
WATCHES = ("refusals",)
LONGEST_MESSAGE = 300


def check(facts: Facts) -> Findings:
    """One finding for each thing that the installer refuses or crashes on."""
    for refused in facts.refusals:
        # A placeholder has a finding of its own, and more to say.
        if refused.kind in ("message", "crash") and refused.names and refused.names[0] in facts.unresolved:
            continue
        yield _finding(facts, refused)


def _finding(facts: Facts, refused: Refused) -> Finding:
    from calico_config.installer.hints import hint_for
    from calico_core.words import flat

    what = {
        "message": "the installer refuses this",
        "unset": "the installer needs this parameter",
        "crash": "the installer crashes on this",
        "render": "the installer crashes on this while it writes its files",
    }[refused.kind]
    later = " (next round)" if refused.later else ""
    subject = " and ".join(refused.names[:2]) if refused.names else "the file"
    message = flat(refused.message, LONGEST_MESSAGE)
    harmless = "; harmless in itself" if refused.harmless else ""
    place: Place = {}
    if refused.line is not None and refused.column is not None:
        place = {"line": refused.line, "column": refused.column}
    elif refused.path:
        place = facts.place(*refused.path)
    else:
        named = next((name for name in refused.names if facts.is_set(name)), None)
        place = facts.place(named) if named is not None else {}
    return RULE.finding(
        f"{subject}: {what}{later}: {message}{harmless}",
        hint=hint_for(facts, refused),
        **place,
    )
