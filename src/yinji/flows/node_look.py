"""What stands on every label of this node, whoever the parcel is for: looked up once, handed to each run."""

from __future__ import annotations

from yinji.flows.house import House
from yinji.flows.issue_model import Look
from yinji.flows.sorting_sources import sorting_of


def look_of(house: House) -> Look:
    """Return the node's look: its organisation's name and what its settings say; raises what a wrong sorting table raises."""
    settings = house.settings
    carrier = next(org.name for org in house.access.orgs() if org.ref == house.node.org)
    return Look(
        carrier,
        settings.product,
        settings.outlet,
        settings.hotline,
        settings.outlet_code,
        settings.courier,
        settings.return_outlet,
        settings.clause,
        sorting_of(settings.sorting_table),
    )
