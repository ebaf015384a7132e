"""From a snapshot to a plan: offline, and the same bytes for the same snapshot and options."""
