"""How a person comes to a page, and what they press there."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.served import ZHAO
from tests.browser.uploading import BROKEN, hand_in
from tests.browser.watching import Window

Way = Callable[[Window], object]

VIEW_NAME = "早班要看的"


def at(path: str) -> Way:
    """By its address."""
    return lambda window: window.go(path)


def refused_sign_in(window: Window) -> None:
    window.go("/console/sign-in")
    window.page.fill("#account", "nobody-here")
    window.page.fill("#secret", "not-a-secret")
    window.send("form[action='/console/sign-in'] button")


def found(by: str, text: str) -> Way:
    def way(window: Window) -> None:
        window.go("/console/waybills")
        window.page.select_option("#by", by)
        window.page.fill("#text", text)
        window.send("form[action='/console/waybills/search'] button")

    return way


def bill(key: str, rest: str = "") -> Way:
    return lambda window: window.go(window.node.bill(key) + rest)


def revealed(purpose: str, view: str) -> Way:
    def way(window: Window) -> None:
        window.go(window.node.bill("on-its-way"))
        window.page.select_option("#purpose", purpose)
        window.page.select_option("#view", view)
        window.send("form[action$='/reveal'] button")

    return way


def void_refused(window: Window) -> None:
    window.go(window.node.bill("delivered"))
    window.page.click("details:has(form[action$='/void']) summary")
    window.send("form[action$='/void'] button")


def pressed(path: str, form: str) -> Way:
    def way(window: Window) -> None:
        window.go(path)
        window.send(f"form[action='{form}'] button")

    return way


def asked(key: str) -> Way:
    def way(window: Window) -> None:
        window.go("/console/delivery")
        window.page.fill("#number", window.node.numbers.get(key, key))
        window.send("form[action='/console/delivery'] button[type=submit]")

    return way


def first_entry(window: Window) -> None:
    window.go("/console/ledger/data")
    window.send("ol.timeline a")


def handed_in(window: Window) -> None:
    hand_in(window, BROKEN, "orders.csv")


def issued(window: Window) -> None:
    hand_in(window, BROKEN, "orders.csv")
    window.send("form[action$='/start'] button")
    window.page.wait_for_selector(".callout.done")


def file_refused(window: Window) -> None:
    hand_in(window, "no,such,columns\n1,2,3\n", "other.csv")


def upload_refused(window: Window) -> None:
    window.go("/console/issue")
    window.page.evaluate("() => { document.querySelector('#size').options[0].value = '1x1' }")
    hand_in(window, BROKEN, "orders.csv", fresh=False)


def tracked(key: str, digits: str) -> Way:
    def way(window: Window) -> None:
        window.go("/t")
        window.page.fill("#number", window.node.numbers.get(key, key))
        window.page.fill("#digits", digits)
        window.send("form[action='/t'] button")

    return way


def sheet(text: str) -> bytes:
    """A document of one page with one line on it."""
    drawn = f"BT /F 12 Tf 20 380 Td ({text}) Tj ET"
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 283 425]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        f"4 0 obj<</Length {len(drawn)}>>stream\n{drawn}\nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ).encode()


def checked(path: str, content: bytes) -> Way:
    def way(window: Window) -> None:
        window.go(path)
        file = {"name": "label.pdf", "mimeType": "application/pdf", "buffer": content}
        window.page.locator("input[name=label]").first.set_input_files(files=[file])
        window.send(f"form[action='{path}'] button >> nth=0")

    return way


def tried(phone: str) -> Way:
    def way(window: Window) -> None:
        window.go("/console/templates/76x130")
        window.page.fill("#phone", phone)
        window.send("form[data-try] button.primary")

    return way


def nothing_tried(window: Window) -> None:
    window.go("/console/templates/76x130")
    window.page.fill("#phone", "13700007251")
    window.page.evaluate("() => { document.querySelector('form[data-try]').action += '/tried.pdf' }")
    window.send("form[data-try] button.primary")


def measured(down: str) -> Way:
    def way(window: Window) -> None:
        window.go("/console/templates/calibration")
        window.page.fill("#across", "60")
        window.page.fill("#down", down)
        window.send("form[action*='/calibration'] button")

    return way


def printed_here(window: Window) -> None:
    window.go(window.node.bill("on-its-way"))
    window.page.click("details:has(form[action$='/again']) summary")
    window.send("button[formaction$='/again/print']")


def view_saved(name: str) -> Way:
    def way(window: Window) -> None:
        window.go("/console/waybills?state=issued")
        window.page.click("details:has(form[action$='/views']) summary")
        window.page.fill("form[action$='/views'] #name", name)
        window.send("form[action$='/views'] button")

    return way


def views(window: Window) -> None:
    window.go("/console/waybills/views")
    if not window.page.locator("table").count():
        view_saved(VIEW_NAME)(window)
        window.go("/console/waybills/views")


def one_view(window: Window) -> None:
    views(window)
    window.send("table a")


def rename_refused(window: Window) -> None:
    one_view(window)
    window.page.fill("#name", ZHAO[1])
    window.send("form[action$='/rename'] button")
