"""Shell scripts, with heredocs and the bodies of requests.

Looks at ``*.sh`` and its relatives and at files that begin with a shell's name: variables and options whose
name has a network word, JSON in heredocs and behind ``-d``, the default of a variable.

Example:
    curl -X PUT "$URL/v2/apps/web" -d '{"networks": [{"mode": "container", "name": "dcos"}]}'

``dcos`` as the name of the command line program is a mention. Change the name by hand, or let the script send
what `calico-migrate marathon` made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.survey.around.context import context, default_of_placeholder
from calico_migrate.survey.kinds import is_comment
from calico_migrate.survey.names import has_network_word

if TYPE_CHECKING:
    from calico_migrate.survey.around.surroundings import Surroundings

_ENDINGS = (".sh", ".bash", ".zsh", ".ksh", ".fish", ".bats", ".ps1", ".bat", ".cmd")
_FIRST_LINE = re.compile(r"#!.*\b(?:ba|da|z|k|a|fi)?sh\b")
# `set NETWORK dcos`, `docker network inspect dcos`: a name behind a word that is a network's.
_COMMAND = re.compile(r"\bdocker\s+network\s+(?:connect|disconnect|create|inspect|rm)\b[^|;&\n]*\s[\"']?$")
_SET = re.compile(r"\bset\s+(?:-\w+\s+)*([A-Za-z_]\w*)\s+[\"']?$")


def matches(name: str, head: str) -> bool:
    """Whether the name or the first line is a shell script's."""
    return name.lower().endswith(_ENDINGS) or _FIRST_LINE.match(head) is not None


def is_network(around: Surroundings, start: int, end: int) -> bool:
    """Whether the name is the value of a network's variable, option or member."""
    if is_comment(around, start):
        return False
    before = around.before(start)
    if _COMMAND.search(before):
        return True
    set_variable = _SET.search(before)
    if set_variable is not None:
        return has_network_word(set_variable[1])
    return context(around, start, end).is_network or default_of_placeholder(around, start)
