"""The rules of the ``package`` command, one module each; a module's docstring is its documentation page."""
