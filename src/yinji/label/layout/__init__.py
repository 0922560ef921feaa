"""Label templates: declared in millimetres out of zones; one-ply, two-ply, return labels and the collection slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.label.layout import one_ply, slip, two_ply
from yinji.label.layout.epaper import PANELS

if TYPE_CHECKING:
    from yinji.label.layout.template import Template

TEMPLATES: Final[dict[str, Template]] = {
    template.name: template
    for template in (one_ply.ONE_PLY, two_ply.SHORT, two_ply.LONG, one_ply.RETURN, two_ply.RETURN, slip.SLIP)
}


def sizes() -> tuple[str, ...]:
    """Return the sizes a label can be printed in, width x height in millimetres, with its kind where it is another one."""
    return tuple(TEMPLATES)


def panels() -> tuple[str, ...]:
    """Return the panels of electronic paper a label can be shown on, width x height in dots."""
    return tuple(PANELS)


def template_of(size: str) -> Template:
    """Return the template of a size; raises Fault(LABEL_SIZE_UNKNOWN), which names the sizes there are."""
    if (template := TEMPLATES.get(size) or PANELS.get(size)) is None:
        raise Fault(Refusal.LABEL_SIZE_UNKNOWN, at=f"{size} ({', '.join((*sizes(), *panels()))})")
    return template
