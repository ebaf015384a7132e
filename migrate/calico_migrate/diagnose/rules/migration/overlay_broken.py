"""The DC/OS overlay itself does not work on the agent.

It was so before anything moved, or came with it: both networks share the VXLAN port.

Example:
    overlay dcos: STATUS_FAILED

Read `journalctl -u dcos-net` and `-u dcos-mesos-slave` on the agent; do not put its trouble down to Calico.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.names import AGENT_ROLES
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, info
from calico_migrate.diagnose.logs.telling import quoted

RULE = info(
    __name__,
    source="dcos-mesos-modules overlay/overlay.proto; dcos-net dcos_overlay_poller.erl:193-260",
    needs="",
    roles=AGENT_ROLES,
)


def check(node: OneNode) -> Findings:
    """The state of each overlay, and what dcos-net says."""
    machine = node.machine
    hint = "read `journalctl -u dcos-net` and `-u dcos-mesos-slave` on the agent"
    told, how = quoted(machine, (names.DCOS_NET_LOG, "overlay-net-error"))
    if told:
        yield RULE.found(
            "dcos-net fails to configure the overlay", *told, hint=hint, node=machine.address, detail=how
        )
    if not node.estate.parameters.facts.overlay_on:
        return
    value = machine.document(names.AGENT_OVERLAY)
    overlays = value.get("overlays") if isinstance(value, dict) else None
    for overlay in overlays if isinstance(overlays, list) else ():
        state = overlay.get("state") if isinstance(overlay, dict) else None
        status = state.get("status") if isinstance(state, dict) else None
        if isinstance(state, dict) and status in ("STATUS_FAILED", "STATUS_INVALID"):
            info_of = overlay.get("info")
            name = info_of.get("name", "?") if isinstance(info_of, dict) else "?"
            yield RULE.found(
                f"overlay {name} does not work: {status}",
                machine.evidence(names.AGENT_OVERLAY, None, f"{name}: {status} {state.get('error', '')}"),
                hint=hint,
                node=machine.address,
            )
