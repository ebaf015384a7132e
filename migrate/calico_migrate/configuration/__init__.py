"""A project's own settings: which networks move, what is left out, and which findings are accepted and why.

Nothing but the command line knows this room: it looks at reports that are made, and never at how.
"""
