from __future__ import annotations

from calico_migrate.policy.answering.grouping import group
from calico_migrate.policy.answering.titles import titles
from tests.migrate.policy.samples import app, cluster, policy


def test_groups_are_called_by_what_tells_them_apart() -> None:
    apps = [
        app("/a", {"team": "pay", "pci": "yes"}), app("/b", {"team": "pay", "pci": "yes"}),
        app("/c", {"team": "pay"}), app("/d", {"team": "pay", "x": "1"}), app("/e"), app("/f"), app("/g", {"team": "shop"}),
    ]  # fmt: skip
    documents = [policy("p", "pci == 'yes'", ingress=[]), policy("q", "team == 'pay'", ingress=[]),
                 policy("r", "team == 'shop'", ingress=[])]  # fmt: skip
    found = group([cluster(apps, documents)])
    assert titles(found) == ["pci=yes, team=pay (2)", "team=pay (2)", "no policy label (2)", "/g"]


def test_titles_differ_even_where_labels_do_not() -> None:
    apps = [app(f"/{name}", {"same": "yes"}) for name in "abcd"]
    documents = [policy("p", "has(same)", ingress=[])]
    found = group([cluster(apps, documents)])
    assert titles(found) == ["same=yes (4)"]
    assert len(set(titles([found[0], found[0]._replace(members=found[0].members[1:3])]))) == 2
