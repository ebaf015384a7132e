"""What a generated directory promises: ``network.json``, its reader and its writer.

The scripts on the agents, ``network run`` and ``network verify`` all go by it; what the scripts say when they
end is in `markers`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from calico_core.errors import InputError
from calico_core.json.printing import printed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.calico.existing import Mode

Role = Literal["create", "join"]
PROMISE_NAME = "network.json"
COMMON_SCRIPT = "create-network.sh"
MARK_LABEL = "calico-migrate.mark"
MEMBER_PREFIX = "calico-migrate.member"
FORMAT_VERSION = 1

DRIVER = "calico"
IPAM_DRIVER = "calico-ipam"
SCOPE = "global"

WAIT_SECONDS = 120
"""How long the script waits for a network that another agent makes, as DC/OS itself does."""


class Agent(NamedTuple):
    """One agent: the address that ssh connects to, which also names its directory, and its role.

    ``create``: its script makes the network where it is absent. ``join``: its script waits for the network.
    """

    name: str
    role: Role = "join"


class Promise(NamedTuple):
    """What every agent must have once the scripts of a directory have run.

    ``pool`` is the IP pool's name and ``profile`` the one that Docker's containers get;
    ``written_profiles`` are the profiles that ``profile.yaml`` makes. ``mark`` is the value of the label
    `MARK_LABEL` on the Docker network, the pool and the profiles. ``node_selector`` is empty for a shared
    pool. ``mode_assumed`` says that nobody gave the cluster's mode, so that it is DC/OS' default.
    """

    network: str
    cidr: str
    profile: str
    written_profiles: tuple[str, ...]
    mode: Mode
    block_size: int
    isolated: bool
    shared_pool: bool
    mark: str
    create_on: str
    agents: tuple[Agent, ...]
    mode_assumed: bool = False

    @property
    def member_label(self) -> str:
        """The label by which an isolated network knows its own containers.

        UCR turns the ``/`` of a label that a definition writes into ``.``, and nobody writes this one for
        Docker, so that only the profile gives it.
        """
        return f"{MEMBER_PREFIX}/{self.network}"

    @property
    def labels_to_apply(self) -> dict[str, str]:
        """The labels that the profiles give to the network's containers."""
        return {self.network: "", **({self.member_label: ""} if self.isolated else {})}

    @property
    def pool(self) -> str:
        """The IP pool has the network's name."""
        return self.network

    @property
    def vxlan_mode(self) -> str:
        """``vxlanMode`` of the pool."""
        return "Always" if self.mode == "vxlan" else "Never"

    @property
    def ipip_mode(self) -> str:
        """``ipipMode`` of the pool."""
        return "Always" if self.mode == "ipip" else "Never"

    @property
    def node_selector(self) -> str:
        """``nodeSelector`` of the pool: nobody gets an address of it without asking for it by name."""
        return "" if self.shared_pool else "!all()"

    def script_of(self, agent: Agent) -> str:
        """The path of an agent's own script, below the generated directory."""
        return f"agents/{agent.name}/{COMMON_SCRIPT}"

    def to_json(self) -> str:
        """The text of ``network.json``: the same promise, the same bytes."""
        document = {
            "version": FORMAT_VERSION,
            "network": self.network,
            "cidr": self.cidr,
            "profile": self.profile,
            "writtenProfiles": list(self.written_profiles),
            "mode": self.mode,
            **({"modeAssumed": True} if self.mode_assumed else {}),
            "blockSize": self.block_size,
            "isolated": self.isolated,
            "sharedPool": self.shared_pool,
            "mark": self.mark,
            "createOn": self.create_on,
            "agents": [{"name": agent.name, "role": agent.role} for agent in self.agents],
        }
        return printed(document, 2) + "\n"

    @classmethod
    def from_json(cls, text: str, *, path: str | None = None) -> Promise:
        """The promise that a ``network.json`` holds.

        Raises InputError where the text is no JSON, was written by another version, or lacks something.
        """
        import json

        try:
            document = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InputError(f"not JSON: {error}; generate the directory again", path=path) from error
        if not isinstance(document, dict) or document.get("version") != FORMAT_VERSION:
            raise InputError(
                f"not a {PROMISE_NAME} of version {FORMAT_VERSION}; generate the directory again", path=path
            )
        mode = _field(document, "mode", str, path)
        if mode not in ("vxlan", "ipip"):
            raise InputError(f"mode is {mode!r}, not 'vxlan' or 'ipip'; generate it again", path=path)
        return cls(
            network=_field(document, "network", str, path),
            cidr=_field(document, "cidr", str, path),
            profile=_field(document, "profile", str, path),
            written_profiles=tuple(map(str, _field(document, "writtenProfiles", list, path))),
            mode=mode,
            block_size=_field(document, "blockSize", int, path),
            isolated=_field(document, "isolated", bool, path),
            shared_pool=_field(document, "sharedPool", bool, path),
            mark=_field(document, "mark", str, path),
            create_on=_field(document, "createOn", str, path),
            agents=tuple(_agent_from_json(item, path) for item in _field(document, "agents", list, path)),
            mode_assumed=document.get("modeAssumed") is True,
        )


def _agent_from_json(item: Any, path: str | None) -> Agent:
    if not isinstance(item, dict):
        raise InputError("an agent is not an object; generate the directory again", path=path)
    role = _field(item, "role", str, path)
    if role not in ("create", "join"):
        raise InputError(f"role {role!r} is not 'create' or 'join'; generate it again", path=path)
    return Agent(_field(item, "name", str, path), role)


def _field(document: Mapping[str, Any], key: str, kind: type, path: str | None) -> Any:
    value = document.get(key)
    # bool is a kind of int, but a block size of true is none.
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise InputError(
            f"{key} is missing or not of the right kind; generate the directory again", path=path
        )
    return value
