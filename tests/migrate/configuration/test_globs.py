"""What patterns of paths, ids and rules match."""

from __future__ import annotations

import pytest

from calico_migrate.configuration.globs import name_pattern, path_pattern


@pytest.mark.parametrize(
    "glob, path, matches",
    [
        ("a.json", "a.json", True),
        ("a.json", "b/a.json", False),
        ("*.json", "a.json", True),
        ("*.json", "b/a.json", False),
        ("**/*.json", "a.json", True),
        ("**/*.json", "b/c/a.json", True),
        ("legacy", "legacy/a/b.json", True),
        ("legacy/", "legacy/a.json", True),
        ("./legacy/*", "legacy/a/b.json", True),
        ("legacy", "legacy-2/a.json", False),
        ("a?.json", "ab.json", True),
        ("a?.json", "a/.json", False),
        ("[ab].json", "a.json", True),
        ("[!ab].json", "a.json", False),
        ("a/**", "a/b/c", True),
        ("a.b", "axb", False),
        ("../x/*.yaml", "../x/a.yaml", True),
    ],
)
def test_paths(glob: str, path: str, matches: bool) -> None:
    assert (path_pattern(glob).match(path) is not None) is matches


@pytest.mark.parametrize(
    "glob, name, matches",
    [
        ("/shop/*", "/shop/a/b", True),
        ("/shop", "/shop/a", False),
        ("docker-*", "docker-host-port", True),
        ("*", "", True),
    ],
)
def test_names(glob: str, name: str, matches: bool) -> None:
    assert (name_pattern(glob).match(name) is not None) is matches
