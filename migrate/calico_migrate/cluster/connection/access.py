"""Which cluster, with which token, and whom its certificate must come from.

URL and token are pairs: the first source that names a URL decides, and a token never goes to another cluster
than the one it belongs to.
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]

from calico_core.errors import InputError, UsageError
from calico_core.legible import legible
from calico_core.sources import reason
from calico_migrate.cluster.connection import dcos_configuration
from calico_migrate.cluster.connection.tokens import Token, from_command, from_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.connection.dcos_configuration import Configuration

_PORTS = {"http": 80, "https": 443}
_FALSE = frozenset({"false", "0", "no"})


class Wish(NamedTuple):
    """What the command line says about the connection; None and False where it says nothing."""

    url: str | None = None
    token_file: str | None = None
    ca: str | None = None
    insecure: bool = False
    cluster: str | None = None
    token_command: str | None = None


class Access(NamedTuple):
    """How the cluster is reached.

    ``url`` has no slash at its end; ``name`` is the one in a dcos.toml, empty elsewhere; ``insecure`` says
    that certificates are not checked, ``insecure_asked`` that this stands on the command line. ``warnings``
    are for people, ``tls`` is None for plain HTTP.
    """

    url: str
    token: Token
    name: str
    insecure: bool
    insecure_asked: bool
    tls: ssl.SSLContext | None
    proxy: str | None
    warnings: tuple[str, ...]


def resolve(wish: Wish, environment: Mapping[str, str]) -> Access:
    """Finds the cluster and the token.

    Raises InputError where none is found, where a token would go to another cluster, or where a CA cannot be
    read, or a proxy is none; UsageError for a URL that is none.
    """
    url, configuration = _find(wish, environment)
    url = _checked(url, configuration.path if configuration is not None else None)
    token = _token(wish, environment, url, configuration)
    insecure = _is_insecure(wish, environment, configuration)
    warnings = []
    if insecure:
        warnings.append("certificates are not checked: anybody between here and there can read the token")
    parts = urlsplit(url)
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        warnings.append(f"{url} is not encrypted: anybody between here and there can read the token")
    tls = None
    if parts.scheme == "https":
        tls = _unchecked() if insecure else _context(_authority(wish, environment, configuration))
    elif wish.ca is not None:
        _context((wish.ca, False))
    name = configuration.name if configuration is not None else ""
    return Access(
        url, token, name, insecure, wish.insecure, tls, _proxy(parts.scheme, parts.netloc), tuple(warnings)
    )


def _find(wish: Wish, environment: Mapping[str, str]) -> tuple[str, Configuration | None]:
    if wish.url is not None:
        return wish.url, None
    if wish.cluster is not None:
        configuration = dcos_configuration.named(wish.cluster, environment)
        return configuration.url, configuration
    if environment.get("DCOS_URL"):
        return environment["DCOS_URL"], None
    if environment.get("DCOS_CONFIG"):
        configuration = dcos_configuration.read(environment["DCOS_CONFIG"])
        return configuration.url, configuration
    current = dcos_configuration.current(environment)
    if current is None:
        raise InputError(
            "no cluster is named; give --url and --token-file, or set one up with `dcos cluster setup`"
        )
    return current.url, current


def _token(
    wish: Wish, environment: Mapping[str, str], url: str, configuration: Configuration | None
) -> Token:
    if wish.token_file is not None and wish.token_command is not None:
        raise UsageError("--token-file and --token-command both name a token: give one of them")
    if wish.token_file is not None:
        return from_file(wish.token_file)
    if wish.token_command is not None:
        return from_command(wish.token_command)
    if configuration is not None:
        path = configuration.path
        if not configuration.token:
            raise InputError("has no core.dcos_acs_token; log in with `dcos auth login`", path=path)

        def read() -> str:
            again = dcos_configuration.read(path)
            # Should the file name another cluster by now, then its token is that cluster's.
            return again.token if again.url == configuration.url else configuration.token

        return Token(path, read)
    given = environment.get("DCOS_ACS_TOKEN", "")
    own = environment.get("DCOS_URL", "")
    if not given:
        raise InputError(
            f"there is no token for {legible(url)}; name a file that holds it with --token-file, or set"
            " DCOS_ACS_TOKEN"
        )
    if wish.url is not None and own and _origin(own) != _origin(url):
        raise InputError(
            f"DCOS_ACS_TOKEN belongs to {legible(own)} and is not sent to {legible(url)}; name a file that"
            " holds the token with --token-file"
        )
    return Token("DCOS_ACS_TOKEN", lambda: given)


def _checked(url: str, path: str | None) -> str:
    """The URL without a slash at its end. Raises UsageError, or InputError for the one in a file."""
    trimmed = url.strip().rstrip("/")
    problem = ""
    try:
        parts = urlsplit(trimmed)
        _ = parts.port
    except ValueError:
        problem = "is no URL"
    else:
        if parts.scheme not in _PORTS or not parts.hostname:
            problem = "is no http:// or https:// URL"
        elif parts.username is not None or parts.password is not None:
            # Not quoted: there may be a password in it.
            raise UsageError("the cluster's URL holds a name or password; tokens come from a file")
        elif parts.query or parts.fragment:
            problem = "has a query or a fragment, which the URL of a cluster does not have"
        elif not trimmed.isascii() or not trimmed.isprintable() or " " in trimmed:
            problem = "holds characters that no URL has"
    if problem and path is not None:
        raise InputError(f"core.dcos_url {legible(url)} {problem}", path=path)
    if problem:
        raise UsageError(f"{legible(url)} {problem}")
    return trimmed


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url.strip())
        return parts.scheme, (parts.hostname or ""), parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return "", "", None


def _is_insecure(wish: Wish, environment: Mapping[str, str], configuration: Configuration | None) -> bool:
    if wish.insecure:
        if wish.ca is not None:
            raise UsageError(
                "--insecure checks no certificate, and --ca names whose to check: give one of them"
            )
        return True
    return (
        environment.get("DCOS_SSL_VERIFY", "").lower() in _FALSE
        or environment.get("DCOS_TLS_INSECURE", "").lower() in ("1", "true")
        or (configuration is not None and configuration.ssl_verify.lower() in _FALSE)
    )


def _authority(
    wish: Wish, environment: Mapping[str, str], configuration: Configuration | None
) -> tuple[str | None, bool]:
    """The file with the certificates to trust, and whether the system's are trusted besides."""
    if wish.ca is not None:
        return wish.ca, False
    path = environment.get("DCOS_TLS_CA_PATH", "")
    if path:
        return path, False
    if configuration is not None:
        verify = configuration.ssl_verify
        if verify and verify.lower() != "true":
            return verify, False
        return configuration.ca, True
    return None, True


def _context(authority: tuple[str | None, bool]) -> ssl.SSLContext:
    path, beside = authority
    try:
        context = ssl.create_default_context(cafile=None if beside else path)
        if path is not None and beside:
            context.load_verify_locations(cafile=path)
    except (OSError, ValueError) as error:
        said = reason(error) if isinstance(error, OSError) and error.strerror else "it is no PEM file"
        raise InputError(
            f"the certificates to trust cannot be read: {said}; nothing is sent without them", path=path
        ) from None
    return context


def _unchecked() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _is_loopback(host: str) -> bool:
    return host in ("localhost", "::1") or host.startswith("127.")


def _proxy(scheme: str, place: str) -> str | None:
    """The proxy for a URL by http_proxy, https_proxy and no_proxy, None where there is none.

    Raises InputError for one that cannot be used.
    """
    proxies = getproxies_environment()
    if not proxies.get(scheme) or proxy_bypass_environment(place, proxies):
        return None
    proxy = proxies[scheme]
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    try:
        parts = urlsplit(proxy)
        usable = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        # Not quoted: there may be a password in it.
        raise InputError(f"{scheme}_proxy names no proxy that can be used: http://HOST:PORT is one")
    return proxy
