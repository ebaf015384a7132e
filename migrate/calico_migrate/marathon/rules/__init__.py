"""The rules for Marathon definitions, one module each; their docstrings are their documentation."""
