"""The floor that the other packages stand on: findings, edits, reports, rules, reading and writing files.

Nothing here knows Marathon, packages, config.yaml or Calico. Imports run one way:
``calico_core`` ← ``calico_templates`` and ``calico_config`` ← ``calico_migrate``.
"""
