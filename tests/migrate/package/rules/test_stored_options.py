from __future__ import annotations

from typing import TYPE_CHECKING

from tests.migrate.package import making
from tests.migrate.package.making import app_template, config_text
from tests.migrate.package.telling import Teller, release

if TYPE_CHECKING:
    from pathlib import Path


def test_running_services_keep_their_options(told: Teller) -> None:
    found = told(release(making.texts())).one("stored-options")
    assert (found.severity, found.file) == ("info", "config.json")
    assert "services of demo keep the service.virtual_network_name" in found.message
    assert "`dcos demo update start --name=demo --options=FILE`" in found.hint
    assert "--options-dir DIR writes FILE" in found.hint


def test_the_file_to_give_them(told: Teller, tmp_path: Path) -> None:
    directory = tmp_path / "overlays"
    report = told(release(making.texts()), "--check", "--options-dir", str(directory))
    found = report.one("stored-options")
    assert f"{directory}/demo-3.json holds the new options" in found.message
    assert f"--options={directory}/demo-3.json`" in found.hint
    assert "--options-dir" not in found.hint


def test_the_newest_release_speaks_for_a_package(told: Teller) -> None:
    report = told(release(making.texts()) | release(making.texts(), 2))
    assert len(report.edits) == 2
    assert report.one("stored-options").severity == "info"


def test_a_name_that_is_no_option(told: Teller) -> None:
    report = told(release(making.texts(config_text(), app_template('[{"name": "dcos"}]'))))
    assert report.edit("network-literal").new == "calico"
    assert "stored-options" not in report.rules


def test_a_package_without_an_update_command(told: Teller) -> None:
    report = told(release(making.texts(resource={})))
    assert "no-update-command" in report.rules
    assert "stored-options" not in report.rules
