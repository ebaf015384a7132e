"""Showing what a ``config.yaml`` makes: the values in force, and the picture of the address ranges."""
