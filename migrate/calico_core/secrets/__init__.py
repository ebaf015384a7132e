"""The one place that knows what is secret in text from elsewhere, and blots it out before it is shown.

Blotted out are the values of keys, variables and options whose name has a word such as password or token
(`is_secret_name`), user info in URLs, PEM blocks, JSON Web Tokens, and long runs of hex or base64. Ids,
pointers, paths, addresses, true, false, null and numbers stay, and so do the lines and their indentation, so
that a diff stays a diff. Blot a whole text before you cut it: half of a secret is not known for one.
"""

from calico_core.secrets.blotting import blotted, blotted_diff, blotted_value, secret_spans
from calico_core.secrets.names import BLOT, is_secret_name

__all__ = ["BLOT", "blotted", "blotted_diff", "blotted_value", "is_secret_name", "secret_spans"]
