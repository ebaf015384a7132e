"""What the rewriting commands share: their inputs, what became of each, and where the results go."""
