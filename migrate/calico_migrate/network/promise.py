"""What a generated directory promises: ``network.json``, and what the scripts say when they end.

The scripts on the agents, ``network run`` and ``network verify`` all go by this module: it holds the
exit codes of ``create-network.sh`` with their meaning, the marker line that ends each of its runs, and
the reader and writer of ``network.json``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from calico_core.errors import InputError
from calico_core.json.printing import printed

if TYPE_CHECKING:
    from collections.abc import Mapping

Mode = Literal["vxlan", "ipip"]
Role = Literal["create", "join"]
# What an exit code says about an agent: it is as promised, it has something else, or the step failed and
# what the agent has is not known to be right.
Standing = Literal["right", "different", "failed"]

PROMISE_NAME = "network.json"
COMMON_SCRIPT = "create-network.sh"
MARK_LABEL = "calico-migrate.mark"
MEMBER_PREFIX = "calico-migrate.member"
MARKER_START = "calico-migrate:"
FORMAT_VERSION = 1

DRIVER = "calico"
IPAM_DRIVER = "calico-ipam"
SCOPE = "global"

WAIT_SECONDS = 120
"""How long the script waits for a network that another agent makes, as DC/OS itself does."""


class ScriptCode(NamedTuple):
    """One exit code of ``create-network.sh``: its name in the script, the word in the marker line."""

    code: int
    name: str
    word: str
    standing: Standing
    meaning: str


SCRIPT_CODES: tuple[ScriptCode, ...] = (
    ScriptCode(0, "DONE", "right", "right", "the agent has the network as promised"),
    ScriptCode(2, "USAGE", "usage", "failed", "an option that the script does not know"),
    ScriptCode(10, "NOT_ROOT", "not-root", "failed", "the script was not started as root"),
    ScriptCode(
        11,
        "DOCKER_NOT_READY",
        "docker-not-ready",
        "failed",
        "Docker does not answer, has no cluster store, is in swarm mode, or has live-restore on",
    ),
    ScriptCode(
        12,
        "CALICO_NOT_READY",
        "calico-not-ready",
        "failed",
        "a plugin socket, Felix, the plugin's service, calicoctl or the tunnel address is missing",
    ),
    ScriptCode(
        13,
        "STORE_SILENT",
        "store-silent",
        "failed",
        "the cluster store or Calico's datastore does not answer, so that nothing is known",
    ),
    ScriptCode(
        14,
        "OTHER_NETWORK",
        "other-network",
        "different",
        "a Docker network of this name has another driver, scope, subnet or profile",
    ),
    ScriptCode(15, "AMBIGUOUS", "ambiguous", "different", "there are several Docker networks of this name"),
    ScriptCode(
        16, "OTHER_RESOURCE", "other-resource", "different", "the pool or a profile differs from the files"
    ),
    ScriptCode(
        17,
        "NO_CREATOR",
        "no-creator",
        "failed",
        "the pool is there, but no agent made the network: run the script with --create on one agent",
    ),
    ScriptCode(18, "ABSENT", "absent", "different", "the pool, a profile or the network is not there"),
    ScriptCode(
        19,
        "OTHER_ANNOTATION",
        "other-annotation",
        "different",
        "the pool's annotation names another Docker network or profile",
    ),
    ScriptCode(20, "CREATE_REFUSED", "create-refused", "failed", "Docker refused to create the network"),
    ScriptCode(
        21,
        "NO_ANSWER",
        "no-answer",
        "failed",
        "Docker gave no answer in time; the network may still come, so look again with --verify",
    ),
    ScriptCode(
        22, "RESOURCE_REFUSED", "resource-refused", "failed", "Calico refused to create the pool or a profile"
    ),
    ScriptCode(
        23,
        "NO_CNI_FILE",
        "no-cni-file",
        "different",
        "the network is right, but its CNI file for UCR is missing, differs, or cannot be made",
    ),
    ScriptCode(24, "BUSY", "busy", "failed", "an earlier run on this agent is still under way"),
    ScriptCode(25, "NOT_WRITTEN", "not-written", "failed", "a file cannot be written (is the disk full?)"),
)
"""Every exit code of ``create-network.sh``; any other code is a death of the script, and unknown."""

ROLLBACK_CODES: tuple[ScriptCode, ...] = (
    *(
        code
        for code in SCRIPT_CODES
        if code.name in ("USAGE", "NOT_ROOT", "DOCKER_NOT_READY", "STORE_SILENT", "AMBIGUOUS", "NOT_WRITTEN")
    ),
    ScriptCode(30, "IN_USE", "in-use", "failed", "a container or a workload endpoint still has an address"),
    ScriptCode(31, "NOT_OURS", "not-ours", "failed", "something has not the label of these files, and stays"),
    ScriptCode(32, "NOT_REACHED", "not-reached", "failed", "it is not known what happened on an agent"),
    ScriptCode(33, "REFUSED", "refused", "failed", "Docker or Calico refused to remove something"),
)
"""The exit codes of ``rollback.sh`` besides 0."""

SCRIPT_CODE_BY_NUMBER: Mapping[int, ScriptCode] = {code.code: code for code in SCRIPT_CODES}

DONE_WORDS: tuple[str, ...] = ("ready", "created", "present", "verified", "would-create", "would-join")
"""The words of a marker line with ``code=0``.

``ready``: ``--preflight`` passed. ``created``: this run made the Docker network. ``present``: it was there
and is right. ``verified``: ``--verify`` found everything right. ``would-create`` and ``would-join``:
``--dry-run``, for an absent network and for one that is there.
"""


class Agent(NamedTuple):
    """One agent: the address that ssh connects to, which also names its directory, and its role.

    ``create``: its script makes the network where it is absent. ``join``: its script waits for the network.
    """

    name: str
    role: Role = "join"


class ExistingPool(NamedTuple):
    """An IP pool that the cluster has already, as ``calicoctl get ippool`` prints it."""

    name: str
    cidr: str
    ipip_mode: str = "Never"
    vxlan_mode: str = "Never"
    block_size: int = 26
    disabled: bool = False

    @property
    def mode(self) -> Mode | None:
        """The encapsulation of this pool; None without any."""
        if self.vxlan_mode not in ("", "Never"):
            return "vxlan"
        return "ipip" if self.ipip_mode not in ("", "Never") else None


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


class Marker(NamedTuple):
    """The last line of a run of the script: ``calico-migrate: NETWORK AGENT result=WORD code=N``.

    ``agent`` is ``-`` for a script that was not made for one agent.
    """

    network: str
    agent: str
    word: str
    code: int

    @classmethod
    def of_line(cls, line: str) -> Marker | None:
        """The marker that a line is, or None."""
        parts = line.split()
        if len(parts) != 5 or parts[0] != MARKER_START:
            return None
        result, code = parts[3], parts[4]
        if not result.startswith("result=") or not code.startswith("code="):
            return None
        number = code[len("code=") :]
        if not (number.isascii() and number.isdigit()) or len(number) > 3:
            return None
        return cls(parts[1], parts[2], result[len("result=") :], int(number))

    @classmethod
    def of_output(cls, output: str) -> Marker | None:
        """The marker in the last line of a script's standard output that is not blank, or None."""
        last = output.rstrip().rpartition("\n")[2]
        return cls.of_line(last)


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
