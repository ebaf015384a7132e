"""Calico 3.14 resources as calicoctl reads and refuses them."""

from __future__ import annotations
