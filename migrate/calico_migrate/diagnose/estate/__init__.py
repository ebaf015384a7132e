"""The cluster as a bundle shows it: machines, Calico's resources, workloads; facts are read when they are
asked for.
"""
