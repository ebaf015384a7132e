"""What `network` reports; one module per rule."""
