"""The collected packages and frameworks come out as their INDEX says, and new releases are valid."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from calico_migrate.cli import run as calico_migrate
from calico_migrate.mustache import package_manager, tokens
from calico_migrate.package.universe import json_files, parts

if TYPE_CHECKING:
    from pathlib import Path

    from jsonschema.protocols import Validator


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


@pytest.mark.parametrize("corpus", ["universe", "frameworks", "svc", "svc-synthetic"])
def test_every_file_is_as_the_index_says(corpus: str, shared: Path, tmp_path: Path) -> None:
    source, out = shared / "corpus" / corpus, tmp_path / "out"
    calico_migrate(["package", "-q", "-o", str(out), str(source)])
    with open(source / "INDEX.tsv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong = [
        row["file"] for row in rows if digest((out / row["file"]).read_bytes()) != row["sha256_16_after"]
    ]
    assert wrong == []
    links = [path for path in source.rglob("*") if path.is_symlink()]
    assert all((out / link.relative_to(source)).is_symlink() for link in links)


def test_packages_render_as_the_package_manager_recorded(shared: Path) -> None:
    root = shared / "corpus" / "universe"
    wrong = []
    with open(shared / "corpus" / "universe-renders.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            directory = root / row["package"]
            values = [
                json_files.loads((directory / part).read_text("utf-8"))
                if (directory / part).exists()
                else None
                for part in (parts.CONFIG, parts.RESOURCE)
            ]
            template = (directory / parts.TEMPLATE).read_bytes().decode("utf-8")
            text = package_manager.render(
                tokens.parse(template), package_manager.options(values[0], None, values[1])
            ).text
            if row["render"] != "valid":
                with pytest.raises(ValueError):
                    json.loads(text)
                continue
            canonical = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))
            variants = {digest(canonical.encode())}
            variants.add(
                digest(
                    json.dumps(
                        json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False
                    ).encode()
                )
            )
            if row["sha256_16_of_canonical_json"] not in variants:
                wrong.append(row["package"])
    assert wrong == []


@pytest.fixture(scope="module")
def validators(shared: Path) -> dict[str, Validator]:
    """A validator for each Universe schema, by file name."""
    import jsonschema
    from referencing import Registry
    from referencing.jsonschema import DRAFT4

    schemas = {
        path.name: json.loads(path.read_text()) for path in (shared / "schemas" / "universe").glob("*.json")
    }
    registry: Registry[Any] = Registry().with_resources(
        [(name, DRAFT4.create_resource(schema)) for name, schema in schemas.items()]
    )
    return {name: jsonschema.Draft4Validator(schema, registry=registry) for name, schema in schemas.items()}


def errors(validator: Validator, value: Any) -> list[str]:
    return [error.message for error in validator.iter_errors(value)]


def test_every_new_release_is_valid(
    shared: Path, root: Path, tmp_path: Path, validators: dict[str, Validator]
) -> None:
    sources = tmp_path / "in"
    shutil.copytree(shared / "corpus" / "universe" / "repo", sources / "repo", copy_function=shutil.copyfile)
    shutil.copytree(root / "samples" / "package" / "universe" / "repo", sources / "repo", dirs_exist_ok=True)
    file = tmp_path / "calico.json"
    calico_migrate(
        ["package", "-q", "--release", "-o", str(tmp_path / "new"), "--repository", str(file), str(sources)]
    )
    made = sorted((tmp_path / "new").rglob(parts.PACKAGE))
    assert len(made) == 45 + 1
    schemas = {
        parts.PACKAGE: "package-schema.json",
        parts.CONFIG: "config-schema.json",
        parts.RESOURCE: "v3-resource-schema.json",
    }
    wrong = {
        str(path.parent / part): found
        for path in made
        for part, schema in schemas.items()
        if (path.parent / part).exists()
        if (found := errors(validators[schema], json.loads((path.parent / part).read_text("utf-8"))))
    }
    assert wrong == {}
    repository = json.loads(file.read_text("utf-8"))
    assert len(repository["packages"]) == len(made)
    for schema in ("v4-repo-schema.json", "v5-repo-schema.json"):
        entries = [
            entry
            for entry in repository["packages"]
            if schema == "v5-repo-schema.json" or entry["packagingVersion"] != "5.0"
        ]
        assert errors(validators[schema], {"packages": entries}) == []


def test_rewritten_packages_stay_valid(
    shared: Path, tmp_path: Path, validators: dict[str, Validator]
) -> None:
    source, out = shared / "corpus" / "universe", tmp_path / "out"
    calico_migrate(["package", "-q", "-o", str(out), str(source)])
    for path in sorted(out.rglob(parts.CONFIG)):
        old = source / path.relative_to(out)
        if path.read_bytes() != old.read_bytes():
            before = errors(validators["config-schema.json"], json.loads(old.read_text("utf-8")))
            assert errors(validators["config-schema.json"], json.loads(path.read_text("utf-8"))) == before
