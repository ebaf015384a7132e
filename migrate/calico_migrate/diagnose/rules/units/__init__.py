"""Units and processes."""
