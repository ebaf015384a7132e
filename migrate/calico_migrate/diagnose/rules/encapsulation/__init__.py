"""Tunnels, routes, MTU."""
