"""The SVG around a chart: elements, escaping, percentages."""

from __future__ import annotations

from html import escape


class Drawing(str):
    """A finished SVG. Jinja asks for ``__html__`` and then does not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the SVG as it is: `element` escaped what was put in."""
        return str(self)


def element(name: str, inside: str = "", **attributes: str | float) -> str:
    """Return one element. ``inside`` is SVG already; attributes are escaped. ``class_`` and ``aria_label`` lose their underscores."""
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def said(name: str, text: str, **attributes: str | float) -> str:
    """Return an element around a text, which is escaped."""
    return element(name, escape(text), **attributes)


def percent(part: float) -> str:
    """Return a share of 1 as a percentage that SVG reads: 0.125 is 12.5%."""
    return f"{_number(round(part * 100, 3))}%"


def picture(*, title: str, description: str, inside: str, classes: str, height: int, key: str) -> Drawing:
    """Return the whole picture, as wide as its place, ``height`` CSS pixels high. ``key`` is unique within the page."""
    names = said("title", title, id=f"{key}-t") + said("desc", description, id=f"{key}-d")
    return Drawing(
        element(
            "svg",
            names + inside,
            class_=classes,
            width="100%",
            height=height,
            role="img",
            aria_labelledby=f"{key}-t {key}-d",
        )
    )


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else _number(value)


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
