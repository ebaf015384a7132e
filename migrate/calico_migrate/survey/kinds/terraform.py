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

from typing import TYPE_CHECKING

from calico_migrate.survey.around.context import context, default_of_placeholder
from calico_migrate.survey.kinds import is_comment

if TYPE_CHECKING:
    from calico_migrate.survey.around.surroundings import Surroundings


def matches(name: str, head: str) -> bool:
    """Whether it is HCL."""
    del head
    return name.lower().endswith((".tf", ".tfvars", ".hcl", ".nomad"))


def is_network(around: Surroundings, start: int, end: int) -> bool:
    """Whether the name is the value of a network's attribute, block or variable."""
    if is_comment(around, start):
        return False
    return context(around, start, end).is_network or default_of_placeholder(around, start)
