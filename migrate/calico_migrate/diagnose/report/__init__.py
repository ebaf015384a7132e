"""A diagnosis as a report: redacted, legible, in the shape that scripts rely on; and as text."""
