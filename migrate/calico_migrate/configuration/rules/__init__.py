"""Rules about the configuration file and about lines marked ``keep``."""
