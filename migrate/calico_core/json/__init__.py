"""JSON texts: reading them with the standard library's C scanner, and finding where things stand in them."""
