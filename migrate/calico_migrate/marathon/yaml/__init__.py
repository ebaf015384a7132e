"""Definitions that are written in YAML: the same planner and rules, and changes in YAML's own styles."""
