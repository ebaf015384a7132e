"""What else must be seen before an item counts as moved: neighbours, a probe, and that nothing was lost."""
