"""Labels as dots: the same layout as the PDF, drawn for one print head at one bit a dot.

Holds: glyphs drawn once by FreeType (no other part of label imports Pillow), sheets of what is fixed, codes from tables, and
picture files (PNG, BMP) around the finished `Raster`.
Promises: bars and modules are whole dots where the PDF has them; same label, same bytes; true size in every file; nothing about
a person outside the dots; what is kept of glyphs is bounded.
Never: takes a text that was not linted and set; draws a grey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.kernel.lazily import lazily

if TYPE_CHECKING:
    from yinji.label.writers.raster.calibration import calibration_raster
    from yinji.label.writers.raster.pictures import PictureForm, bmp, picture, png
    from yinji.label.writers.raster.plotter import Plotter
    from yinji.label.writers.raster.raster import Raster

__all__ = ["PictureForm", "Plotter", "Raster", "bmp", "calibration_raster", "picture", "png"]

_WHERE = {
    "PictureForm": "pictures",
    "Plotter": "plotter",
    "Raster": "raster",
    "bmp": "pictures",
    "calibration_raster": "calibration",
    "picture": "pictures",
    "png": "pictures",
}

__getattr__ = lazily(__name__, _WHERE)
