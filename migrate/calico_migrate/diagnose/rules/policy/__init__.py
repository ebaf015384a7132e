"""Profiles and policies."""
