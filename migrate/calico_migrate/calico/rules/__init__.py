"""What can be said of a Calico resource, whoever applies it: one module per rule."""
