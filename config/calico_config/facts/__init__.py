"""What is known of a cluster from its ``config.yaml``: settings, overlays, ranges, sizes."""
