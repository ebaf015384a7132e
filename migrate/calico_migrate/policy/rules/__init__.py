"""What Calico takes and DC/OS does not do as meant: one module per rule, each with `check(context)`."""
