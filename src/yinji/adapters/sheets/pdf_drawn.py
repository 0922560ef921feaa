"""Whether a page draws more than texts and codes: pictures, or letters as outlines. Only then its pixels are read."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import pypdfium2.raw as pdfium_c

from yinji.adapters.sheets.limits import OBJECTS_MAX
from yinji.adapters.sheets.pdf_texts import Places
from yinji.adapters.sheets.pixels import share

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pypdfium2 as pdfium

    from yinji.label.inspection.model import Region

_SIDE_MIN: Final = 9.0  # points: a smaller picture holds no line of text
_CURVES_MIN: Final = 80
"""Curves of outlines: ten characters have so many; the discs and rounded corners of a label fewer."""

_SEGMENTS_MIN: Final = 1_500
"""Straight pieces: letters may be drawn without a curve, and then there are many."""

_LOOKED_AT: Final = 2_000  # pieces of one path of which curves are counted
_IN_A_CODE: Final = 0.6
_AS_LARGE: Final = 1.3
"""Times as wide or as high as the code: bars are read along a line, and drawn much higher than that."""

_KINDS: Final = (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING)


def too_much(page: pdfium.PdfPage) -> bool:
    """Say whether a page draws so much that drawing it would take minutes."""
    if pdfium_c.FPDFPage_CountObjects(page) > OBJECTS_MAX:
        return True
    return next(islice(page.get_objects(), OBJECTS_MAX, None), None) is not None


def drawn_besides(page: pdfium.PdfPage, codes: Sequence[Region]) -> bool:
    """Say whether there is something on a page that only its pixels tell."""
    places, points = Places(page), max(page.get_size())
    segments, curves = 0, 0
    for each in page.get_objects(filter=_KINDS):
        region = places.region(*each.get_bounds())
        if any(_draws(region, code) for code in codes):
            continue
        if each.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            if min(region.right - region.left, region.bottom - region.top) * points >= _SIDE_MIN:
                return True
        elif each.type == pdfium_c.FPDF_PAGEOBJ_PATH:
            segments += pdfium_c.FPDFPath_CountSegments(each)
            curves += _curves(each)
            if curves >= _CURVES_MIN or segments >= _SEGMENTS_MIN:
                return True
    return False


def _curves(path: pdfium.PdfObject) -> int:
    pieces = range(min(pdfium_c.FPDFPath_CountSegments(path), _LOOKED_AT))
    return sum(
        pdfium_c.FPDFPathSegment_GetType(pdfium_c.FPDFPath_GetPathSegment(path, at)) == pdfium_c.FPDF_SEGMENT_BEZIERTO
        for at in pieces
    )


def _draws(region: Region, code: Region) -> bool:
    """Say whether what is drawn is a part of a code, or the code itself, of which less was seen."""
    if share(region, code) > _IN_A_CODE:
        return True
    wide = region.right - region.left <= _AS_LARGE * (code.right - code.left)
    high = region.bottom - region.top <= _AS_LARGE * (code.bottom - code.top)
    return share(code, region) > _IN_A_CODE and (wide or high)
