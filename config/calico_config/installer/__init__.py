"""What the DC/OS installer itself would say of a ``config.yaml``, its bugs included.

The installer is ``dcos_generate_config.sh``: ``gen/internals.py`` resolves the parameters that the chosen
switches reach, ``gen/calc.py`` and ``gen/build_deploy/bash.py`` say how and validate them. The answer is a
prediction: nothing of the installer is run.
"""

from __future__ import annotations

from calico_config.installer.genconf import RECORDED, Genconf, read_genconf
from calico_config.installer.verdict import InstallerVerdict, verdict

__all__ = ["RECORDED", "Genconf", "InstallerVerdict", "read_genconf", "verdict"]
