"""Pictures of every page, to be looked at: `python -m tests.browser.shoot var/shots [name …]`.

Each scene at 1440, 1024 and 390 pixels, in both languages and both themes, as `name.language.theme.width.png`.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import product
from pathlib import Path

from tests.browser.chromium import chromium
from tests.browser.scenes import SCENES
from tests.browser.served import furnished, serving
from tests.browser.watching import LOCALES, Window, opened

WIDTHS = {1440: 900, 1024: 768, 390: 844}
THEMES = ("light", "dark")


def shoot(window: Window, folder: Path, name: str) -> None:
    """Take the six pictures of what a window shows."""
    for theme, (width, height) in product(THEMES, WIDTHS.items()):
        window.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        window.page.set_viewport_size({"width": width, "height": height})
        window.page.screenshot(path=folder / f"{name}.{window.language}.{theme}.{width}.png", full_page=True)


def main(folder: Path, names: set[str]) -> None:
    """Take the pictures of all scenes, or of those named."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, serving(furnished(Path(home) / "node")) as node, chromium() as browser:
        kept = {"": None}
        for code in node.secrets:
            window = opened(browser, node)
            window.sign_in(code)
            kept[code] = window.context.storage_state()
            window.context.close()
        for scene, language in product(SCENES, LOCALES):
            if names and scene.name not in names:
                continue
            window = opened(browser, node, language, storage_state=kept[scene.account])
            scene.way(window)
            shoot(window, folder, scene.name)
            window.context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), set(sys.argv[2:]))
