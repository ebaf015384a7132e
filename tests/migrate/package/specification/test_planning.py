from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import InputError, VerificationError
from calico_migrate.network_map import NetworkMap
from calico_migrate.package.specification import planning as service_spec
from calico_migrate.package.specification import proof as service_spec_proof
from tests.migrate.package.specs import migrated, pod


@pytest.mark.parametrize(
    "old, new",
    [
        ("    networks:\n      dcos:\n", "    networks:\n      calico:\n"),
        ('    networks:\n      "dcos": {}\n', '    networks:\n      "calico": {}\n'),
        ("    networks:\n      'dcos' :  # dcos\n", "    networks:\n      'calico' :  # dcos\n"),
        ("    networks: {dcos: {}, mesos-bridge: {}}\n", "    networks: {calico: {}, mesos-bridge: {}}\n"),
        ('    networks: { "dcos" }\n', '    networks: { "calico" }\n'),
        ("    networks:\n      ? dcos\n      : {}\n", "    networks:\n      ? calico\n      : {}\n"),
        ("    networks:\n      ? |-\n        dcos\n", "    networks:\n      ? |-\n        calico\n"),
        ('    networks:\n      "\\x64cos":\n', '    networks:\n      "calico":\n'),
        ("    networks:\n      !!str dcos:\n", "    networks:\n      !!str calico:\n"),
        (
            "{{#A}}\n    networks:\n      dcos:\n{{/A}}\n{{^A}}\n    networks: {dcos: }\n{{/A}}\n",
            "{{#A}}\n    networks:\n      calico:\n{{/A}}\n{{^A}}\n    networks: {calico: }\n{{/A}}\n",
        ),
        (
            "    networks:\n      {{^NET}}dcos{{/NET}}{{NET}}:\n",
            "    networks:\n      {{^NET}}calico{{/NET}}{{NET}}:\n",
        ),
        (
            "    networks: {{#A}}{dcos: {}}{{/A}}{{#B}}{mesos-bridge: }{{/B}}{{#C}}{dcos: }{{/C}}\n",
            "    networks: {{#A}}{calico: {}}{{/A}}{{#B}}{mesos-bridge: }{{/B}}{{#C}}{calico: }{{/C}}\n",
        ),
        (
            "{{=<% %>=}}\n    networks:\n<%#A%>\n      dcos:\n<%/A%>\n",
            "{{=<% %>=}}\n    networks:\n<%#A%>\n      calico:\n<%/A%>\n",
        ),
        ("    container:\n      networks: {dcos: }\n", "    container:\n      networks: {calico: }\n"),
        ("    networks:\n      dcos:\n    {{{EXTRA}}}\n", "    networks:\n      calico:\n    {{{EXTRA}}}\n"),
        (
            "    networks:\n      dcos:\n    image: %(image)s\n",
            "    networks:\n      calico:\n    image: %(image)s\n",
        ),
        (
            "    networks:\n      dcos:\n    image: a/{{package-name}}:{{package-version}}\n",
            "    networks:\n      calico:\n    image: a/{{package-name}}:{{package-version}}\n",
        ),
    ],
)
def test_keys_are_renamed_in_every_style_and_branch(old: str, new: str) -> None:
    assert migrated(pod(old)).text == pod(new)


@pytest.mark.parametrize(
    "text",
    [
        "    networks:\n      mesos-bridge:\n        host-ports: [1]\n        container-ports: [1]\n",
        "    networks:\n      dcos6:\n",
        "    networks:\n      {{VIRTUAL_NETWORK_NAME}}:\n",
        '    networks:\n      "{{{VIRTUAL_NETWORK_NAME}}}":\n',
        "    # networks: dcos\n    image: dcos/dcos:dcos\n",
        "    tasks:\n      dcos:\n        env:\n          NETWORK: dcos\n",
        "    tasks:\n      t:\n        cmd: |\n          networks:\n            dcos:\n",
        "    tasks:\n      t:\n        networks:\n          dcos:\n",
        "{{! networks: {dcos: } }}\n",
        "    networks:\n      other:\n        labels: 'dcos:dcos'\n",
    ],
)
def test_what_only_looks_like_the_network_stays(text: str) -> None:
    outcome = migrated(pod(text))
    assert outcome.edits == ()
    assert outcome.text == pod(text)


def test_a_heredoc_in_a_command_stays_beside_a_real_network() -> None:
    text = pod(
        "    networks:\n      dcos:\n    tasks:\n      t:\n        cmd: |\n          cat <<EOF\n"
        "          pods:\n            node:\n              networks:\n                dcos:\n          EOF\n"
    )
    outcome = migrated(text)
    assert outcome.text == text.replace("      dcos:\n    tasks", "      calico:\n    tasks")


def test_line_ends_a_byte_order_mark_and_a_missing_newline_survive() -> None:
    text = "\ufeff" + pod("    networks:\n{{#A}}\n      dcos:\n{{/A}}").replace("\n", "\r\n")
    outcome = migrated(text)
    assert outcome.text == text.replace("dcos", "calico")
    assert outcome.plan.findings[0].line == 7
    assert outcome.plan.findings[0].column == 7


def test_an_edit_has_offsets_in_the_template_and_a_pointer_in_the_rendered_document() -> None:
    text = pod("    networks:\n{{#A}}\n      dcos:\n{{/A}}\n").replace("node", "a~b/c")
    (edit,) = migrated(text).edits
    assert text[edit.start : edit.end] == "dcos"
    assert (edit.pointer, edit.old, edit.new) == ("/pods/a~0b~1c/networks/dcos", "dcos", "calico")
    assert edit.rule == "service-network"


def test_a_variable_is_told_with_the_option_that_feeds_it() -> None:
    text = pod("    networks:\n      {{NET}}:\n")
    plan = service_spec.plan(text, NetworkMap(), option_of={"NET": "service.network"}.get)
    assert [(key.name, text[key.offset :][:7]) for key in plan.variables] == [("NET", "{{NET}}")]
    (finding,) = plan.findings
    assert "service.network" in finding.message


def test_other_maps_are_followed() -> None:
    text = pod("    networks:\n      first:\n  b:\n    networks:\n      second:\n      dcos:\n")
    outcome = migrated(text, first="net", second="net")
    assert outcome.text == text.replace("first", "net").replace("second", "net")


def test_an_alias_is_edited_once_and_what_it_shares_is_not() -> None:
    text = pod("    networks: &n\n      dcos:\n  b:\n    networks: *n\n")
    assert len(migrated(text).edits) == 1
    merged = "shared: &n\n  dcos:\n" + pod("    networks:\n      <<: *n\n")
    assert len(migrated(merged).edits) == 1
    shared = pod("    networks: &n\n      dcos: {}\n    rlimits: *n\n")
    assert migrated(shared).rules() == ["shared-network-name"]


def test_aliases_of_aliases_cost_no_more_than_their_text() -> None:
    lines = ["a0: &a0 {x: y}"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    text = "\n".join(lines) + "\n" + pod("    networks:\n      dcos:\n    rlimits: *a39\n")
    assert len(migrated(text).edits) == 1


def test_an_alias_of_itself_is_survived() -> None:
    text = pod("    networks:\n      dcos: &a {x: *a}\n    rlimits: &b [*b]\n")
    assert len(migrated(text).edits) == 1


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nkind: Pod\n",
        "pods: [a, b]\n",
        "pods: text\n",
        "other: 1\npods:\n  a: {colour: red}\n",
        '{"id": "/app", "pods": []}',
        "",
        "pods:",
    ],
)
def test_other_documents_are_not_recognised(text: str) -> None:
    assert not service_spec.plan(text, NetworkMap()).recognised


def test_it_is_recognised_by_its_content_whatever_the_layout() -> None:
    for text in (pod(""), '{"name": "s", "pods": {"a": {"tasks": {}}}}', "name: s\npods: {}\n"):
        assert service_spec.may_be(text)
        assert service_spec.plan(text, NetworkMap()).recognised
    assert not service_spec.may_be("the pods are here\n")


def test_a_template_whose_tags_do_not_balance_is_refused_with_its_place() -> None:
    with pytest.raises(InputError) as caught:
        migrated(pod("    networks:\n{{#A}}\n      dcos:\n"))
    assert (caught.value.line, caught.value.column) == (6, 1)


def test_a_file_that_never_parses_is_an_error_only_where_it_may_name_the_network() -> None:
    broken = pod("    networks:\n  - x\n      {}: [\n")
    with pytest.raises(InputError) as caught:
        migrated(broken.replace("{}", "dcos"))
    assert caught.value.line == 6
    assert migrated(broken.replace("{}", "other")).rules() == ["unreadable-service-spec"]


@pytest.mark.parametrize(
    "text",
    [
        "# A guide\n\nWrite this:\n\n" + pod("    networks:\n      dcos: {{#A}}\n"),
        'SPEC = {"pods": {"a": {"networks": {"dcos": {}}}}}\nTEXT = "{{}}".format()\n',
        'x = {"pods": {"a": {"networks": {"dcos": {}}}\n',
        "pods:\n{{/* a chart */}}\n  - x\n",
    ],
)
def test_pages_and_programs_that_show_one_are_passed_over(text: str) -> None:
    assert not service_spec.plan(text, NetworkMap()).recognised


def test_deep_nesting_is_refused_and_not_a_crash() -> None:
    with pytest.raises(InputError, match="nested too deeply"):
        migrated(pod("    networks:\n      dcos:\n    x: " + "[" * 100_000 + "\n"))


def test_a_combination_that_does_not_parse_is_passed_over() -> None:
    text = pod("    networks: {{#A}}{dcos: }{{/A}}{{#B}}{other: }{{/B}}\n    user: x\n")
    outcome = migrated(text)
    assert outcome.text == text.replace("dcos", "calico")
    assert "hidden-template-text" not in outcome.rules()


def test_sections_that_must_be_set_together_are_found() -> None:
    text = pod(
        '    user: {{#A}}"{{/A}}x{{#B}}"{{/B}}\n{{#C}}\n    networks:\n      dcos:\n{{/C}}\n'
        "{{^A}}\n    x: [\n{{/A}}\n"
    )
    outcome = migrated(text)
    assert outcome.text == text.replace("dcos", "calico")


def test_the_number_of_renderings_grows_with_the_sections_and_not_with_their_combinations() -> None:
    from calico_migrate.mustache import tokens
    from calico_migrate.package.specification.views import Views

    def renderings(sections: int) -> int:
        lines = [f"{{{{#S{n}}}}}\n    v{n}: [{{{{/S{n}}}}}\n" for n in range(sections)]
        views = Views(tokens.parse(pod("".join(lines))))
        views.see_everything()
        return len(views.seen) + len(views.failures)

    assert renderings(40) <= 2 * renderings(20) + 4 <= 4 * renderings(10) + 12


def test_a_file_that_would_take_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from calico_migrate.package.specification import views as service_spec_views

    monkeypatch.setattr(service_spec_views, "_MOST", 100)
    with pytest.raises(InputError, match="too many sections"):
        migrated(pod("{{#A}}\n    networks:\n      dcos:\n{{/A}}\n{{^B}}\n    user: x\n{{/B}}\n"))


def test_a_wrong_edit_does_not_pass_the_proof() -> None:
    from calico_migrate.mustache import settings, tokens
    from calico_migrate.package.specification.networks import pods
    from calico_migrate.package.specification.views import Views

    text = pod("    networks:\n      dcos:\n    user: dcos\n")
    views = Views(tokens.parse(text))
    view = views.view(settings.everything(views.template)[0])
    assert view is not None
    keys = [key for one in pods(view) for key in one.networks]
    (edit,) = migrated(text).edits
    service_spec_proof.prove(text, [edit], [(view, keys)])
    user = text.rindex("dcos")
    wrong = edit._replace(start=user, end=user + 4)
    with pytest.raises(VerificationError, match="other contents"):
        service_spec_proof.prove(text, [edit, wrong], [(view, keys)])
    broken = edit._replace(replacement="calico: [")
    with pytest.raises(VerificationError, match="parse"):
        service_spec_proof.prove(text, [broken], [(view, keys)])
    tag = edit._replace(replacement="{{#A}}")
    with pytest.raises(VerificationError, match="can't be read"):
        service_spec_proof.prove(text, [tag], [(view, keys)])


def test_a_name_that_only_one_combination_makes_a_network_is_found() -> None:
    text = pod("    networks:\n{{^B}}\n    user: x\n{{/B}}\n{{#C}}\n    rlimits:\n{{/C}}\n      dcos: {}\n")
    assert migrated(text).rules() == ["shared-network-name"]


def test_repeated_networks_of_one_pod_are_all_looked_at() -> None:
    text = pod("{{#D}}\n    networks:\n{{/D}}\n    networks:\n      dcos:\n")
    assert migrated(text).text == text.replace("dcos", "calico")


def test_two_names_in_one_key_are_not_guessed_at() -> None:
    text = pod("    networks:\n      {{#A}}dcos{{/A}}{{#B}}calico{{/B}}:\n")
    outcome = migrated(text)
    assert outcome.text == text
    assert {"shared-network-name", "composed-network-name"} & set(outcome.rules())


_lines = st.sampled_from(
    [
        "    networks:",
        "    networks:",
        "    rlimits:",
        "    container:\n      networks:",
        "    user: dcos",
        "    tasks: |\n      networks:\n        dcos:",
        "      dcos:",
        "      'dcos': {}",
        "        dcos: {}",
        "      calico:",
        "      other: {labels: 'dcos:x'}",
        "      {{NET}}:",
        "      {{^NET}}dcos{{/NET}}{{NET}}:",
    ]
)
_blocks = st.lists(st.tuples(st.sampled_from(["", "", "#A", "^A", "#B", "^B", "#C"]), _lines), max_size=9)


@given(_blocks)
def test_no_setting_shows_another_change_or_an_old_name_that_was_passed_over(
    blocks: list[tuple[str, str]],
) -> None:
    from itertools import product

    from calico_migrate.mustache import scheduler, settings, tokens
    from calico_migrate.package.specification import yaml_places
    from calico_migrate.package.specification.networks import pods
    from calico_migrate.package.specification.views import View

    text = pod("")
    for mark, line in blocks:
        text += f"{{{{{mark}}}}}\n{line}\n{{{{/{mark[1:]}}}}}\n" if mark else f"{line}\n"
    try:
        outcome = migrated(text)
    except InputError:
        return
    before, after = tokens.parse(text), tokens.parse(outcome.text)
    edited = {(edit.start, edit.end) for edit in outcome.edits}
    staying = any(
        finding.severity.value == "error" or finding.rule == "hidden-template-text"
        for finding in outcome.plan.findings
    )
    for flags in product([False, True], repeat=4):
        environment = {name: f"x{name}" for name, on in zip(["A", "B", "C", "NET"], flags, strict=True) if on}
        rendering = scheduler.render(before, environment)
        try:
            document = yaml_places.compose(rendering.text)
        except yaml_places.YamlError:
            continue
        view = View(settings.Setting("", frozenset(environment)), environment, rendering, document)
        renamed = {}
        for key in (key for one in pods(view) for key in one.networks):
            if key.origin is not None and key.origin.span in edited:
                renamed[id(key.node)] = "calico"
            else:
                assert key.name != "dcos" or staying
        changed = yaml_places.compose(scheduler.render(after, environment).text)
        assert yaml_places.same_tree(document.root, changed.root, renamed)


_pods = st.lists(
    st.tuples(
        st.sampled_from(["dcos", "calico", "dcos6", "mesos-bridge", "{{NET}}", '"dcos"']),
        st.sampled_from(["", "A", "^A", "B"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=5,
)


@given(_pods, st.sampled_from(["\n", "\r\n"]))
def test_generated_specifications_change_exactly_at_their_networks(
    chosen: list[tuple[str, str, bool]], newline: str
) -> None:
    before, after = ["name: dcos", "pods:"], ["name: dcos", "pods:"]
    for number, (name, section, flow) in enumerate(chosen):
        for lines, key in (
            (before, name),
            (after, name if name == "dcos6" else name.replace("dcos", "calico")),
        ):
            lines += [f"  dcos{number}:", "    user: dcos"]
            if section:
                lines.append("{{" + (section if section[0] == "^" else "#" + section) + "}}")
            if flow:
                lines.append(f"    networks: {{ {key} : {{labels: 'dcos:x'}}}}")
            else:
                lines += ["    networks:", f"      {key}:  # dcos", "        labels: 'dcos:x'"]
            if section:
                lines.append("{{/" + section.lstrip("^") + "}}")
    outcome = migrated(newline.join(before))
    assert outcome.text == newline.join(after)
