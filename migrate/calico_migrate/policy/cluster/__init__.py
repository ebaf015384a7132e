"""The cluster as policies see it: workloads, their ports and addresses, and where addresses lie."""
