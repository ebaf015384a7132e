"""What `diagnose` judges; a module per judgement, a folder per part of the cluster."""
