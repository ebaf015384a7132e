"""What is changed is written once, and comes to several places by aliases or merge keys.

The change is made where the text is written, and holds for all of its users.

Example:
    .net: &net {mode: container, name: dcos}
    apps:
      - {id: /a, cmd: run, networks: [*net]}
      - {id: /b, cmd: run, networks: [*net]}

Nothing has to be done, if all of them are to move.
"""

from calico_core.rules import info

RULE = info(__name__, source="YAML 1.1, 3.2.2.2 (Anchors and Aliases)")
