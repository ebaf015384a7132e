"""How the scripts of a network end: exit codes with their meaning, and the line that says the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

# What an exit code says about an agent: it is as promised, it has something else, or the step failed and
# what the agent has is not known to be right.
Standing = Literal["right", "different", "failed"]

MARKER_START = "calico-migrate:"


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
