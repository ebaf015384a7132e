"""Packages: service specifications, Universe packages and repositories, option files, and new releases."""
