"""Comparing what a cluster has with what a generated directory promises."""
