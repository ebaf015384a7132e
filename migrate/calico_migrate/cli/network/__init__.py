"""The command line of ``calico-migrate network``."""
