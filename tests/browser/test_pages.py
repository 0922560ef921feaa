"""Every page in both languages, both themes, wide and narrow: complete, legible, in one language, usable by everybody."""

from __future__ import annotations

import pytest
from litestar.serialization import encode_json

from tests.browser.conftest import Open
from tests.browser.scenes import NO_PAGES, SCENES, Scene, routes_of
from tests.browser.served import CONTENTS, PEOPLE, REMARKS, SETTINGS, Node
from tests.browser.sights import barred, begun, strayed, too_wide
from tests.browser.uploading import BROKEN
from tests.browser.ways import VIEW_NAME
from tests.simulators.node import CHARTER, LOOK
from yinji.settings import Settings

pytestmark = pytest.mark.xdist_group("browser")

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
DATA = "|".join(
    (
        *(text for person in PEOPLE for text in person),
        *CONTENTS,
        *REMARKS,
        BROKEN,
        SETTINGS,
        VIEW_NAME,
        repr(CHARTER),
        repr(LOOK),
        repr(Settings()),
        "茶与山商行",
        "上海市浦东新区张江镇示例路88号2栋301室",
    )
)
"""What the invented node's people wrote: shown as it was written, whatever the page's language."""

LOOKS = {
    "zh": (("dark", NARROW), ("light", WIDE)),
    "en": (("light", WIDE), ("dark", NARROW)),
}
"""In which looks a page is measured; in the last one it is given to axe: between them the languages cover both themes and widths."""

READ_IN = {scene.name: ("zh", "en")[place % 2] for place, scene in enumerate(SCENES)}
"""In which language axe reads a page: its rules are about the markup, which both languages share, and a reading takes half a second."""


def api_words(node: Node) -> str:
    """What the API's document says, in English as every OpenAPI document: its page shows it in any language."""
    return str(encode_json(node.app.openapi_schema.to_schema()), "utf-8").replace('\\"', '"')


def test_every_route_has_a_scene_or_a_reason(node: Node) -> None:
    known = {scene.route for scene in SCENES} | NO_PAGES.keys()
    assert routes_of(node.app) == known


SHOWN = [
    (scene, language)
    for place, scene in enumerate(SCENES)
    for language in ("zh", "en")
    if READ_IN[scene.name] == language or scene.route not in {former.route for former in SCENES[:place]}
]
"""Every page in both languages; further states of a page in one, by turns."""


@pytest.mark.parametrize(("scene", "language"), SHOWN, ids=[f"{scene.name}-{language}" for scene, language in SHOWN])
def test_a_page_is_whole_in_both_themes_and_widths(scene: Scene, language: str, kept: Open, node: Node) -> None:
    seen = kept(scene.account, language)
    page = seen.page
    page.set_viewport_size(WIDE)
    scene.way(seen)
    assert seen.status == scene.status
    assert begun(page, language) == []
    assert strayed(page, language, DATA if language == "en" else api_words(node)) == []
    for theme, size in LOOKS[language]:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size(size)
        assert too_wide(page) == [], theme
    if READ_IN[scene.name] == language:
        assert barred(page) == []
    assert seen.wrong == []
