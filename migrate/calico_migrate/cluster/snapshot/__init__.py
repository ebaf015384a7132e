"""What a cluster answered, as bytes, with a manifest that names what could not be read."""
