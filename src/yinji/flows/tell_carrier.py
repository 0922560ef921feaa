"""Whose labels these are, as anybody may read on them: name and hotline."""

from __future__ import annotations

from typing import NamedTuple

from yinji.flows.house import House


class Carrier(NamedTuple):
    """The organisation that runs this node, and its hotline ("" where none is set)."""

    name: str
    hotline: str


def tell_carrier(house: House) -> Carrier:
    """Return what every label of this node says of its carrier."""
    name = next(org.name for org in house.access.orgs() if org.ref == house.node.org)
    return Carrier(name, house.settings.hotline)
