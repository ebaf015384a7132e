"""Terraform and other HCL.

Looks at ``*.tf``, ``*.tfvars`` and ``*.hcl``: attributes and variables whose name has a network word,
``name`` in a block or list of networks, JSON in heredocs and ``jsonencode``. No command rewrites HCL.

Example:
    resource "dcos_marathon_app" "web" {
      networks {
        mode = "CONTAINER"
        name = "dcos"
      }
    }

The provider, the names of resources and sources of modules are mentions. Change the name by hand, and apply.
"""

from __future__ import annotations

from calico_migrate.survey.context import context, default_of_placeholder
from calico_migrate.survey.kinds import is_comment


def matches(name: str, head: str) -> bool:
    """Whether it is HCL."""
    del head
    return name.lower().endswith((".tf", ".tfvars", ".hcl", ".nomad"))


def is_network(text: str, start: int, end: int) -> bool:
    """Whether the name is the value of a network's attribute, block or variable."""
    if is_comment(text, start):
        return False
    return context(text, start, end).is_network or default_of_placeholder(text, start)
