"""`Private`: plaintext of a person, wrapped in the statement that parses it."""

from __future__ import annotations

from typing import Final, NoReturn

from yinji.kernel.faults import Misuse

HIDDEN: Final = "***"


class Private:
    """One text about a person that cannot print, compare, hash, copy or pickle itself.

    ``open`` is the only way to the text. ``tests/house`` lists the places that may call it: the vault, an adapter's
    last hop, and the one answer to a reveal.

    >>> f"calling {Private('13800001111')}"
    'calling ***'
    """

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        """Wrap ``text``; the caller keeps no other copy."""
        self.__text = text

    def open(self) -> str:
        """Return the plaintext. Every call site is read by ``tests/house/test_private.py``."""
        return self.__text

    @property
    def blank(self) -> bool:
        """True if there is nothing but white space inside; says nothing else about the text."""
        return not self.__text.strip()

    def __repr__(self) -> str:
        return f"Private({HIDDEN})"

    def __str__(self) -> str:
        return HIDDEN

    def __format__(self, spec: str) -> str:
        return HIDDEN

    def __eq__(self, other: object) -> NoReturn:
        raise Misuse("a Private is not compared: compare blind indexes or references")

    def __hash__(self) -> NoReturn:
        raise Misuse("a Private is no key: use a blind index or a reference")

    def __reduce__(self) -> NoReturn:
        raise Misuse("a Private does not leave its process: seal it")

    def __getstate__(self) -> NoReturn:
        raise Misuse("a Private does not hand out its state")

    def __copy__(self) -> NoReturn:
        raise Misuse("a Private is not copied")

    def __deepcopy__(self, memo: object) -> NoReturn:
        raise Misuse("a Private is not copied")
