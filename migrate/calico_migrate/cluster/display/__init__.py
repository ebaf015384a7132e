"""Showing a plan and a run to people."""
