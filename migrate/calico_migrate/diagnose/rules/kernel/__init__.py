"""The kernel and the host."""
