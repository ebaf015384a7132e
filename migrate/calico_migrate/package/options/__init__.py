"""What running services are given: option files, option overlays, and exported apps."""
