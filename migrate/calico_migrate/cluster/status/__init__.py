"""What is on which network, and what became of each item."""
