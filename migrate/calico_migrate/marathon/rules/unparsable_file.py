"""A file of a directory is no JSON, and nothing in it can name a network.

Such a file is passed over. A file that was named itself, or one that speaks of networks, is an error instead,
because something in it might have to change.

Example:
    tsconfig.json with comments, in a directory of app definitions

Nothing has to be done, unless the file was meant to be a definition.
"""

from calico_core.errors import InputError
from calico_core.findings import Finding, Severity
from calico_core.rules import warning

RULE = warning(__name__, source="RFC 8259 (The JavaScript Object Notation Data Interchange Format)")


def finding(error: InputError) -> Finding:
    """Why a file of a directory cannot be read."""
    return RULE.finding(
        error.message,
        line=error.line,
        column=error.column,
        hint="nothing in it names a network, so that nothing is missed",
    )


def naming_a_network(error: InputError, line: int, network: str) -> Finding:
    """Why a file of a directory cannot be read that names a network of the map."""
    return RULE.finding(
        f"{error.message}; line {line} names the network {network}",
        hint="mend the file, and run this on it again",
        line=error.line,
        column=error.column,
        severity=Severity.WARNING,
    )
