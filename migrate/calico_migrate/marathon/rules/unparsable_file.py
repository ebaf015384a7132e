"""A file of a directory is no JSON, and nothing in it can name a network.

Such a file is passed over. A file that was named itself, or one that speaks of networks, is an error instead,
because something in it might have to change.

Example:
    tsconfig.json with comments, in a directory of app definitions

Nothing has to be done, unless the file was meant to be a definition.
"""

from calico_core.rules import warning

RULE = warning(__name__, source="RFC 8259 (The JavaScript Object Notation Data Interchange Format)")
