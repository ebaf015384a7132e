"""etcd, Calico's datastore."""
