"""Each behaviour of the stand-in with the line of the source that fixes it, and the check that holds it."""

from __future__ import annotations

import http.client
import json
import time
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.migrate.cluster.lab import app, pod
from tests.support.standin import faults
from tests.support.standin.server import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.migrate.cluster.lab import Lab

APP = "/service/marathon/v2/apps/web"


def ask(
    lab: Lab, method: str, path: str, body: Any = None, token: str | None = TOKEN
) -> tuple[int, dict[str, str], Any]:
    connection = http.client.HTTPConnection(urlsplit(lab.served.url).netloc, timeout=10)
    headers = {"Authorization": f"token={token}"} if token else {}
    connection.request(method, path, body=None if body is None else json.dumps(body), headers=headers)
    response = connection.getresponse()
    data = response.read()
    connection.close()
    found = {name.lower(): value for name, value in response.getheaders()}
    try:
        return response.status, found, json.loads(data)
    except ValueError:
        return response.status, found, data.decode()


def definition(lab: Lab) -> Any:
    return ask(lab, "GET", APP)[2]["app"]


def calm(lab: Lab) -> None:
    end = time.monotonic() + 5
    while ask(lab, "GET", "/service/marathon/v2/deployments")[2]:
        assert time.monotonic() < end
        time.sleep(0.005)


def no_token(lab: Lab) -> None:
    status, headers, body = ask(lab, "GET", APP, token=None)
    assert (status, headers["www-authenticate"]) == (401, "oauthjwt")
    assert isinstance(body, str)


def open_path(lab: Lab) -> None:
    assert ask(lab, "GET", "/dcos-metadata/dcos-version.json", token=None)[0] == 200


def no_service(lab: Lab) -> None:
    status, headers, body = ask(lab, "GET", "/service/other/v2/info")
    assert (status, headers["content-type"], "service not found" in body) == (404, "text/plain", True)


def mesos_closes(lab: Lab) -> None:
    assert ask(lab, "GET", "/mesos/state")[1]["connection"] == "close"


def partial_loses_the_container(lab: Lab) -> None:
    ask(lab, "PATCH", APP, {"networks": [{"mode": "container", "name": "calico"}]})
    assert "docker" not in definition(lab)["container"]


def partial_loses_executor_resources(lab: Lab) -> None:
    lab.spec("/web").body["executorResources"] = {"cpus": 1}
    ask(lab, "PATCH", APP, {"labels": {"a": "b"}})
    assert "executorResources" not in definition(lab)


def partial_keeps_instances(lab: Lab) -> None:
    ask(lab, "PATCH", APP, {"labels": {"a": "b"}})
    assert definition(lab)["instances"] == 2


def version_with_other_keys(lab: Lab) -> None:
    status, _, body = ask(lab, "PATCH", APP, {"version": "x", "cmd": "y"})
    assert (status, body["details"][0]["path"]) == (422, "/version")


def patch_never_creates(lab: Lab) -> None:
    status, _, body = ask(lab, "PATCH", "/service/marathon/v2/apps/nope", {"cmd": "x"})
    assert (status, body) == (404, {"message": "App '/nope' does not exist"})


def pod_put_creates(lab: Lab) -> None:
    assert ask(lab, "PUT", "/service/marathon/v2/pods/new", pod("/new"))[0] == 200


def pod_put_names_its_deployment_in_a_header(lab: Lab) -> None:
    lab.cluster.add(pod("/p"))
    body = pod("/p", networks=[{"mode": "container", "name": "calico"}])
    body["containers"][0]["endpoints"][0]["networkNames"] = ["calico"]
    _, headers, answered = ask(lab, "PUT", "/service/marathon/v2/pods/p", body)
    assert headers["marathon-deployment-id"]
    assert "deploymentId" not in answered
    assert answered["version"]


def unknown_pod(lab: Lab) -> None:
    status, _, body = ask(lab, "GET", "/service/marathon/v2/pods/nope")
    assert (status, json.loads(body["message"])) == (404, {"message": "pod with /nope does not exist"})


def default_network_is_named(lab: Lab) -> None:
    lab.cluster.add(app("/unnamed", networks=[{"mode": "CONTAINER"}]))
    assert lab.spec("/unnamed").body["networks"] == [{"mode": "container", "name": "dcos"}]


def no_default_network(lab: Lab) -> None:
    lab.cluster.default_network = None
    status, _, body = ask(lab, "PATCH", APP, {**lab.spec("/web").body, "networks": [{"mode": "container"}]})
    assert (status, body["message"]) == (500, "container network name is not defined")


def service_ports(lab: Lab) -> None:
    container = {"type": "MESOS", "docker": {"image": "x"}, "portMappings": [{"containerPort": 80}]}
    lab.cluster.add(app("/ports", container=container))
    assert lab.spec("/ports").body["container"]["portMappings"][0]["servicePort"] >= 10000


def configuration_changes_both_versions(lab: Lab) -> None:
    before = definition(lab)["versionInfo"]
    ask(lab, "PATCH", APP, {**lab.spec("/web").body, "labels": {"a": "b"}})
    after = definition(lab)
    assert after["versionInfo"]["lastConfigChangeAt"] == after["version"] > before["lastConfigChangeAt"]


def scaling_keeps_the_configuration(lab: Lab) -> None:
    before = definition(lab)
    ask(lab, "PATCH", APP, {**lab.spec("/web").body, "instances": 3})
    after = definition(lab)
    assert after["version"] > before["version"]
    assert after["versionInfo"]["lastConfigChangeAt"] == before["versionInfo"]["lastConfigChangeAt"]


def no_difference_keeps_the_version(lab: Lab) -> None:
    before = definition(lab)["version"]
    status, _, body = ask(lab, "PATCH", APP, lab.spec("/web").body)
    assert (status, definition(lab)["version"]) == (200, before)
    assert body["deploymentId"]
    assert ask(lab, "GET", "/service/marathon/v2/deployments")[2] == []


def a_deployment_locks_its_app(lab: Lab) -> None:
    held = lab.cluster.lock_by_stranger("/web")
    status, _, body = ask(lab, "PATCH", APP, {**lab.spec("/web").body, "labels": {"a": "b"}})
    assert (status, body["deployments"]) == (409, [{"id": held.id}])
    assert definition(lab)["deployments"] == [{"id": held.id}]


def too_many_deployments(lab: Lab) -> None:
    lab.cluster.max_deployments = 0
    status, _, body = ask(lab, "PATCH", APP, {**lab.spec("/web").body, "labels": {"a": "b"}})
    assert (status, "Max number (0)" in body["message"]) == (403, True)


def a_deployment_is_listed_before_the_answer(lab: Lab) -> None:
    lab.cluster.start_delay = 5
    _, _, body = ask(lab, "PATCH", APP, {**lab.spec("/web").body, "labels": {"a": "b"}})
    (listed,) = ask(lab, "GET", "/service/marathon/v2/deployments")[2]
    assert (listed["id"], listed["affectedApps"]) == (body["deploymentId"], ["/web"])


def old_instances_stay_until_new_ones_are_ready(lab: Lab) -> None:
    lab.cluster.start_delay = 5
    ask(lab, "PATCH", APP, {**lab.spec("/web").body, "labels": {"a": "b"}})
    tasks = definition(lab)["tasks"]
    assert len([task for task in tasks if task["state"] == "TASK_RUNNING"]) == 2
    assert len(tasks) == 4


def a_revert_gives_a_new_version(lab: Lab) -> None:
    lab.cluster.start_delay = 5
    before = dict(lab.spec("/web").body)
    _, _, body = ask(lab, "PATCH", APP, {**before, "labels": {"a": "b"}})
    version = definition(lab)["version"]
    status, _, reverted = ask(lab, "DELETE", f"/service/marathon/v2/deployments/{body['deploymentId']}")
    assert (status, lab.spec("/web").body) == (200, before)
    assert reverted["deploymentId"] != body["deploymentId"]
    assert definition(lab)["version"] > version


def a_deployment_that_is_gone(lab: Lab) -> None:
    assert ask(lab, "DELETE", "/service/marathon/v2/deployments/x")[0] == 404


def versions_are_listed_newest_first(lab: Lab) -> None:
    for number in range(60):
        ask(lab, "PATCH", APP, {**lab.spec("/web").body, "labels": {"n": str(number)}})
        calm(lab)
    listed = ask(lab, "GET", f"{APP}/versions")[2]["versions"]
    assert listed == sorted(listed, reverse=True)
    assert len(listed) == 50
    assert ask(lab, "GET", f"{APP}/versions/{listed[1]}")[2]["labels"] == {"n": "58"}


def mesos_names_the_network(lab: Lab) -> None:
    lab.cluster.advance()
    (framework,) = ask(lab, "GET", "/mesos/state")[2]["frameworks"]
    info = framework["tasks"][0]["statuses"][-1]["container_status"]["network_infos"][0]
    assert (info["name"], info["ip_addresses"][0]["ip_address"].startswith("9.0.")) == ("dcos", True)


def a_leader_that_is_lost(lab: Lab) -> None:
    lab.cluster.leaderless_until = time.monotonic() + 60
    assert ask(lab, "GET", APP)[0] == faults.NO_LEADER.status


def readiness_of_a_crash_without_checks(lab: Lab) -> None:
    """RUNNING is ready: each crashing new instance costs an old one."""
    lab.cluster.add(app("/plain", healthChecks=[]))
    lab.behave("/plain", crash_after=0.05)
    ask(lab, "PATCH", "/service/marathon/v2/apps/plain", {
        **lab.spec("/plain").body, "networks": [{"mode": "container", "name": "calico"}],
    })  # fmt: skip
    end = time.monotonic() + 5
    while any(task.network == "dcos" for task in lab.spec("/plain").tasks):
        assert time.monotonic() < end
        ask(lab, "GET", APP)
        time.sleep(0.005)


class Claim(NamedTuple):
    """What the stand-in does, where that is written, and its check."""

    says: str
    source: str
    check: Callable[[Lab], None]


# S/ is mesosphere/marathon src/main/scala/mesosphere/marathon, AR dcos/dcos packages/adminrouter/extra/src.
CLAIMS = [
    Claim("no token is a 401 in HTML", "AR/lib/auth/common.lua:119-128", no_token),
    Claim("dcos-metadata needs no token", "AR/includes/server/common.conf:23", open_path),
    Claim("an unknown service is a 404 in plain text", "AR/lib/service.lua:271-345", no_service),
    Claim("/mesos/ closes the connection", "AR/includes/server/master.conf:321", mesos_closes),
    Claim(
        "networks alone lose the container",
        "S/api/v2/AppNormalization.scala:184-193",
        partial_loses_the_container,
    ),
    Claim("executorResources are lost", "S/raml/AppConversion.scala:242", partial_loses_executor_resources),
    Claim("instances are kept", "S/raml/AppConversion.scala:207", partial_keeps_instances),
    Claim("version is alone", "S/api/v2/validation/AppValidation.scala:329-339", version_with_other_keys),
    Claim("PATCH never creates", "S/api/v2/AppsResource.scala:288-302", patch_never_creates),
    Claim("PUT of a pod creates", "S/core/pod/impl/PodManagerImpl.scala:32-34", pod_put_creates),
    Claim(
        "a pod's deployment is in a header",
        "S/api/v2/PodsResource.scala:162",
        pod_put_names_its_deployment_in_a_header,
    ),
    Claim("an unknown pod is JSON in JSON", "S/api/v2/PodsResource.scala:188", unknown_pod),
    Claim(
        "the default network is named", "S/api/v2/NetworkNormalization.scala:22-31", default_network_is_named
    ),
    Claim("without one it is a 500", "S/api/v2/NetworkNormalization.scala:33-42", no_default_network),
    Claim("service ports are given", "S/api/v2/AppNormalization.scala", service_ports),
    Claim(
        "a configuration is a new version",
        "S/upgrade/GroupVersioningUtil.scala:28-49",
        configuration_changes_both_versions,
    ),
    Claim(
        "scaling keeps the configuration's",
        "S/state/VersionInfo.scala:44-54",
        scaling_keeps_the_configuration,
    ),
    Claim(
        "no difference, no version",
        "S/upgrade/GroupVersioningUtil.scala:28-49",
        no_difference_keeps_the_version,
    ),
    Claim(
        "a deployment locks its app",
        "S/core/deployment/impl/DeploymentManagerActor.scala:387-391",
        a_deployment_locks_its_app,
    ),
    Claim(
        "there is a limit of deployments", "S/core/group/GroupManagerConfig.scala:34", too_many_deployments
    ),
    Claim(
        "listed before it is answered",
        "S/core/group/impl/GroupManagerImpl.scala:130-163",
        a_deployment_is_listed_before_the_answer,
    ),
    Claim(
        "old ones stay until new ones are ready",
        "S/core/deployment/impl/TaskReplaceActor.scala:342-389",
        old_instances_stay_until_new_ones_are_ready,
    ),
    Claim(
        "without checks RUNNING is ready",
        "S/core/deployment/impl/ReadinessBehavior.scala:124-137",
        readiness_of_a_crash_without_checks,
    ),
    Claim(
        "a revert is a new version",
        "S/core/deployment/DeploymentPlanRevertTest",
        a_revert_gives_a_new_version,
    ),
    Claim(
        "a deployment that is gone is a 404",
        "S/api/v2/DeploymentsResource.scala:69-75",
        a_deployment_that_is_gone,
    ),
    Claim(
        "at most 50 versions, newest first",
        "S/api/v2/AppVersionsResource.scala",
        versions_are_listed_newest_first,
    ),
    Claim(
        "Mesos names the network",
        "apache/mesos isolators/network/cni/cni.cpp:1488-1515",
        mesos_names_the_network,
    ),
    Claim("no leader is a 502", "S/core/election, LeaderProxyFilter.scala:101-122", a_leader_that_is_lost),
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.check.__name__)
def test_a_claim(lab: Lab, claim: Claim) -> None:
    lab.cluster.add(app("/web"))
    assert claim.says
    assert claim.source
    claim.check(lab)
