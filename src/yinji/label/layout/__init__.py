"""Label templates: declared in millimetres, one a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.label.layout.one_ply_76x130 import TEMPLATE as ONE_PLY_76X130

if TYPE_CHECKING:
    from yinji.label.layout.template import Template

TEMPLATES: Final[dict[str, Template]] = {template.name: template for template in (ONE_PLY_76X130,)}


def sizes() -> tuple[str, ...]:
    """Return the sizes a label can be printed in, width x height in millimetres."""
    return tuple(TEMPLATES)


def template_of(size: str) -> Template:
    """Return the template of a size; raises Fault(LABEL_SIZE_UNKNOWN), which names the sizes there are."""
    if (template := TEMPLATES.get(size)) is None:
        raise Fault(Refusal.LABEL_SIZE_UNKNOWN, at=f"{size} ({', '.join(sizes())})")
    return template
