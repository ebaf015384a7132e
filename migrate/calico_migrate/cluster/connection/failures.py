"""What ends a run that speaks with a cluster; each knows its exit code."""

from __future__ import annotations

from calico_core.errors import InputError, LiveError
from calico_core.exits import ExitCode


class UnauthorisedError(InputError):
    """The cluster refuses the token (401), also after its source was read again."""


class RedirectError(LiveError):
    """The cluster names another address, which no token is sent to."""


class UnreachableError(LiveError):
    """The cluster, or what is behind its front door, gave no usable answer within the time for outages."""


class RefusedError(LiveError):
    """The cluster answered, and not with what was asked for; ``kind`` is the type that its error names."""

    def __init__(self, message: str, status: int | None, kind: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind


class OtherClusterError(LiveError):
    """The cluster is not the one that the plan was made of."""

    exit_code = ExitCode.USAGE
