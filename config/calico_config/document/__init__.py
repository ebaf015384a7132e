"""Reading a ``config.yaml``: its values as PyYAML 3.11 would make them, and the place of each in its text."""
