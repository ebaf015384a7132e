"""The command line of ``calico-migrate package``."""
