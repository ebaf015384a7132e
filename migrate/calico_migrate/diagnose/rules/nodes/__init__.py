"""Nodes, their addresses and their tunnel addresses."""
