"""How a server listens: metrics beside it, TLS from files, a proxy's word believed or not. Real processes, each a second."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.simulators.command import ENTRY, yinji
from tests.simulators.node import make_world
from tests.simulators.processes import begin

HSTS = "strict-transport-security"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def certificate(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate for this machine, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, own = serialization.Encoding.PEM, folder / "key.pem"
    (folder / "certificate.pem").write_bytes(signed.public_bytes(pem))
    own.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return folder / "certificate.pem", own


@contextmanager
def serving(folder: Path, settings: str) -> Iterator[None]:
    """A server of its own process under these settings; it must end well."""
    home = make_world(folder / "node").home
    (home / "yinji.toml").write_text(f'serve_host = "127.0.0.1"\n{settings}', encoding="utf-8")
    process = begin(ENTRY, "--home", str(home), "serve", "--no-worker")
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGTERM)
        ended = process.end(patience_seconds=20)
    assert ended.code == 0, ended.said


def answered(client: httpx.Client, url: str, **headers: str) -> httpx.Response:
    """Ask until the server listens."""
    for _ in range(200):
        try:
            return client.get(url, headers=headers)
        except httpx.ConnectError as error:
            if "CERTIFICATE" in str(error):
                raise
            time.sleep(0.02)
    raise TimeoutError(url)


def test_metrics_have_an_address_of_their_own_and_the_application_shows_none(tmp_path: Path) -> None:
    port, metrics = free_port(), free_port()
    settings = f'serve_port = {port}\nmetrics_host = "127.0.0.1"\nmetrics_port = {metrics}\n'
    with serving(tmp_path, settings), httpx.Client() as client:
        assert answered(client, f"http://127.0.0.1:{port}/api/v1/me").status_code == 401
        told = client.get(f"http://127.0.0.1:{metrics}/metrics").text
        assert client.get(f"http://127.0.0.1:{port}/metrics").status_code == 404
    assert 'route="/api/v1/me"' in told
    assert "# TYPE yinji_" in told


def test_a_certificate_and_its_key_are_what_tls_is_spoken_with(tmp_path: Path) -> None:
    port, (chain, key) = free_port(), certificate(tmp_path)
    settings = f'serve_port = {port}\nserve_certificate = "{chain}"\nserve_certificate_key = "{key}"\n'
    trusting = ssl.create_default_context(cafile=str(chain))
    with serving(tmp_path, settings), httpx.Client(verify=trusting) as client:
        answer = answered(client, f"https://127.0.0.1:{port}/console/sign-in")
        with httpx.Client() as stranger, pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            stranger.get(f"https://127.0.0.1:{port}/healthz")
        with pytest.raises(httpx.TransportError):
            client.get(f"http://127.0.0.1:{port}/healthz")
    assert HSTS in answer.headers
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-yinji-session=")
    assert "Secure" in cookie


@pytest.mark.parametrize(("proxies", "believed"), [("127.0.0.1", True), ("192.0.2.1", False), ("", False)])
def test_only_a_proxy_on_the_list_is_believed(tmp_path: Path, proxies: str, *, believed: bool) -> None:
    port = free_port()
    with serving(tmp_path, f'serve_port = {port}\nserve_proxies = "{proxies}"\n'), httpx.Client() as client:
        answer = answered(client, f"http://127.0.0.1:{port}/console/sign-in", **{"x-forwarded-proto": "https"})
    assert (HSTS in answer.headers) is believed
    assert answer.headers["set-cookie"].startswith("__Host-") is believed


@pytest.mark.parametrize("wrong", ["missing.pem", "key.pem"])
def test_a_certificate_that_is_none_is_said_before_anything_listens(tmp_path: Path, wrong: str) -> None:
    home, (_, key) = make_world(tmp_path / "node").home, certificate(tmp_path)
    words = f'serve_certificate = "{tmp_path / wrong}"\nserve_certificate_key = "{key}"\nserve_port = 0\n'
    (home / "yinji.toml").write_text(words, encoding="utf-8")
    ended = yinji(home, "serve", "--no-worker")
    assert ended.code == 5
    assert f"serve_certificate: {tmp_path / wrong}" in ended.err


def test_a_key_without_its_certificate_is_not_served_without_tls(tmp_path: Path) -> None:
    home, (_, key) = make_world(tmp_path / "node").home, certificate(tmp_path)
    (home / "yinji.toml").write_text(f'serve_certificate_key = "{key}"\nserve_port = 0\n', encoding="utf-8")
    ended = yinji(home, "serve", "--no-worker")
    assert (ended.code, "serve_certificate" in ended.err) == (5, True)
