"""A pod of a service specification is on a network that moves.

The keys below ``pods.<pod>.networks`` name the networks that the DC/OS SDK attaches the pod to. The old name
becomes the new one; nothing else in the file changes. In the scheduler's log a warning appears that virtual
network 'calico' is not supported, which is harmless: the SDK only knows the names ``dcos`` and
``mesos-bridge``, and treats any other name as it treats ``dcos``.

Example:
    pods:
      node:
        networks:
          dcos:            # becomes calico:

Build the scheduler's archive anew with the changed file, and publish it in a new release of the package.
"""

from calico_core.rules import info

RULE = info(
    __name__, source="mesosphere/dcos-commons YAMLToInternalMappers.java (convertPod), DcosConstants.java"
)
