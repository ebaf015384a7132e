"""What is read from the parsed value of one definition: what it is, its names, networks, ports and labels."""
