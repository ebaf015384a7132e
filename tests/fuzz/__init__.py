"""Odd inputs for every command, through the command line."""
