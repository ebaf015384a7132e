"""The command line of ``calico-migrate policy``."""
