"""What is told of a service specification's pods and of the networks in them."""
