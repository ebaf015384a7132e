"""What a survey says of a place, a module for each state."""
