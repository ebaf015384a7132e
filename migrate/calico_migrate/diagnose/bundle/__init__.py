"""The forms of diagnostics bundles: archives and directories, their names, items and collection errors."""
