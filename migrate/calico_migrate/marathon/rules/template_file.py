"""A file is a template, and no JSON or YAML before it is rendered.

What its placeholders become, only the engine knows that fills them in: Jinja, ERB, Go's templates, envsubst.
The file stays as it is. Lines that name a network are named here, with the default that a placeholder has.

Example:
    networks:
      - name: {{ network | default('dcos') }}

Change those lines by hand, or render the template and run this on the result.
"""

from calico_core.findings import Finding
from calico_core.rules import warning

RULE = warning(
    __name__, source="Jinja, Template Designer Documentation; Go, text/template; GNU gettext, envsubst"
)


def finding(message: str, line: int | None) -> Finding:
    """A template in a directory."""
    return RULE.finding(message, line=line)
