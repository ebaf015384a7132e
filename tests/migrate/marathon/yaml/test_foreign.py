"""YAML of other programs, each with a `dcos` in it: not one byte changes, and nothing is an error."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from calico_migrate.marathon.result import Options
from calico_migrate.marathon.yaml.rewriting import rewrite_yaml
from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

FOREIGN = {
    "compose-2": """
        version: "2.1"
        services:
          web:
            image: web
            command: ./run
            networks: [dcos]
        networks:
          dcos: {driver: bridge}
        """,
    "compose-3": """
        services:
          web:
            container_name: dcos
            networks:
              dcos: {aliases: [web]}
        networks:
          dcos: {name: dcos, external: true}
        """,
    "kubernetes-deployment": """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: dcos, annotations: {k8s.v1.cni.cncf.io/networks: dcos}}
        spec:
          template:
            spec:
              containers: [{name: dcos, args: [--network, dcos]}]
        """,
    "kubernetes-pod": """
        apiVersion: v1
        kind: Pod
        id: /dcos
        containers: [{name: dcos}]
        networks: [{name: dcos}]
        """,
    "kubernetes-config-map": """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: dcos}
        data:
          app.json: |
            {"id": "/web", "cmd": "run", "networks": [{"mode": "container", "name": "dcos"}]}
        """,
    "network-attachment": """
        apiVersion: k8s.cni.cncf.io/v1
        kind: NetworkAttachmentDefinition
        metadata: {name: dcos}
        spec: {config: '{"name": "dcos", "type": "bridge"}'}
        """,
    "helm-values": """
        image: {repository: dcos, tag: dcos}
        networks: [{name: dcos}]
        container: {port: 80}
        """,
    "ansible-inventory": """
        all:
          hosts: {agent-1: {network: dcos}}
          vars: {networks: [{name: dcos}], networkName: dcos}
        """,
    "ansible-playbook": """
        - hosts: all
          vars: {network: dcos}
          tasks:
            - name: a network
              docker_network: {name: dcos, driver: calico}
            - name: a container
              docker_container:
                name: web
                networks: [{name: dcos}]
        """,
    "netplan": """
        network:
          version: 2
          ethernets: {eth0: {dhcp4: true, nameservers: {search: [dcos]}}}
        """,
    "cloud-init": """
        #cloud-config
        write_files:
          - path: /etc/app.json
            content: |
              {"id": "/web", "cmd": "run", "networks": [{"mode": "container", "name": "dcos"}]}
        runcmd: [[docker, network, rm, dcos]]
        """,
    "openapi": """
        openapi: 3.0.0
        info: {title: dcos, version: "1"}
        paths:
          /networks: {get: {operationId: networks, parameters: [{name: dcos, in: query}]}}
        """,
    "github-workflow": """
        name: dcos
        on: [push]
        jobs:
          build:
            runs-on: ubuntu-latest
            container: {image: dcos, options: --network dcos}
            steps: [{run: docker network create dcos}]
        """,
    "gitlab-pipeline": """
        image: dcos
        variables: {NETWORK: dcos}
        build: {script: [docker run --network dcos web], tags: [dcos]}
        """,
    "home-assistant": """
        homeassistant: {name: dcos}
        automation:
          - id: dcos
            alias: networks
            trigger: [{platform: state, entity_id: sensor.dcos}]
        """,
    "prometheus": """
        scrape_configs:
          - job_name: dcos
            static_configs: [{targets: [dcos:9090], labels: {network: dcos}}]
        """,
    "circleci": """
        version: 2.1
        jobs: {build: {docker: [{image: dcos}], steps: [{run: {command: docker network create dcos}}]}}
        """,
    "cloudformation": """
        Resources:
          Network: {Type: AWS::EC2::VPC, Properties: {Tags: [{Key: Name, Value: !Ref dcos}]}}
        """,
    "dcos-config": """
        cluster_name: dcos
        dcos_overlay_network:
          vtep_subnet: 44.128.0.0/20
          overlays: [{name: dcos, subnet: 9.0.0.0/8, prefix: 26}]
        """,
    "calico-pool": """
        apiVersion: projectcalico.org/v3
        kind: IPPool
        metadata: {name: dcos}
        spec: {cidr: 172.29.0.0/16}
        """,
    "service-specification": """
        name: dcos
        scheduler: {principal: dcos, user: nobody}
        pods:
          web: {count: 1, networks: {dcos: {}}, tasks: {node: {goal: RUNNING, cmd: ./run}}}
        """,
    "locale": """
        en: {dcos: {networks: "the network dcos", name: dcos}}
        """,
    "dependabot": """
        version: 2
        updates: [{package-ecosystem: docker, directory: /dcos, labels: [dcos]}]
        """,
    "pre-commit": """
        repos: [{repo: dcos, rev: dcos, hooks: [{id: dcos, args: [--map, dcos=calico]}]}]
        """,
    "traefik": """
        http: {routers: {dcos: {rule: Host(`dcos`), service: dcos}}}
        providers: {docker: {network: dcos}}
        """,
    "packer": """
        builders: [{type: docker, image: dcos, run_command: [--network, dcos]}]
        """,
    "plain-list": "- dcos\n- networks\n",
    "plain-text": "dcos\n",
    "only-comments": "# dcos\n",
}  # fmt: skip


def text_of(name: str) -> str:
    return textwrap.dedent(FOREIGN[name]).lstrip("\n")


@pytest.mark.parametrize("name", FOREIGN)
def test_is_no_definition(name: str) -> None:
    result = rewrite_yaml(text_of(name), Options(move_labels=True))
    assert (result.kind, result.edits, result.findings, result.after) == (None, [], [], None)


def test_a_directory_of_it_stays_byte_for_byte(tmp_path: Path) -> None:
    files = {tmp_path / f"{name}.{end}": text_of(name) for name in FOREIGN for end in ("yaml", "YML")}
    for path, text in files.items():
        path.write_text(text)
    app = tmp_path / "app.yml"
    app.write_text("id: /web\ncmd: ./run\nnetworks: [{name: dcos}]\n")
    result = run("marathon", "-w", str(tmp_path), "--format", "json")
    assert result.code == 0
    assert result.json["summary"] == {
        **result.json["summary"],
        "edits": 1,
        "errors": 0,
        "failed": 0,
        "skipped": 2 * len(FOREIGN),
    }
    assert {path: path.read_text() for path in files} == files
    assert "calico" in app.read_text()
