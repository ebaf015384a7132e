"""A key stands twice in one mapping of a YAML file.

YAML forbids it, and most readers take it all the same: the last one counts, and what the earlier ones say is
lost without a word. The last one is what is looked at and edited here.

Example:
    id: /shop/web
    cmd: ./start
    cmd: ./run

Take out the ones that do not count.
"""

from calico_core.rules import warning

RULE = warning(__name__, source="YAML 1.1, 3.2.1.3 (Node Equality); PyYAML yaml/constructor.py")
