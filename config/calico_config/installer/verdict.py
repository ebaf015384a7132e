"""The verdict: what the installer prints, refuses or dies of, in the order in which it gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_config.installer.genconf import RECORDED
from calico_config.installer.python36 import CrashedError
from calico_config.parameters import NEWEST, parse_release, release_name

if TYPE_CHECKING:
    from calico_config.document.document import ConfigDocument, Location
    from calico_config.installer.genconf import Genconf
    from calico_config.installer.resolver import Resolver
    from calico_config.parameters import Release


class InstallerVerdict(NamedTuple):
    """What the installer itself would say.

    ``status`` is ``ok``, ``errors``, ``crash``, ``yaml_error`` or ``not_a_mapping``. ``errors`` maps a
    parameter to its message, ``unset`` lists the parameters that must be set. ``render`` is ``ok`` or
    ``crash`` where validation passes, None elsewhere. ``assumes`` says on what the verdict rests.
    ``reason`` says for a crash, a YAML error or a failed rendering what the traceback or message is about,
    and ``name`` which setting causes it, where it is one.
    """

    status: str
    errors: dict[str, str]
    unset: list[str]
    render: str | None
    assumes: list[str]
    reason: str = ""
    name: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The ``installer`` object of a report."""
        return {
            "status": self.status,
            "errors": self.errors,
            "unset": self.unset,
            "render": self.render,
            "assumes": self.assumes,
        }


# Python reads a file in chunks of this many bytes, and only then does it meet a byte that is not ASCII.
_CHUNK = 8192

# The last resolver: a run checks many files for one release beside one genconf directory.
_kept: list[tuple[Release, Genconf, Resolver]] = []


def verdict(
    document: ConfigDocument, *, dcos_version: str | Release = NEWEST, genconf: Genconf | None = None
) -> InstallerVerdict:
    """What the installer of a release would say of a config.yaml.

    ``genconf`` is what stands beside the file; without it, that of the machine on which the verdicts were
    recorded. Raises ValueError for a ``dcos_version`` that is none.
    """
    release = parse_release(dcos_version) if isinstance(dcos_version, str) else dcos_version
    files = genconf if genconf is not None else RECORDED
    assumes = _assumptions(release, files)
    early = _before_validation(document, assumes)
    if early is not None:
        return early
    given = {name: setting.text for name, setting in document.settings.items() if setting.text is not None}
    try:
        resolution = _resolver(release, files).resolve(given)
    except CrashedError as error:
        name = error.names[0] if error.names else None
        return InstallerVerdict("crash", {}, [], None, assumes, error.message, name)
    if resolution.errors or resolution.unset:
        return InstallerVerdict("errors", resolution.errors, resolution.unset, None, assumes)
    from calico_config.installer.rendering import render

    name, reason = render(resolution.values, given) or (None, "")
    if given.get("superuser_service_account_public_key"):
        assumes.append(
            "superuser_service_account_public_key holds an RSA key; only its first line was looked at"
        )
    return InstallerVerdict("ok", {}, [], "crash" if reason else "ok", assumes, reason, name)


def _resolver(release: Release, files: Genconf) -> Resolver:
    if _kept and _kept[0][0] == release and _kept[0][1] is files:
        return _kept[0][2]
    from calico_config.installer.resolver import Resolver
    from calico_config.installer.table import table

    resolver = Resolver(table(release, files))
    _kept[:] = [(release, files, resolver)]
    return resolver


def _assumptions(release: Release, files: Genconf) -> list[str]:
    if files.recorded:
        beside = "genconf/ip-detect exists and no other file beside it does"
    else:
        beside = "the installer sees the named genconf directory and no other file of the machine"
    return [
        f"the open source installer of DC/OS {release_name(release)}",
        beside,
        "the installer's locale is C, as in its container",
    ]


def _before_validation(document: ConfigDocument, assumes: list[str]) -> InstallerVerdict | None:
    """What happens before any value is validated: reading, YAML, and turning every value into a text."""
    problem = document.problem

    def ended(status: str, reason: str, name: str | None = None) -> InstallerVerdict:
        return InstallerVerdict(status, {}, [], None, assumes, reason, name)

    place = document.first_non_ascii
    if place is not None and _meets_non_ascii(document, place):
        return ended("crash", _decode_error(document, place))
    if problem is not None:
        if not problem.exact:
            assumes.append("the file is too large for PyYAML's own parser; libyaml judged it")
        if problem.kind in {"empty", "not-a-mapping"}:
            # The exception whose traceback is all that the installer says of such a file.
            return ended("not_a_mapping", "NotImplementedError")
        if problem.kind in {"too-deep", "alias-explosion", "too-large"}:
            assumes.append(f"the file was not read further: {problem.message}")
            return ended("crash", problem.message)
        return ended("yaml_error", problem.wording or problem.message)
    for name, setting in document.settings.items():
        if setting.crash is not None:
            return ended("crash", setting.crash, name)
    if document.odd_keys:
        shown = document.odd_keys[0].shown
        return ended("crash", f"All keys in arguments must be strings. {shown!r} isn't.")
    return None


def _meets_non_ascii(document: ConfigDocument, place: Location) -> bool:
    """Whether the byte that is not ASCII is read before a YAML error ends the reading."""
    problem = document.problem
    if problem is None or problem.kind in {"empty", "not-a-mapping", "too-large"}:
        return True
    byte = len(document.text[: place.start].encode(document.encoding))
    return problem.offset >= byte // _CHUNK * _CHUNK


def _decode_error(document: ConfigDocument, place: Location) -> str:
    data = document.text[place.start].encode(document.encoding)
    byte = len(document.text[: place.start].encode(document.encoding))
    return (
        f"UnicodeDecodeError: 'ascii' codec can't decode byte 0x{data[0]:02x} in position {byte}:"
        " ordinal not in range(128)"
    )
