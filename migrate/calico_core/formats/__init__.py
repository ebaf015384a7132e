"""The formatters: each turns a report into text, and nothing else."""
