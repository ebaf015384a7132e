"""Profile.

Source: projectcalico/libcalico-go dda4a7964ffa ``lib/apis/v3/profile.go``; ``lib/validator/v3/validator.go``
(validateLabels, validateRule).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.calico.reading.types import Record, TextMap
from calico_migrate.calico.validation.kind import Kind
from calico_migrate.calico.validation.metadata import check_labels
from calico_migrate.calico.validation.rule import RULES, check_rules

if TYPE_CHECKING:
    from calico_migrate.calico.validation.kind import Subject


def _check_profile(subject: Subject) -> None:
    check_labels(subject, subject.spec.get("labelsToApply") or {}, ("spec", "labelsToApply"))
    check_rules(subject, http_in_egress=True)


PROFILE = Kind(
    "Profile",
    Record("ProfileSpec", {"ingress": RULES, "egress": RULES, "labelsToApply": TextMap()}),
    _check_profile,
)
