"""Who acts, and from where."""

from __future__ import annotations

from dataclasses import dataclass

from yinji.kernel.ids import Ref


@dataclass(frozen=True, slots=True)
class Actor:
    """An account that acts at a post of an organisation, from a node.

    ``account`` and ``org`` are random references: evidence names nobody. ``post`` is the post's code, ``where`` the
    node or terminal, both without any personal name.
    """

    account: Ref
    org: Ref
    post: str
    where: str
