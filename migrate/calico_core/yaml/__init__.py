"""YAML texts: nodes with places, from one composer that never constructs anything."""
