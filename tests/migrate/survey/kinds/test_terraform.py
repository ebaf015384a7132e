"""Which names count in a file of the kind terraform."""

from __future__ import annotations

import pytest

from tests.migrate.survey.marked import check

PLACES = [
    'resource "dcos_marathon_app" "web" {\n  networks {\n    mode = "CONTAINER"\n    name = "«dcos»"\n  }\n}\n',
    'variable "network" {\n  type    = string\n  default = "«dcos»"\n}\n',
    'variable "overlay_network_name" { default = "«dcos»" }\n',
    'locals {\n  networks = [{ mode = "container", name = "«dcos»" }]\n}\n',
    'module "app" {\n  source          = "./app"\n  virtual_network = "«dcos»"\n}\n',
    'resource "dcos_package" "kafka" {\n  config = jsonencode({ service = { virtual_network_name = "«dcos»" } })\n}\n',
    'resource "dcos_marathon_app" "x" {\n  app = <<EOF\n{"id": "/x", "networks": [\n  {"mode": "container", "name": "«dcos»"}\n]}\nEOF\n}\n',
    'resource "dcos_marathon_pod" "p" {\n  network {\n    mode = "CONTAINER"\n    name = "«dcos»"\n  }\n  network {\n    name = "‹calico›"\n  }\n}\n',
    'resource "dcos_edgelb_v2_pool" "p" {\n  virtual_networks {\n    name = "«dcos»"\n  }\n}\n',
    'app_network = "«dcos»"\n',
]

LOOK_ALIKES = [
    'provider "dcos" {\n  cluster = "c"\n}\n',
    'terraform {\n  required_providers {\n    dcos = {\n      source = "dcos/dcos"\n    }\n  }\n}\n',
    'resource "dcos_security_org_user" "dcos" {\n  uid = "dcos"\n}\n',
    'data "dcos_base_url" "dcos" {}\n',
    'module "dcos" {\n  source = "dcos-terraform/dcos/aws"\n}\n',
    'resource "aws_instance" "m" {\n  tags = {\n    Name = "dcos"\n  }\n}\n',
    '# network = "dcos" was the name before\n',
    "// the network dcos is old\n",
    'output "cluster" {\n  value = "dcos"\n}\n',
    'variable "user" {\n  default = "dcos"\n}\n',
    'network_id = "dcos-vpc"\n',
]


@pytest.mark.parametrize("text", PLACES)
def test_places(text: str) -> None:
    check("main.tf", text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes(text: str) -> None:
    check("main.tf", text)
