"""What speaks with the cluster: where it is, who one is there, single requests, and reading with patience."""
