"""Which cluster, with which token: the first source that names a URL decides, and a token stays with its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from calico_core.errors import CalicoMigrateError, InputError, UsageError
from calico_migrate.cluster.connection.access import Wish, resolve

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://dcos.example.com"


def cluster(home: Path, identity: str, url: str = URL, token: str = "file-token", **extra: Any) -> Path:
    folder = home / "clusters" / identity
    folder.mkdir(parents=True)
    lines = ["[core]", f'dcos_url = "{url}"']
    if token:
        lines.append(f'dcos_acs_token = "{token}"')
    if "ssl_verify" in extra:
        lines.append(f'ssl_verify = "{extra["ssl_verify"]}"')
    lines += ["[cluster]", f'name = "{extra.get("name", identity)}"']
    path = folder / "dcos.toml"
    path.write_text("\n".join(lines) + "\n")
    if extra.get("attached"):
        (folder / "attached").touch()
    return path


def test_the_url_on_the_line_with_the_token_of_the_environment() -> None:
    access = resolve(Wish(url=URL + "/"), {"DCOS_ACS_TOKEN": "env-token"})
    assert (access.url, access.token.text) == (URL, "env-token")


def test_a_token_file_always_wins(tmp_path: Path) -> None:
    cluster(tmp_path, "one")
    (tmp_path / "token").write_text("  own-token\n")
    for environment in ({"DCOS_URL": URL, "DCOS_ACS_TOKEN": "env"}, {"DCOS_DIR": str(tmp_path)}):
        access = resolve(Wish(token_file=str(tmp_path / "token")), environment)
        assert access.token.text == "own-token"


@pytest.mark.parametrize("own", ["http://dcos.example.com", "https://other.example.com", URL + ":8443"])
def test_a_token_of_the_environment_stays_with_its_url(own: str) -> None:
    with pytest.raises(InputError) as raised:
        resolve(Wish(url=URL), {"DCOS_URL": own, "DCOS_ACS_TOKEN": "env-token"})
    assert raised.value.exit_code == 3
    assert "env-token" not in str(raised.value)


@pytest.mark.parametrize("own", [URL, URL + "/", URL + ":443", "https://dcos.example.com/below"])
def test_the_same_place_in_another_spelling(own: str) -> None:
    assert resolve(Wish(url=URL), {"DCOS_URL": own, "DCOS_ACS_TOKEN": "t"}).token.text == "t"


def test_a_token_of_a_file_goes_to_no_other_url(tmp_path: Path) -> None:
    cluster(tmp_path, "one")
    with pytest.raises(InputError):
        resolve(Wish(url="https://other.example.com"), {"DCOS_DIR": str(tmp_path)})
    with pytest.raises(InputError):
        resolve(Wish(), {"DCOS_URL": URL, "DCOS_DIR": str(tmp_path)})


def test_the_order_of_the_sources(tmp_path: Path) -> None:
    cluster(tmp_path, "one", "https://one.example.com", attached=True)
    named = cluster(tmp_path, "two", "https://two.example.com")
    other = cluster(tmp_path / "elsewhere", "x", "https://config.example.com")
    environment = {"DCOS_DIR": str(tmp_path)}
    assert resolve(Wish(), environment).url == "https://one.example.com"
    environment["DCOS_CLUSTER"] = "two"
    assert resolve(Wish(), environment).url == "https://two.example.com"
    environment["DCOS_CONFIG"] = str(other)
    assert resolve(Wish(), environment).url == "https://config.example.com"
    environment |= {"DCOS_URL": "https://env.example.com", "DCOS_ACS_TOKEN": "t"}
    assert resolve(Wish(), environment).url == "https://env.example.com"
    assert resolve(Wish(cluster="two"), environment).url == "https://two.example.com"
    assert resolve(Wish(cluster="two"), environment).token.text == "file-token"
    del environment["DCOS_URL"]
    assert resolve(Wish(url="https://line.example.com", cluster="two"), environment).url == (
        "https://line.example.com"
    )
    assert named.exists()


def test_the_only_cluster_and_the_attached_one(tmp_path: Path) -> None:
    environment = {"DCOS_DIR": str(tmp_path)}
    with pytest.raises(InputError):
        resolve(Wish(), environment)
    cluster(tmp_path, "one", "https://one.example.com")
    assert resolve(Wish(), environment).url == "https://one.example.com"
    second = cluster(tmp_path, "two", "https://two.example.com")
    with pytest.raises(InputError):
        resolve(Wish(), environment)
    (second.parent / "attached").touch()
    assert resolve(Wish(), environment).url == "https://two.example.com"


def test_a_cluster_by_name_and_by_id(tmp_path: Path) -> None:
    cluster(tmp_path, "7f3a-1", "https://one.example.com", name="prod")
    cluster(tmp_path, "7f3a-2", "https://two.example.com", name="test")
    environment = {"DCOS_DIR": str(tmp_path)}
    assert resolve(Wish(cluster="test"), environment).url == "https://two.example.com"
    assert resolve(Wish(cluster="7f3a-1"), environment).name == "prod"
    for name in ("7f3a", "nothing"):
        with pytest.raises(InputError):
            resolve(Wish(cluster=name), environment)


@pytest.mark.parametrize(
    "text", ["", "[core]\n", "[core]\ndcos_url = 7\n", "nonsense [", "[core]\ndcos_url = 'ftp://x'\n"]
)
def test_a_configuration_that_names_no_cluster(tmp_path: Path, text: str) -> None:
    path = tmp_path / "dcos.toml"
    path.write_text(text)
    with pytest.raises(InputError):
        resolve(Wish(), {"DCOS_CONFIG": str(path)})


@pytest.mark.parametrize(
    "url",
    ["", "dcos", "ftp://x", "https://", "https://a b", "https://x?y=1", "https://u:secret@x", "https://x:y"],
)
def test_what_is_no_url(url: str) -> None:
    with pytest.raises(UsageError) as raised:
        resolve(Wish(url=url), {"DCOS_ACS_TOKEN": "t"})
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("token", ["", "\n", "two tokens", "esc\x1bape", "ümlaut"])
def test_what_is_no_token(tmp_path: Path, token: str) -> None:
    path = tmp_path / "token"
    path.write_text(token)
    with pytest.raises(InputError) as raised:
        resolve(Wish(url=URL, token_file=str(path)), {})
    assert raised.value.exit_code == 3
    assert token.strip() == "" or token.strip() not in str(raised.value)


@pytest.mark.parametrize(
    "environment", [{"DCOS_SSL_VERIFY": "false"}, {"DCOS_TLS_INSECURE": "1"}, {"DCOS_SSL_VERIFY": "False"}]
)
def test_what_makes_it_insecure(environment: dict[str, str]) -> None:
    access = resolve(Wish(url=URL), {"DCOS_ACS_TOKEN": "t", **environment})
    assert access.insecure
    assert not access.insecure_asked
    assert any("not checked" in warning for warning in access.warnings)
    assert resolve(Wish(url=URL, insecure=True), {"DCOS_ACS_TOKEN": "t"}).insecure_asked


def test_a_configuration_may_make_it_insecure(tmp_path: Path) -> None:
    path = cluster(tmp_path, "one", ssl_verify="false")
    assert resolve(Wish(), {"DCOS_CONFIG": str(path)}).insecure


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_ca_that_cannot_be_read_is_never_insecure(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    wishes: list[tuple[Wish, dict[str, str]]] = [
        (Wish(url=URL, ca=str(path)), {}),
        (Wish(url=URL), {"DCOS_TLS_CA_PATH": str(path)}),
        (Wish(), {"DCOS_CONFIG": str(cluster(tmp_path, "one", ssl_verify=str(path)))}),
    ]
    for wish, environment in wishes:
        with pytest.raises(CalicoMigrateError) as raised:
            resolve(wish, {"DCOS_ACS_TOKEN": "t", **environment})
        assert raised.value.exit_code == 3


def test_plain_http_is_warned_of_but_on_loopback() -> None:
    environment = {"DCOS_ACS_TOKEN": "t"}
    assert resolve(Wish(url="http://127.0.0.1:8080"), environment).warnings == ()
    assert resolve(Wish(url="http://localhost"), environment).warnings == ()
    assert len(resolve(Wish(url="http://dcos.example.com"), environment).warnings) == 1


def test_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example.com:3128")
    monkeypatch.setenv("no_proxy", "inside.example.com")
    environment = {"DCOS_ACS_TOKEN": "t"}
    assert resolve(Wish(url=URL), environment).proxy == "http://proxy.example.com:3128"
    assert resolve(Wish(url="https://inside.example.com"), environment).proxy is None
    assert resolve(Wish(url="http://dcos.example.com"), environment).proxy is None


@pytest.mark.parametrize(
    "proxy", ["socks5://me:secret@host:1", "http://[bad", "http://:3128", "http://host:port"]
)
def test_what_is_no_proxy(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    with pytest.raises(CalicoMigrateError) as raised:
        resolve(Wish(url=URL), {"DCOS_ACS_TOKEN": "t"})
    assert raised.value.exit_code == 3
    assert "https_proxy" in str(raised.value)
    assert "secret" not in str(raised.value)
