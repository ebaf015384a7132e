"""``policy check``: what its rules are given, and the run over them."""
