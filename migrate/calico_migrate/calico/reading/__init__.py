"""Calico resources as calicoctl reads them: YAML, kinds, and Go's decoding of values."""
