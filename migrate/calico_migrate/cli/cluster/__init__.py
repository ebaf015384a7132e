"""The commands of ``calico-migrate cluster``; each imports what it needs when it is called."""
