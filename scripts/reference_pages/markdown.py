"""The few shapes that every page is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def page(title: str, made_from: str, *parts: str) -> str:
    """Return a page that ends in one line feed; it begins by saying what it is made from."""
    head = f"# {title}\n\nMade from `{made_from}` by `make docs`; edit that, never this page."
    return "\n\n".join([head, *(part.strip("\n") for part in parts)]) + "\n"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a bar inside a cell is escaped."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(text: str) -> str:
    """Return ``text`` set as code; nothing for nothing."""
    return f"`{text}`" if text else ""
