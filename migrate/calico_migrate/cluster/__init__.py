"""The migration carried out on a live cluster: snapshot, plan, apply, status, rollback.

Data flows one way: `connection` speaks with the cluster, `snapshot` keeps what it answers, `planning` turns
that into a plan without any connection, `applying` carries a plan out item by item, `status` says what is
where. Facts about Marathon and Mesos are of mesosphere/marathon releases/1.11 and apache/mesos; a module
names its file.
"""
