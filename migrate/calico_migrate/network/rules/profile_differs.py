"""A profile differs from the generated file.

A profile applies labels to the containers of its network and has the rules that count where no policy
selects them. With other labels, selectors of policies miss the containers; with other rules, others reach
them, or nobody does.

Example:
    profiles.json: profile-differs: the profile 'web' has other rules for ingress than the promised ones

Compare `calicoctl get profile NAME -o yaml` with `profile.yaml`. Where the change is wanted, generate the
directory anew; otherwise put the profile right with `calicoctl replace -f profile.yaml` (a profile, unlike
a pool, holds nothing of the plugin's).
"""

from calico_core.legible import legible, quoted
from calico_core.rules import Findings, error
from calico_migrate.network.verifying.subjects import ProfileSeen

RULE = error(
    __name__, source="projectcalico/libcalico-go lib/apis/v3/profile.go (labelsToApply, ingress, egress)"
)


def check(seen: ProfileSeen) -> Findings:
    """What of a profile is not as in the generated file."""
    wanted, found = seen
    hint = "put it right with `calicoctl replace -f profile.yaml`, or generate the directory anew"
    if found.labels_to_apply != wanted.labels_to_apply:
        yield RULE.finding(
            f"the profile {quoted(found.name)} applies the labels {_labels(found.labels_to_apply)},"
            f" not {_labels(wanted.labels_to_apply)}",
            hint=hint,
        )
    for direction, has, wants in (
        ("ingress", found.ingress, wanted.ingress),
        ("egress", found.egress, wanted.egress),
    ):
        if has != wants:
            yield RULE.finding(
                f"the profile {quoted(found.name)} has other rules for {direction} than the promised ones",
                hint=hint,
            )


def _labels(labels: dict[str, str]) -> str:
    return legible(", ".join(f"{key}={value}" for key, value in sorted(labels.items())) or "none")
