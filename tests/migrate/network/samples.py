"""A promise, and a network, a pool and a profile that keep it."""

from __future__ import annotations

from calico_migrate.calico.existing import Pool, Profile
from calico_migrate.network.promise import Agent, Promise
from calico_migrate.network.verifying.inspection import AgentNetworks, DockerNetwork

ID = "023d" * 16
OTHER_ID = "9ad2" * 16

PROMISE = Promise(
    network="web",
    cidr="10.1.0.0/16",
    profile="web",
    written_profiles=("web",),
    mode="vxlan",
    block_size=26,
    isolated=False,
    shared_pool=False,
    mark="m",
    create_on="10.0.0.5",
    agents=(Agent("10.0.0.5", "create"), Agent("10.0.0.6"), Agent("10.0.0.7")),
)

NETWORK = DockerNetwork(
    name="web",
    id=ID,
    driver="calico",
    scope="global",
    ipam_driver="calico-ipam",
    subnets=("10.1.0.0/16",),
    options={"org.projectcalico.profile": "web"},
)
HOST = DockerNetwork("host", "aa", "host", "local", "default", (), {})

POOL = Pool(
    name="web",
    cidr="10.1.0.0/16",
    block_size=26,
    ipip_mode="Never",
    vxlan_mode="Always",
    nat_outgoing=True,
    disabled=False,
    node_selector="!all()",
    labels={},
    annotations={"org.projectcalico.label.network.ID": ID, "org.projectcalico.label.profile": "web"},
)
PROFILE = Profile("web", {"web": ""}, [{"action": "Allow"}], [{"action": "Allow"}], {})


def seen(*networks: DockerNetwork, agent: str = "10.0.0.5") -> AgentNetworks:
    return AgentNetworks(agent, f"{agent}.json", (HOST, *networks))
