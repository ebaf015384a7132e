"""The definitions that the tests of `calico-migrate marathon` share."""

APP = b'{\r\n  "id": "/web",\r\n  "networks": [{"mode": "container", "name": "dcos"}]\r\n}'
MOVED = APP.replace(b'"dcos"', b'"calico"')
CLEAN = b'{"id": "/db", "networks": [{"mode": "host"}]}\n'
REFUSED = (
    b'{"id": "/d", "container": {"type": "DOCKER", "portMappings": [{"containerPort": 80, "hostPort": 0}]},'
    b' "networks": [{"mode": "container", "name": "dcos"}]}\n'
)
