"""``diagnose``: judges a DC/OS diagnostics bundle for Calico.

Data flows one way: `bundle` reads the forms of bundles and gives items back to their nodes, `parsing` has a
parser for each format, `estate` is the cluster as the bundle shows it, `rules` judge it, and `report` folds
what they found. Nothing is extracted, and no network is asked.
"""
