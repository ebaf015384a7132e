"""Logs: which lines are known, and one pass over each log that finds them."""
