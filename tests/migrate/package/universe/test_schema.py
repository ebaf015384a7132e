"""The options of a config.json, against the package manager's own reading of the defaults."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.mustache import package_manager
from calico_migrate.package.universe import schema

LEAF: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {"type": st.sampled_from(["string", "boolean", "array"])},
    optional={"default": st.sampled_from(["dcos", True, [], {"a": "dcos", "b": {"c": 1}}, None])},
)
SCHEMA = st.recursive(
    LEAF,
    lambda below: st.fixed_dictionaries(
        {"properties": st.dictionaries(st.sampled_from("abc/~"), below, max_size=3)}
    ),
    max_leaves=8,
)


def pruned(tree: Any) -> Any:
    """A tree without empty groups, which the list of options does not have."""
    if isinstance(tree, dict):
        found = {key: pruned(value) for key, value in tree.items()}
        return {key: value for key, value in found.items() if value != {}}
    return tree


@given(SCHEMA)
def test_declared_defaults_are_the_package_managers(config: Any) -> None:
    tree: dict[str, Any] = {}
    for path, option in schema.options(config).items():
        if option.declared and option.schema:
            schema.put(tree, path, schema.copied(option.default))
    assert pruned(tree) == pruned(package_manager.defaults(config))


@given(SCHEMA)
def test_pointers_lead_to_the_defaults(config: Any) -> None:
    for option in schema.options(config).values():
        value: Any = config
        for step in option.pointer.split("/")[1:]:
            value = value.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(value, dict) else None
        assert value == option.default


def test_what_is_no_schema_has_no_options() -> None:
    values: list[Any] = [None, [], "x", {"properties": []}, {"properties": {"a": 1}}]
    assert [schema.options(value) for value in values] == [{}] * 5


def test_put_makes_groups_and_copies_share_nothing() -> None:
    tree: dict[str, Any] = {"a": 1}
    schema.put(tree, ("a", "b"), {"c": [1]})
    copy = schema.copied(tree)
    copy["a"]["b"]["c"].append(2)
    assert tree == {"a": {"b": {"c": [1]}}}
