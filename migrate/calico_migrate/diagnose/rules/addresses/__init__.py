"""Address space, IPAM and endpoints."""
