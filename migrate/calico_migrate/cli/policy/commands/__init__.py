"""The commands of ``calico-migrate policy``, a module each by its name: their options and their help."""
