"""Answers: one flow, a matrix of all, expectations, and what would have to change."""
