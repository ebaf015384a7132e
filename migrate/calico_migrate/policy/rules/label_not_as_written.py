"""A label does not arrive as it is written, so that a policy does not find the workload.

UCR turns `/` in a label into `.` and what Calico does not allow into `-`; Docker loses all labels of a
container with a single one that Calico does not allow. The definition carries the label that the policy
names, and the workload stays out of it. The other way round, Docker keeps what UCR would change.

Example:
    spec:
      selector: example.com/role == 'web'
    # /ucr has the label example.com/role, which arrives as example.com.role

Name the label in the policy as it arrives, or write it so that both runtimes keep it.
"""

from collections.abc import Sequence

from calico_core.rules import Findings, warning
from calico_migrate.calico.selectors.selector import Selector
from calico_migrate.policy.checking.context import Context, Endpoint, names_of

RULE = warning(
    __name__,
    source="projectcalico/cni-plugin v3.14.0 internal/pkg/utils/utils.go; mesosphere/libnetwork-plugin"
    " driver/network_driver.go; mesosphere/dcos-docs-site issue 3228",
)

_HINT = "name the label as it arrives, or write it so that it stays as it is"


def check(context: Context) -> Findings:
    """Reports selectors that would match a workload if its labels arrived as they are written."""
    changed = [one for one in context.endpoints or () if one.labels != one.written]
    for entry in context.policies:
        if entry.policy.namespace not in (None, "default"):
            continue
        for why, members in _missed(context, changed, entry.policy.selectors).items():
            yield context.finding(
                entry.item,
                RULE,
                ("spec", "selector"),
                f"the policy does not select {names_of(members)}: {why}",
                _HINT,
            )
    for placed in context.rules():
        for side in ("source", "destination"):
            selectors = getattr(placed.rule, side).selectors
            for why, members in _missed(context, changed, selectors or ()).items():
                yield context.finding(
                    placed.item,
                    RULE,
                    (*placed.path, side, "selector"),
                    f"this does not match {names_of(members)}: {why}",
                    _HINT,
                )


def _missed(
    context: Context, changed: Sequence[Endpoint], selectors: Sequence[Selector]
) -> dict[str, list[Endpoint]]:
    """The endpoints that the selectors would match as they are written, by the reason why they do not."""
    # That nothing is selected at all is told by another rule, with the reason.
    some = bool(context.index.matching(selectors)) if changed else False
    asked = frozenset(label for selector in selectors for label in selector.labels)
    missed: dict[str, list[Endpoint]] = {}
    for endpoint in changed:
        written, labels = endpoint.written, endpoint.labels
        if not any(labels.get(key) != written[key] for key in asked & written.keys()) or all(
            one.matches(labels) for one in selectors
        ):
            continue
        if (some or endpoint.problem) and all(one.matches(written) for one in selectors):
            missed.setdefault(endpoint.problem or _difference(endpoint, asked), []).append(endpoint)
    return missed


def _difference(endpoint: Endpoint, asked: frozenset[str]) -> str:
    from calico_migrate.calico.labels import sanitise_text

    for label in sorted(asked & endpoint.written.keys()):
        if label not in endpoint.labels and endpoint.workload.runtime == "docker":
            kept = next(key for key in endpoint.labels if sanitise_text(key) == label)
            return f"its label {kept} arrives as it is under Docker, and as {label} under UCR"
        if label not in endpoint.labels:
            return f"its label {label} arrives as {sanitise_text(label)} under UCR"
        if endpoint.labels[label] != endpoint.written[label]:
            value = endpoint.labels[label]
            if endpoint.workload.runtime == "docker":
                return f"its {label} '{value}' arrives as it is under Docker"
            return f"its {label} '{endpoint.written[label]}' arrives as '{value}' under UCR"
    return "its labels arrive otherwise than they are written"
