"""Certificates: trusted, not trusted, and not checked."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

x509 = pytest.importorskip("cryptography.x509", reason="cryptography makes the certificate")


class Handler(BaseHTTPRequestHandler):
    """Answers nothing but 404."""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()


def certificate(folder: Path) -> tuple[str, str]:
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "stand-in")])
    now = datetime.datetime.now(datetime.timezone.utc)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_path, key_path = folder / "cert.pem", folder / "key.pem"
    certificate_path.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return str(certificate_path), str(key_path)


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[str, str, str]]:
    """A server over TLS: its URL, its certificate, and a token's file."""
    path, key = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, key)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
    thread.start()
    token = tmp_path / "token"
    token.write_text("t")
    yield f"https://127.0.0.1:{server.server_port}", path, str(token)
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_certificate_that_nobody_trusts_is_said_at_once(
    secure: tuple[str, str, str], tmp_path: Path
) -> None:
    url, _, token = secure
    result = run("cluster", "snapshot", "-o", str(tmp_path / "s"), "--url", url, "--token-file", token)
    assert result.code == 4
    assert "--ca" in result.errors


def test_a_certificate_that_is_trusted_or_not_checked(secure: tuple[str, str, str], tmp_path: Path) -> None:
    url, path, token = secure
    arguments = ("cluster", "status", "--url", url, "--token-file", token, "--outage-timeout", "0s")
    trusted = run(*arguments, "--ca", path)
    assert trusted.code == 4
    assert "404" in trusted.errors
    unchecked = run(*arguments, "--insecure")
    assert "404" in unchecked.errors
    assert "not checked" in unchecked.errors
    assert run(*arguments, "--insecure", "--ca", path).code == 2
