"""The `__main__` of the single file: says which Python is needed where an older one opens it, else runs.

Written in the grammar that Python 2.7 and 3.6 share, so that those can say it.
"""

import sys

NEEDED = (3, 10)

if sys.version_info < NEEDED:
    sys.stderr.write(
        "calico-migrate: this is Python {}.{}, and the program needs Python {}.{} or later; there is no "
        "way around that, but the files can be worked on elsewhere: copy them to a machine that has it, and "
        "the results back.\n".format(sys.version_info[0], sys.version_info[1], *NEEDED)
    )
    sys.exit(2)

from calico_migrate.__main__ import command  # noqa: E402

command()
