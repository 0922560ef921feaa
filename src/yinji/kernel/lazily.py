"""A room's door hands its verbs on when they are asked for: importing ``rules`` must not load SQL, nor a mask the divisions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazily(room: str, where: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a room: each name is loaded from the part of the room that ``where`` gives, once.

    >>> __getattr__ = lazily(__name__, {"mask_name": "names"})  # doctest: +SKIP
    """

    def hand_on(name: str) -> Any:  # noqa: ANN401 - a room's verbs have many types
        if name not in where:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        found = getattr(import_module(f"{room}.{where[name]}"), name)
        setattr(sys.modules[room], name, found)
        return found

    return hand_on
