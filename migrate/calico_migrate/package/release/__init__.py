"""New releases of packages: what changes in them, and how they are written."""
