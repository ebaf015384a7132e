"""The forms of names and labels that Calico takes over from Kubernetes.

Source: kubernetes/apimachinery ``pkg/util/validation/validation.go`` as vendored by Calico 3.14. Every length
counts bytes, as Go's ``len`` does.
"""

from __future__ import annotations

import re

MAXIMUM_LABEL = 63
"""Bytes of a DNS label, of the name part of a label's key, and of a label's value."""

MAXIMUM_SUBDOMAIN = 253
"""Bytes of a DNS subdomain: a resource's name, the prefix of a label's key."""

DNS_LABEL = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
DNS_SUBDOMAIN = rf"{DNS_LABEL}(?:\.{DNS_LABEL})*"

_LABEL = re.compile(DNS_LABEL)
_SUBDOMAIN = re.compile(DNS_SUBDOMAIN)
_NAME_PART = re.compile(r"(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")
_PORT_CHARACTERS = re.compile(r"[-a-z0-9]+")
_LABEL_FORM = (
    "only letters, digits, '-', '_' and '.' are allowed, and it starts and ends with a letter or digit"
)
_LETTER = re.compile(r"[a-z]")


def byte_length(text: str) -> int:
    """The length in UTF-8; a lone surrogate has three bytes, as the replacement character has."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def subdomain_problem(text: str) -> str:
    """Why ``text`` is no DNS-1123 subdomain, or an empty string."""
    if byte_length(text) > MAXIMUM_SUBDOMAIN:
        return f"it has more than {MAXIMUM_SUBDOMAIN} bytes"
    if _SUBDOMAIN.fullmatch(text) is None:
        return (
            "only lower case letters, digits, '-' and '.' are allowed,"
            " and each part between dots starts and ends with a letter or digit"
        )
    return ""


def dns_label_problem(text: str) -> str:
    """Why ``text`` is no DNS-1123 label, or an empty string."""
    if byte_length(text) > MAXIMUM_LABEL:
        return f"it has more than {MAXIMUM_LABEL} bytes"
    if _LABEL.fullmatch(text) is None:
        return (
            "only lower case letters, digits and '-' are allowed,"
            " and it starts and ends with a letter or digit"
        )
    return ""


def qualified_name_problem(text: str) -> str:
    """Why ``text`` is no key of a label or annotation (``[prefix/]name``), or an empty string."""
    prefix, slash, name = text.rpartition("/")
    if slash:
        if "/" in prefix:
            return "it has more than one '/'"
        if not prefix:
            return "the part before '/' is empty"
        problem = subdomain_problem(prefix)
        if problem:
            return f"in the part before '/', {problem}"
    part = "the part after '/'" if slash else "it"
    if not name:
        return f"{part} is empty"
    if byte_length(name) > MAXIMUM_LABEL:
        return f"{part} has more than {MAXIMUM_LABEL} bytes"
    if _NAME_PART.fullmatch(name) is None:
        return f"in {part}, {_LABEL_FORM}" if slash else _LABEL_FORM
    return ""


def label_value_problem(text: str) -> str:
    """Why ``text`` is no value of a label, or an empty string; the empty value is one."""
    if byte_length(text) > MAXIMUM_LABEL:
        return f"it has more than {MAXIMUM_LABEL} bytes"
    if text and _NAME_PART.fullmatch(text) is None:
        return _LABEL_FORM
    return ""


def port_name_problem(text: str) -> str:
    """Why ``text`` is no name of a port (IANA service name), or an empty string."""
    if byte_length(text) > 15:
        return "it has more than 15 bytes"
    if _PORT_CHARACTERS.fullmatch(text) is None:
        return "only lower case letters, digits and '-' are allowed"
    if _LETTER.search(text) is None:
        return "it has no letter"
    if "--" in text:
        return "it has two '-' in a row"
    if text.startswith("-") or text.endswith("-"):
        return "it starts or ends with '-'"
    return ""
