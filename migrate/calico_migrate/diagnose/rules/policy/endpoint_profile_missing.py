"""An endpoint's profile does not exist.

Felix puts one in its place that drops everything. Nothing reaches the containers with it, and they reach
nothing.

Example:
    3 endpoints have profile net2, which is not in `calicoctl get profile`

Create the profile; `calico-migrate network generate` writes one.
"""

from calico_core.words import counted
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate import calico
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__, source="projectcalico/felix v3.14.0 calc/active_rules_calculator.go:241-336", lists=True
)

_HINT = "create the profile; `calico-migrate network generate` writes one"


def check(estate: Estate) -> Findings:
    """The profiles of all endpoints against the list, and what Felix says."""
    told: dict[str, list[tuple[Machine, Evidence]]] = {}
    for machine in estate.machines:
        try:
            log = machine.log(names.FELIX_LOG)
        except UndecidedError:
            continue
        for line in ("felix-profile-missing", "felix-profile-missing-start"):
            hits = log.hits.get(line)
            if hits is not None:
                name = hits.last.groups.get("profile", "").strip('"')
                told.setdefault(name, []).append((machine, machine.quote(names.FELIX_LOG, hits.last)))
    missing: dict[str, list[calico.Endpoint]] = {}
    known: set[str] | None = None
    try:
        known = {resource.name for resource in estate.listed(names.CALICO_PROFILES).resources.items}
        for endpoint in estate.endpoints:
            for profile in endpoint.profiles:
                if profile not in known:
                    missing.setdefault(profile, []).append(endpoint)
    except UndecidedError:
        if not told:
            raise
    places = {node.name: place for place, node in estate.by_machine.items()} if missing else {}
    for profile, endpoints in missing.items():
        nodes = list(dict.fromkeys(places.get(endpoint.node, endpoint.node) for endpoint in endpoints))
        yield RULE.found_on(
            nodes,
            f"profile {profile} of {counted(len(endpoints), 'endpoint')} does not exist: all their"
            f" traffic is dropped",
            *(estate.about_endpoint(endpoint, "profiles") for endpoint in endpoints[:3]),
            *(evidence for _, evidence in told.pop(profile, [])[:2]),
            hint=_HINT,
        )
    for profile, places_told in told.items():
        if known is not None and profile in known:
            continue
        for machine, evidence in places_told:
            yield RULE.found(
                f"Felix knows no profile {profile}: all traffic of its endpoints is dropped",
                evidence,
                hint=_HINT,
                node=machine.address,
            )
