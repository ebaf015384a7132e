"""Packages for tests of the cluster's commands: a service of the SDK whose options name its network."""

from __future__ import annotations

from typing import Any

from tests.support.standin.packages import Package

_TEXT = {"type": "string"}
CONFIG: dict[str, Any] = {
    "type": "object",
    "properties": {
        "service": {
            "type": "object",
            "properties": {
                "name": {**_TEXT, "default": "cassandra"},
                "cpus": {"type": "number", "default": 0.5},
                "virtual_network_enabled": {"type": "boolean", "default": False},
                "virtual_network_name": {**_TEXT, "default": "dcos"},
            },
        }
    },
}
TEMPLATE = """{
  "id": "{{service.name}}",
  "cpus": {{service.cpus}},
  "mem": 1024,
  "instances": 1,
  "cmd": "./bootstrap && ./scheduler",
  "labels": {
    "DCOS_COMMONS_API_VERSION": "v1",
    "DCOS_SERVICE_NAME": "{{service.name}}",
    "DCOS_PACKAGE_FRAMEWORK_NAME": "{{service.name}}"
  },
  "upgradeStrategy": {"minimumHealthCapacity": 0, "maximumOverCapacity": 0},
  "env": {
    {{#service.virtual_network_enabled}}
    "ENABLE_VIRTUAL_NETWORK": "yes",
    "VIRTUAL_NETWORK_NAME": "{{service.virtual_network_name}}",
    {{/service.virtual_network_enabled}}
    "FRAMEWORK_NAME": "{{service.name}}"
  },
  "portDefinitions": [{"port": 0, "protocol": "tcp", "name": "api"}],
  "healthChecks": [{"protocol": "MESOS_HTTP", "path": "/v1/health", "portIndex": 0, "gracePeriodSeconds": 900}]
}
"""
PLAIN_TEMPLATE = """{
  "id": "{{service.name}}",
  "cpus": {{service.cpus}},
  "instances": 2,
  "container": {"type": "MESOS", "docker": {"image": "grafana"}, "portMappings": [{"containerPort": 3000}]},
  "networks": [{"mode": "container", "name": "{{service.virtual_network_name}}"}],
  "healthChecks": [{"protocol": "MESOS_HTTP", "path": "/"}]
}
"""
ON = {"service": {"name": "cassandra", "virtual_network_enabled": True}}


def cassandra(**more: Any) -> Package:
    """The package; ``more`` stands in its definition."""
    return Package("cassandra", CONFIG, TEMPLATE, more=more)


def plain() -> Package:
    """A package without a scheduler: its app is all there is."""
    return Package("grafana", CONFIG, PLAIN_TEMPLATE)


def pool(name: str, **more: Any) -> dict[str, Any]:
    """A pool of two load balancers on dcos, as Edge-LB answers it."""
    frontend = {"bindPort": 80, "protocol": "HTTP", "linkBackend": {"defaultBackend": "web"}}
    service = {"marathon": {"serviceID": "/shop/web"}, "endpoint": {"portName": "http"}}
    return {
        "apiVersion": "V2",
        "name": name,
        "namespace": "dcos-edgelb/pools",
        "count": 2,
        "cpus": 0.9,
        "virtualNetworks": [{"name": "dcos", "labels": {}}],
        "haproxy": {
            "frontends": [frontend],
            "backends": [{"name": "web", "protocol": "HTTP", "services": [service]}],
            "stats": {"bindPort": 9090},
        },
        **more,
    }
