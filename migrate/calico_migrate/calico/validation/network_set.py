"""NetworkSet and GlobalNetworkSet.

Source: projectcalico/libcalico-go dda4a7964ffa ``lib/apis/v3/networkset.go`` and ``globalnetworkset.go``;
``lib/validator/v3/validator.go`` (validateNetworkSet, validateGlobalNetworkSet).
"""

from __future__ import annotations

from calico_migrate.calico.reading.types import ListOf, Record
from calico_migrate.calico.validation.checks import CIDR
from calico_migrate.calico.validation.kind import Kind
from calico_migrate.calico.validation.metadata import check_set_labels

NETWORK_SET = Kind(
    "NetworkSet", Record("NetworkSetSpec", {"nets": ListOf(CIDR)}), check_set_labels, namespaced=True
)

GLOBAL_NETWORK_SET = Kind(
    "GlobalNetworkSet", Record("GlobalNetworkSetSpec", {"nets": ListOf(CIDR)}), check_set_labels
)
