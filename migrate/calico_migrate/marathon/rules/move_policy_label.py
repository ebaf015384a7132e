"""Policy labels go where the container's runtime reads them.

`--move-labels` turns the labels of a Docker app's network into docker parameters, and the parameters of a UCR
app into labels of its network. Only labels that policies see the same on both sides are moved.

Example:
    {"key": "label", "value": "org.projectcalico.label.role=web"}      becomes
    "networks": [{"name": "calico", "labels": {"role": "web"}}]        under UCR

Nothing else has to be done; `policy-label-stays` names what could not be moved.
"""

from calico_core.rules import info

RULE = info(__name__, source="DC/OS 2.2 documentation, Networking > Calico, Network policies")
