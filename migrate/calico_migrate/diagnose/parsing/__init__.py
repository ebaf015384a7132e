"""The formats of a bundle's items, a parser each; they know nothing of rules or nodes."""
