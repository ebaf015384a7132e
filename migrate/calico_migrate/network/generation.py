"""Makes the files of a new Calico network: pure functions from settings to findings and to contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.network import markers
from calico_migrate.network import promise as promises
from calico_migrate.network.names import DCOS_PROFILE
from calico_migrate.network.promise import Agent, Promise
from calico_migrate.network.settings import GenerationSettings

if TYPE_CHECKING:
    from calico_core.findings import Finding


class GeneratedFile(NamedTuple):
    """A file: the pieces of its content, which thousands of scripts share, and its permission bits."""

    pieces: tuple[bytes, ...]
    mode: int = 0o644

    @classmethod
    def of(cls, content: bytes, mode: int = 0o644) -> GeneratedFile:
        """A file with a content of its own."""
        return cls((content,), mode)

    @property
    def content(self) -> bytes:
        """The whole content, put together anew each time."""
        return b"".join(self.pieces)


_SCRIPT = 0o755


def check(settings: GenerationSettings) -> list[Finding]:
    """Everything that speaks against making these files, worst first.

    With an error among the findings `generate` must not be called; every value that reaches a template has
    passed here.
    """
    from calico_core.findings import in_order
    from calico_core.rules import checks

    rules = checks("calico_migrate.network.rules", GenerationSettings)
    return in_order([finding for rule in rules for finding in rule(settings)])


def generate(settings: GenerationSettings) -> dict[str, GeneratedFile]:
    """The files of the directory by relative path; the same settings give the same bytes.

    Raises ValueError where `check` has not been asked, or was not listened to.
    """
    from calico_core.findings import Severity

    errors = [finding for finding in check(settings) if finding.severity is Severity.ERROR]
    if errors:
        raise ValueError(f"these settings have errors: {errors[0].message}")
    return files_of(promise_of(settings))


def promise_of(settings: GenerationSettings) -> Promise:
    """What the directory will promise."""
    from calico_migrate.network.surroundings import config_mode, mode_of, pool_modes

    profile = settings.profile_name
    written = (settings.name,) if profile in (settings.name, DCOS_PROFILE) else (settings.name, profile)
    promise = Promise(
        network=settings.name,
        cidr=settings.cidr,
        profile=profile,
        written_profiles=written,
        mode=mode_of(settings),
        block_size=settings.block_size,
        isolated=settings.isolated,
        shared_pool=settings.shared_pool,
        mark="",
        create_on=settings.creator,
        agents=tuple(
            Agent(address, "create" if address == settings.creator else "join") for address in settings.agents
        ),
        mode_assumed=settings.mode is None and not pool_modes(settings) and config_mode(settings) is None,
    )
    return promise._replace(mark=_mark(promise))


def files_of(promise: Promise) -> dict[str, GeneratedFile]:
    """The files that keep a promise."""
    from calico_migrate.network.readme import readme
    from calico_templates import render

    values = _values(promise)
    pool_yaml = render("network/ippool.yaml.mustache", values)
    profile_yamls = {
        name: render("network/profile.yaml.mustache", {**values, "profile_name": name})
        for name in promise.written_profiles
    }
    values |= {
        "pool_yaml": pool_yaml,
        "ucr_profile_yaml": profile_yamls[promise.network],
        "docker_profile_yaml": ""
        if promise.profile == promise.network
        else profile_yamls.get(promise.profile, ""),
        "profile_spec": "\n".join(f"{path}\t{value}" for path, value in _profile_spec(promise)),
        "json_functions": render("network/json.sh.mustache", {}).strip("\n"),
    }
    values["cni_functions"] = render("network/cni.sh.mustache", {}).strip("\n")
    values["agent_functions"] = render("network/agent.sh.mustache", values).strip("\n")
    values["agent_part"] = render("network/rollback-agent.sh.mustache", values).strip("\n")
    unassigned = _role_block("any", "-")
    common = render("network/create-network.sh.mustache", {**values, "role_block": unassigned}).encode()
    head, found, tail = common.partition(unassigned.encode())
    assert found, "the common script has a place for the role"  # noqa: S101 (a template without one is a bug)

    # Only these two name all agents, and a scope of its own for each of them takes time.
    listing = {**values, "agents": [{"agent": agent.name} for agent in promise.agents]}
    files = {
        "README.md": GeneratedFile.of(readme(promise, values).encode()),
        promises.PROMISE_NAME: GeneratedFile.of(promise.to_json().encode()),
        "ippool.yaml": GeneratedFile.of(pool_yaml.encode()),
        "profile.yaml": GeneratedFile.of("---\n".join(profile_yamls.values()).encode()),
        promises.COMMON_SCRIPT: GeneratedFile.of(common, _SCRIPT),
        "rollback.sh": GeneratedFile.of(render("network/rollback.sh.mustache", listing).encode(), _SCRIPT),
        "playbook.yml": GeneratedFile.of(render("network/playbook.yml.mustache", values).encode()),
        "inventory.yml": GeneratedFile.of(render("network/inventory.yml.mustache", listing).encode()),
    }
    for agent in promise.agents:
        role = _role_block(agent.role, agent.name).encode()
        files[promise.script_of(agent)] = GeneratedFile((head, role, tail), _SCRIPT)
    return files


def _role_block(role: str, agent: str) -> str:
    from calico_templates import quote_shell

    return (
        "# What this script does without an option, and whose it is in the last line.\n"
        f"ROLE={quote_shell(role)}\nAGENT={quote_shell(agent)}\n"
    )


def _values(promise: Promise) -> dict[str, Any]:
    return {
        "network": promise.network,
        "cidr": promise.cidr,
        "profile": promise.profile,
        "mark": promise.mark,
        "mark_label": promises.MARK_LABEL,
        "marker_start": markers.MARKER_START,
        "block_size": promise.block_size,
        "ipip_mode": promise.ipip_mode,
        "vxlan_mode": promise.vxlan_mode,
        "node_selector": promise.node_selector,
        "effective_node_selector": promise.node_selector or "all()",
        "tunnel_device": "vxlan.calico" if promise.mode == "vxlan" else "tunl0",
        "isolated": promise.isolated,
        "isolation_selector": f"has({promise.member_label})",
        "labels_to_apply": [{"label": label} for label in sorted(promise.labels_to_apply)],
        "member_label": promise.member_label,
        "wait_seconds": promises.WAIT_SECONDS,
        "create_on": promise.create_on,
        "has_agents": bool(promise.agents),
        "written_profiles": " ".join(promise.written_profiles),
        "codes": [_code_values(code) for code in markers.SCRIPT_CODES if code.code],
        "rollback_codes": [_code_values(code) for code in markers.ROLLBACK_CODES],
        "agent_part_codes": [
            _code_values(code) for code in markers.ROLLBACK_CODES if code.name != "NOT_REACHED"
        ],
    }


def _code_values(code: markers.ScriptCode) -> dict[str, Any]:
    return {"code": code.code, "name": code.name, "word": code.word, "meaning": code.meaning}


def _profile_spec(promise: Promise) -> list[tuple[str, str]]:
    """A profile's spec as the script's json_flat prints it, without empty objects."""
    spec = [("spec/egress/0/action", "Allow"), ("spec/ingress/0/action", "Allow")]
    if promise.isolated:
        spec.append(("spec/ingress/0/source/selector", f"has({promise.member_label})"))
    return [*spec, *((f"spec/labelsToApply/{label}", "") for label in sorted(promise.labels_to_apply))]


def _mark(promise: Promise) -> str:
    """16 hex digits that stand for what the directory makes; which agents there are does not matter."""
    from hashlib import sha256

    made = promise._replace(agents=(), create_on="", mark="", mode_assumed=False).to_json()
    return sha256(made.encode()).hexdigest()[:16]
