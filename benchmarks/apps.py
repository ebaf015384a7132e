"""Generated apps and groups, as Marathon's API answers them."""

from __future__ import annotations

from typing import Any


def app(number: int) -> dict[str, Any]:
    """One app as Marathon's API answers it; every second one on the overlay, 2 % with a finding."""
    on_overlay, finding = number % 2 == 0, number % 50 == 0
    mapping: dict[str, Any] = {
        "containerPort": 8080, "labels": {"VIP_0": f"/app-{number}:80"} if finding else {},
        "name": "http", "protocol": "tcp", "servicePort": 10_000 + number,
    }  # fmt: skip
    return {
        "id": f"/team-{number // 100}/app-{number}",
        "acceptedResourceRoles": ["*"],
        "backoffFactor": 1.15,
        "backoffSeconds": 1,
        "cmd": f"./serve --name app-{number} --port $PORT0 > \"$MESOS_SANDBOX/log\" 2>&1",
        "constraints": [["hostname", "UNIQUE"], ["zone", "GROUP_BY", "3"]],
        "container": {
            "type": "MESOS",
            "docker": {"forcePullImage": False, "image": f"registry.example.com/dcos/app:1.2.{number}",
                       "parameters": [], "privileged": False},
            "volumes": [],
            "portMappings": [mapping],
        },
        "cpus": 0.1,
        "dependencies": [],
        "disk": 0,
        "env": {"DCOS_REGION": "eu", "LOG_LEVEL": "info", "UPSTREAM": "db.marathon.l4lb.thisdcos.directory"},
        "executor": "",
        "fetch": [{"uri": "https://example.com/app.tgz", "extract": True, "executable": False, "cache": False}],
        "gpus": 0,
        "healthChecks": [
            {"gracePeriodSeconds": 300, "intervalSeconds": 60, "maxConsecutiveFailures": 3, "path": "/health",
             "portIndex": 0, "protocol": "MESOS_HTTP", "ipProtocol": "IPv4", "timeoutSeconds": 20, "delaySeconds": 15}
        ],
        "instances": 2,
        "killSelection": "YOUNGEST_FIRST",
        "labels": {"owner": f"team-{number // 100}", "tier": "web"},
        "maxLaunchDelaySeconds": 300,
        "mem": 128,
        "networks": [{"mode": "container", "name": "dcos"}] if on_overlay else [{"mode": "container/bridge"}],
        "readinessChecks": [],
        "requirePorts": False,
        "role": "slave_public",
        "secrets": {},
        "taskKillGracePeriodSeconds": 10,
        "unreachableStrategy": {"expungeAfterSeconds": 0, "inactiveAfterSeconds": 0},
        "upgradeStrategy": {"maximumOverCapacity": 1, "minimumHealthCapacity": 1},
        "version": "2020-01-01T00:00:00.000Z",
        "versionInfo": {"lastConfigChangeAt": "2020-01-01T00:00:00.000Z",
                        "lastScalingAt": "2020-01-01T00:00:00.000Z"},
        "tasksHealthy": 2, "tasksRunning": 2, "tasksStaged": 0, "tasksUnhealthy": 0,
    }  # fmt: skip


def talkative(apps: int) -> list[dict[str, Any]]:
    """Apps with half a dozen findings each, in no order of their places."""
    mappings = [{"containerPort": 80, "hostPort": 8080, "labels": {"VIP_0": "/web:80"}}, {"hostPort": 0}]
    parameters = [{"key": "net", "value": "dcos"}, {"key": "label", "value": "org.projectcalico.label.a b=c"}]
    docker = {"image": "example/web:1", "parameters": parameters}
    return [
        {
            "id": f"/app-{number}",
            "container": {"type": "DOCKER", "docker": docker, "portMappings": mappings},
            "env": {"UPSTREAM": "9.0.0.1"},
            "networks": [{"mode": "container", "name": "dcos", "labels": {"role": "web"}}],
        }
        for number in range(apps)
    ]


def group(apps: int) -> dict[str, Any]:
    """A group of groups with 100 apps each."""
    numbers = range(apps)
    return {
        "id": "/",
        "groups": [
            {"id": f"/team-{first // 100}", "apps": [app(number) for number in numbers[first : first + 100]]}
            for first in range(0, apps, 100)
        ],
    }
