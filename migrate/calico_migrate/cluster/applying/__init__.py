"""Carrying a plan out: journal, drift, gates and waves."""
