"""Policies, profiles and network sets in the form in which flows are decided."""
