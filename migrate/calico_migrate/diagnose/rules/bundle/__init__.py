"""The bundle itself: its form, its nodes, what could not be collected."""
