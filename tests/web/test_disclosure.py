"""Combined disclosure, by rendering: each channel is really drawn, searched for every place of a person, and compared with what it says
it shows. A channel that shows more than it declares fails here, and a union that hides too little fails its rule.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random

import pytest
from litestar.testing import TestClient
from pypdfium2 import PdfDocument

from tests.simulators.node import LOOK, make_world, press
from tests.simulators.recovering import invented, recovered, texts_of
from tests.web.conftest import Site
from tests.web.test_orders import order
from tests.web.test_tracking import asked
from tests.web.test_waybill_pages import LIST, sent, signed_in
from tests.web.test_waybills import Desk
from yinji.access.api_keys.model import Scope
from yinji.doors.http.app import make_app
from yinji.doors.http.console.waybill_disclosure import drawn
from yinji.doors.http.observing import Metrics, make_log
from yinji.doors.intake.presets.shelf import presets
from yinji.doors.intake.ship_back import Sent, ShipBack
from yinji.flows.print_again import AgainReason, print_labels
from yinji.flows.set_sender import set_sender
from yinji.flows.tell_disclosure import tell_disclosure
from yinji.kernel.ids import show_ref
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.label.disclosure.channels import CHANNELS, PLIES
from yinji.label.disclosure.model import (
    Audience,
    Channel,
    Disclosure,
    Manner,
    Member,
    Part,
    Places,
    Who,
    joined_places,
    picture,
)
from yinji.label.fonts import find_fonts
from yinji.label.passed import Label
from yinji.label.press import Press
from yinji.waybill.model import Waybill

PERSONS = 6
Person = tuple[str, str, str]


@dataclass
class Case:
    """A waybill of invented people, what is declared of it, and its label as it was issued."""

    people: dict[Part, str]
    bill: Waybill
    told: Disclosure
    label: Label


def people_of(who: Who, person: Person) -> dict[Part, str]:
    return {Part(who, member): value for member, value in zip(Member, person, strict=True)}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all: nothing here changes what another looks at."""
    world = make_world(tmp_path_factory.mktemp("disclosure") / "node")
    log, metrics = io.StringIO(), Metrics()
    app = make_app(world.house, log=make_log(log), metrics=metrics)
    with TestClient(app) as browser:
        yield Site(world, app, log, metrics, browser)


@pytest.fixture(scope="module")
def cases(site: Site) -> list[Case]:
    sender, *others = invented(Random(31), 2 * PERSONS + 1)  # noqa: S311 - invented people
    assert set_sender(site.world.house, Party(*map(Private, sender))) == ()
    recipients, hands = others[:PERSONS], others[PERSONS:]
    orders = [
        replace(site.world.order(f"D-{at}", person), collected_at=Private(hand[2]), handed_by=Private(hand[0]))
        for at, (person, hand) in enumerate(zip(recipients, hands, strict=True))
    ]
    outcome = site.world.issue(orders)
    assert not outcome.refused
    found = []
    for person, hand, label in zip(recipients, hands, outcome.labels, strict=True):
        bill = site.world.house.register.find(site.world.house.node.org, label.number)
        assert isinstance(bill, Waybill)
        told = tell_disclosure(site.world.house, bill)
        assert isinstance(told, Disclosure)
        people = people_of(Who.RECIPIENT, person) | people_of(Who.SENDER, sender)
        people |= {Part(Who.HANDS, Member.NAME): hand[0], Part(Who.HANDS, Member.ADDRESS): hand[2]}
        found.append(Case(people, bill, told, label))
    return found


@cache
def press_of_size(size: str) -> Press:
    return Press(find_fonts(), size=size)


def found_in(case: Case, shown: Iterable[str]) -> dict[Part, Places]:
    texts = list(shown)
    every = {part: recovered(part.member, value, texts) for part, value in case.people.items()}
    return {part: places for part, places in every.items() if any(places)}


def differs(case: Case, channel: Channel, shown: Iterable[str]) -> list[str]:
    """What a channel shows and does not declare, and what it declares and does not show where it says that it shows a mask."""
    (row,) = [each for each in case.told.rows if each.channel is channel]
    seen = found_in(case, shown)
    wrong = []
    for part, value in case.people.items():
        nothing = (False,) * len(value)
        here, said = seen.get(part, nothing), row.shown.get(part, nothing)
        whole = channel.shows.get(part) is Manner.MASK and part.who is not Who.HANDS  # a place of pick-up is cut to its line
        if any(places and not declared for places, declared in zip(here, said, strict=True)) or (whole and here != said):
            wrong.append(f"{channel.id} {part.who} {part.member}: shows {picture(here)}, says {picture(said)}")
    return wrong


def channel(name: str) -> Channel:
    (found,) = [each for each in CHANNELS if each.id == name]
    return found


def labels_again(site: Site, case: Case, size: str) -> list[Label]:
    numbers = [case.bill.number]
    made, refused = print_labels(site.world.house, press_of_size(size), LOOK, numbers=numbers, again=AgainReason.SIZE)
    assert not refused
    return made


@pytest.mark.parametrize("size", PLIES)
def test_each_ply_of_each_template_shows_what_it_declares(site: Site, cases: list[Case], size: str) -> None:
    for case in cases:
        (label,) = labels_again(site, case, size)
        for place, ply in enumerate(label.plies, start=1):
            payloads = [code.payload for code in ply.codes]
            assert differs(case, channel(f"label-{size}-{place}"), [*ply.texts, *payloads]) == []


def test_the_label_as_issued_and_its_document_show_what_the_plies_declare(cases: list[Case]) -> None:
    for case in cases:
        assert differs(case, channel("label-76x130-1"), case.label.texts) == []
        document = PdfDocument(press().to_pdf([case.label]))
        text = "".join(document[0].get_textpage().get_text_bounded().split())
        assert differs(case, channel("label-76x130-1"), [text]) == []


def pages(site: Site, case: Case) -> Iterator[tuple[str, list[str]]]:
    """Every channel that is not a label, with what it shows of a waybill."""
    number, path = case.bill.number, f"{LIST}/{show_ref(case.bill.ref)}"
    phone = case.people[Part(Who.RECIPIENT, Member.PHONE)]
    desk = Desk(site, site.key(*Scope).text.open())
    yield "api-waybill", [desk.get(f"/waybills/{number}").text]
    yield "api-waybills", [desk.get("/waybills").text]
    yield "api-search", [desk.send("/waybills/search", purpose="solve", phone=phone).text]
    yield "page-label", [site.browser.get(f"/l/{case.label.token}").text]
    yield "page-tracking", [site.browser.get("/t").text, asked(site.browser, number, phone[-4:]).text]
    yield "file-shipped", list(shipped(number))
    signed_in(site, code="desk-pages")
    yield "console-waybills", list(texts_of(site.browser.get(LIST).text))
    yield "console-search", list(texts_of(sent(site, f"{LIST}/search", by="phone", text=phone, purpose="solve").text))
    yield "console-waybill", list(texts_of(site.browser.get(path).text))


def shipped(number: str) -> Iterator[str]:
    """The shipping form of every platform."""
    for preset in presets():
        out = io.StringIO()
        ShipBack(out, preset.shipped, carrier=LOOK.carrier).write([Sent("D-0", ("D-0-1",), (number,))])
        yield out.getvalue()


def test_each_page_answer_and_file_shows_what_it_declares(site: Site, cases: list[Case]) -> None:
    case = cases[0]
    shown = dict(pages(site, case))
    others = {each.id for each in CHANNELS if not each.label}
    assert others - shown.keys() == {"api-orders"}, "a channel that is declared is rendered here"
    assert [each for name, texts in shown.items() for each in differs(case, channel(name), texts)] == []
    everything = [text for texts in shown.values() for text in texts]
    assert_kept(case, found_in(case, everything))


def test_the_answer_to_orders_repeats_nobody(site: Site, cases: list[Case]) -> None:
    (person,) = invented(Random(7))  # noqa: S311 - invented people
    desk = Desk(site, site.key(*Scope).text.open())
    answer = desk.post(order("D-9", person), order("D-10", (person[0], "12", person[2])))
    assert "refused" in answer.text
    case = replace(cases[0], people=people_of(Who.RECIPIENT, person))
    assert found_in(case, [answer.text]) == {}


def assert_kept(case: Case, seen: dict[Part, Places]) -> None:
    """What was recovered from everything together is no more than the union that was told."""
    for union in case.told.of(Audience.ALL):
        places = seen.get(union.part, (False,) * len(union.shown))
        assert joined_places(places, union.shown) == union.shown, (union.part, picture(places), picture(union.shown))
    assert case.told.kept


@pytest.mark.parametrize(("language", "kept"), [("zh", "符合"), ("en", "kept")])
def test_the_page_of_a_waybill_says_what_shows_where_in_places(site: Site, cases: list[Case], language: str, kept: str) -> None:
    signed_in(site, code=f"desk-{language}")
    shown = site.browser.get(f"{LIST}/{show_ref(cases[0].bill.ref)}", headers={"accept-language": language}).text
    _, read = texts_of(shown)
    (union,) = [each for each in cases[0].told.of(Audience.ALL) if each.part == Part(Who.RECIPIENT, Member.PHONE)]
    assert drawn(union.shown) == "●******●●●●"
    for there in ("●******●●●●", kept, "GB/T 41833-2022"):
        assert there in read, there
    assert read.count(kept) >= len(cases[0].told.of(Audience.ALL))


def test_one_channel_with_another_mask_is_seen_and_breaks_the_union(cases: list[Case]) -> None:
    """The search and the rules, tried on a page that shows the first digits where all others show the last."""
    case = cases[0]
    phone = case.people[Part(Who.RECIPIENT, Member.PHONE)]
    page = json.dumps({"phone": phone[:3] + "****" + phone[-4:]})
    (wrong,) = differs(case, channel("page-tracking"), [page])
    assert "●●●····●●●●" in wrong
    assert differs(case, channel("page-tracking"), [f"tail {phone[-4:]}"])
    assert differs(case, channel("page-tracking"), [re.sub("^.", "", case.people[Part(Who.RECIPIENT, Member.NAME)])])
