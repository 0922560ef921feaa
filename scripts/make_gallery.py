"""Write the gallery of the console's parts to a folder, in both languages and themes: `make_gallery.py build/gallery`.

Serve the folder to look at it (`python -m http.server -d build/gallery`): a sprite is not read from a file's address.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Final

from gallery.page import gallery

from yinji.kernel.said import Language

ROOT: Final = Path(__file__).parent.parent


def write(folder: Path) -> None:
    """Write four pages, the style sheet, the script, the icons and a label beside them."""
    shutil.copytree(ROOT / "src/yinji/doors/http/static", folder / "assets", dirs_exist_ok=True)
    (folder / "images").mkdir(exist_ok=True)
    shutil.copy(ROOT / "docs/images/label.png", folder / "images")
    for language in Language:
        (folder / f"{language}-light.html").write_text(gallery(language, "light"), encoding="utf-8")
        (folder / f"{language}-dark.html").write_text(gallery(language, "dark"), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
