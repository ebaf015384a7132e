from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.migrate.package import making
from tests.migrate.package.telling import Teller, release

if TYPE_CHECKING:
    from pathlib import Path

NO_SCHEDULER = making.STANDARD_TEMPLATE.replace("DCOS_COMMONS_API_VERSION", "OTHER")
NO_CLI = {"assets": making.RESOURCE["assets"]}


@pytest.mark.parametrize(
    ("template", "resource"),
    [
        (NO_SCHEDULER, making.RESOURCE),
        (making.STANDARD_TEMPLATE, NO_CLI),
        (making.STANDARD_TEMPLATE, making.RESOURCE | {"cli": {}}),
    ],
)
def test_a_package_that_brings_no_command(told: Teller, template: str, resource: dict[str, object]) -> None:
    report = told(release(making.texts(template=template, resource=resource)))
    found = report.one("no-update-command")
    assert (found.severity, found.file) == ("warning", "config.json")
    assert "services of demo keep the service.virtual_network_name" in found.message
    assert "DC/OS UI" in found.hint
    assert "`dcos package install demo --options=FILE`" in found.hint
    assert "update start" not in found.hint


def test_the_file_of_the_options_is_named(told: Teller, tmp_path: Path) -> None:
    report = told(release(making.texts(resource=NO_CLI)), "--check", "--options-dir", str(tmp_path))
    assert f"--options={tmp_path}/demo-3.json`" in report.one("no-update-command").hint


def test_a_package_of_the_sdk_with_its_command(told: Teller) -> None:
    report = told(release(making.texts()))
    assert "stored-options" in report.rules
    assert "no-update-command" not in report.rules


def test_the_package_with_a_command_of_its_own(told: Teller) -> None:
    package = making.PACKAGE | {"name": "kubernetes-cluster"}
    report = told(release(making.texts(package=package, template=NO_SCHEDULER, resource=NO_CLI)))
    assert "dcos kubernetes cluster update --cluster-name=demo" in report.one("stored-options").hint
    assert "no-update-command" not in report.rules
