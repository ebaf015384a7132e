"""The documentation's table of parameters, from the one table of parameters."""

from __future__ import annotations

from calico_config.parameters import PARAMETERS, Parameter, release_name

_HEAD = """\
# Parameters

The networking parameters of a DC/OS `config.yaml` that `calico-migrate config` knows, as DC/OS' code has
them. This page is generated from `config/calico_config/parameters.py`; `calico-migrate explain NAME` says the
same of one parameter, `calico-migrate config show FILE` what a file makes of them.

| parameter | default | accepted | meaning | becomes |
|---|---|---|---|---|
"""


def parameters_page() -> str:
    """The Markdown page."""
    return _HEAD + "".join(_row(entry) for entry in PARAMETERS)


def _row(entry: Parameter) -> str:
    default = "required" if entry.required else "-" if entry.default is None else f"`{entry.default}`"
    if entry.default == "":
        default = "empty"
    if entry.documented is not None:
        default += f" (the documentation says `{entry.documented}`)"
    meaning = entry.meaning
    if entry.mode is not None:
        meaning += f" Used with {'VXLAN' if entry.mode == 'vxlan' else 'IP-in-IP'} only."
    if entry.since > (2, 1, 0):
        meaning += f" Since DC/OS {release_name(entry.since)}."
    cells = [f"`{entry.name}`", default, entry.accepts(), meaning, "; ".join(entry.node)]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
