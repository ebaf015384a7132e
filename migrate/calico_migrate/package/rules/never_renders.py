"""The template renders to no JSON under any setting that was tried.

At its defaults, with all flags on and with all flags off the package manager would refuse the package, and
where its values arrive cannot be seen.

Example: "cpus": {{service.cpus}},,

Look at the rendered text with ``calico-migrate package --render`` and correct the template.
"""

from calico_core.rules import Findings, warning
from calico_migrate.mustache import package_manager
from calico_migrate.package.universe import parts, schema
from calico_migrate.package.universe.settings import all_flags
from calico_migrate.package.universe.subject import Package
from calico_migrate.package.universe.tracing import as_app, with_resource

RULE = warning(__name__, source="dcos/cosmos PackageDefinitionRenderer.scala")


_PLACEHOLDERS: dict[str, object] = {
    "integer": 1,
    "number": 1,
    "boolean": False,
    "array": [],
    "object": {},
}


def check(package: Package) -> Findings:
    """A template of which no rendering is JSON."""
    if _never_renders(package):
        yield package.finding(
            parts.TEMPLATE,
            RULE,
            "renders to no JSON at its defaults, with all flags on or with all flags off",
            hint="look at the text with `calico-migrate package --render` and correct the template",
        )


def _never_renders(package: Package) -> bool:
    plan, content = package.plan, package.content
    template = content.template
    if template is None or content.errors:
        return False
    if plan.trace is not None:
        if plan.trace.parsed:
            return False
        plan.trace.render(all_flags(plan.declared, on=False))
        return not plan.trace.parsed and not _renders_when_set(package)
    config, resource = content.value(parts.CONFIG), content.value(parts.RESOURCE)
    defaults = package_manager.defaults(config) if isinstance(config, dict) else {}
    if as_app(template.render(with_resource(defaults, resource))) is not None:
        return False
    for on in (True, False):
        options = all_flags(plan.declared, on=on).over(defaults)
        if as_app(template.render(with_resource(options, resource))) is not None:
            return False
    return not _renders_when_set(package)


def _renders_when_set(package: Package) -> bool:
    """Whether the template renders once the options that have no default are given."""
    content = package.content
    template = content.template
    config, resource = content.value(parts.CONFIG), content.value(parts.RESOURCE)
    if template is None or not isinstance(config, dict):
        return False
    options = schema.copied(package_manager.defaults(config))
    for path, option in package.plan.declared.items():
        if not option.declared:
            schema.put(options, path, _PLACEHOLDERS.get(str(option.schema.get("type")), "x"))
    return as_app(template.render(with_resource(options, resource))) is not None
