"""Asks the ledger."""

NETWORK = "dcos"
CLI = "dcos"


def connect(api, password="not-for-the-wiki"):
    return api.container(network="dcos", password=password)
