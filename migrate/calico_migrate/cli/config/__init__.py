"""The command line of ``calico-migrate config``."""
