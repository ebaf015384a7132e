"""A network's name comes by an alias, and the same anchor is used for something else.

In YAML a name may be written once (`&net dcos`) and used in many places (`*net`, or a merge key). Where one
of them is no network's name, a new name would change that too. Nothing that uses the anchor is edited; other
names are.

Example:
    - id: /shop/web
      networks: [{name: &net dcos}]
      env: {CLUSTER: *net}

Write the name out in one of the places, and run again.
"""

from calico_core.rules import error

RULE = error(__name__, source="YAML 1.1, 3.2.2.2 (Anchors and Aliases)")
