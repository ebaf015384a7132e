"""A package needs a new release, but none can be built from this one.

The version that the new release would have is not one that the package schema takes (letters, digits, ``.``
and ``-`` only), another release of the package has it already, or a field that must change stands twice in
``package.json``.

Example: "version": "1.2.0+build_7"

Choose another ``--suffix``, build from another release with ``--from``, or correct ``package.json`` first.
"""

from calico_core.findings import Finding
from calico_core.rules import error

RULE = error(__name__, source="mesosphere/universe package-schema.json, version")


def finding(shown: str, why: str) -> Finding:
    """Why no release can be built from one."""
    return RULE.finding(
        f"no release can be built from {shown}: {why}",
        hint="choose another --suffix, or build from another release with --from",
    )


def of_package_json(shown: str, problem: str) -> Finding:
    """What is wrong with a package.json that would have to be changed."""
    return RULE.finding(
        f"no release can be built from {shown}: its package.json {problem}", hint="correct package.json first"
    )
