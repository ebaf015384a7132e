"""What stands around a place in a text that no parser reads."""
