"""The schema as the rooms declare it."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from sqlalchemy import MetaData
from tests.house.tree import code


@cache
def schema() -> MetaData:
    """The shared catalogue, after every room has brought its tables."""
    from yinji.db.schema import METADATA  # noqa: PLC0415 - loaded with the rooms that fill it

    for source in code():
        if source.path.startswith("yinji/") and source.path.endswith("/store.py"):
            import_module(source.module)
    return METADATA
