"""Saved views at the console: kept, opened, tended, shared; days stay relative; what was looked for is never kept."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.simulators.node import LI, ZHAO
from tests.web.conftest import Site
from tests.web.test_waybill_pages import LIST, issued, sent, signed_in
from yinji.access.model import Post
from yinji.flows.list_waybills import list_waybills
from yinji.kernel.clock import beijing_day

VIEWS = f"{LIST}/views"


def saved(site: Site, name: str = "今日已制单", **parts: str) -> str:
    """The path of the page of a view that was saved from the waybills' page."""
    answer = sent(site, VIEWS, name=name, **({"days": "today", "state": "issued"} | parts))
    assert answer.status_code == 303, answer.text
    return f"{VIEWS}/{answer.headers['location'].rpartition('=')[2]}"


def opened(path: str) -> str:
    return f"{LIST}?view={path.rpartition('/')[2]}"


def chosen(page: str, name: str) -> str:
    """The value of a filter's field as the page shows it."""
    found = re.search(rf'<select id="{name}".*?<option value="([^"]*)" selected', page, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_view_is_saved_listed_and_opened_with_a_link(site: Site, language: str) -> None:
    number, _ = issued(site)
    signed_in(site)
    path = saved(site)
    listed = site.browser.get(LIST, headers={"accept-language": language}).text
    assert f'<a href="{opened(path)}">今日已制单</a>' in listed
    shown = site.browser.get(opened(path), headers={"accept-language": language})
    assert (chosen(shown.text, "days"), chosen(shown.text, "state")) == ("today", "issued")
    assert f'href="{opened(path)}" aria-current="page"' in shown.text
    assert number in shown.text
    manage = site.browser.get(VIEWS, headers={"accept-language": language}).text
    assert path in manage
    assert ("今天 · 已制单" if language == "zh" else "today · issued") in manage


def test_days_of_a_view_stay_counted_from_the_day_it_is_opened(site: Site) -> None:
    number, _ = issued(site)
    account = site.opened("desk-1", Post.OPERATIONS)
    site.sign_in(account)
    relative = saved(site, "today")
    today = str(beijing_day(site.world.clock.now_ms()))
    fixed = saved(site, "that day", days="own", first=today, last=today)
    assert number in site.browser.get(opened(relative)).text
    site.world.clock.pass_days(1)
    site.sign_in(account)
    assert number not in site.browser.get(opened(relative)).text
    shown = site.browser.get(opened(fixed)).text
    assert number in shown
    assert f'value="{today}"' in shown


def test_the_page_begins_with_the_view_that_was_chosen(site: Site) -> None:
    number, _ = issued(site)
    signed_in(site)
    path = saved(site, "作废", state="voided")
    assert number in site.browser.get(LIST).text
    assert sent(site, f"{path}/begin", begin="yes").status_code == 303
    assert number not in site.browser.get(LIST).text
    assert chosen(site.browser.get(LIST).text, "state") == "voided"
    assert number in site.browser.get(f"{LIST}?days=last-30").text, "the way around it"
    sent(site, f"{path}/begin")
    assert number in site.browser.get(LIST).text
    again = saved(site, "first at once", begin="yes", state="printed")
    assert f'href="{opened(again)}" aria-current="page"' in site.browser.get(LIST).text


def test_a_view_is_renamed_replaced_and_deleted(site: Site) -> None:
    signed_in(site)
    path, other = saved(site, "a"), saved(site, "b")
    assert sent(site, f"{path}/rename", name="c").status_code == 303
    assert ">c</a>" in site.browser.get(LIST).text
    taken = sent(site, f"{path}/rename", name="b")
    assert taken.status_code == 409
    assert "已有同名的视图" in taken.text
    changed = site.browser.get(f"{opened(path)}&days=last-7&kind=exempt").text
    assert f'action="{path}/replace"' in changed
    assert f'action="{path}/replace"' not in site.browser.get(opened(path)).text, "nothing to replace"
    assert sent(site, f"{path}/replace", days="last-7", kind="exempt").status_code == 303
    assert chosen(site.browser.get(opened(path)).text, "kind") == "exempt"
    assert sent(site, f"{path}/delete").status_code == 303
    gone = site.browser.get(opened(path))
    assert (gone.status_code, "没有这个视图" in gone.text) == (404, True)
    assert site.browser.get(opened(other)).status_code == 200


@pytest.mark.parametrize("name", [f"待办 {LI[1]}", "李女士的件", "3幢2单元501室", "QL10000000000011"])
def test_a_name_that_points_at_somebody_is_refused_with_a_remedy_and_not_kept(site: Site, name: str) -> None:
    signed_in(site)
    refused = sent(site, VIEWS, name=name, days="today")
    assert refused.status_code == 422
    assert "换一个不指向任何人的名称" in refused.text
    assert name not in unescape(refused.text)
    assert LI[1] not in site.log.getvalue()
    assert "还没有视图" in site.browser.get(VIEWS).text


def test_what_was_looked_for_cannot_be_saved(site: Site) -> None:
    signed_in(site)
    for field, value in (("text", LI[1]), ("phone", LI[1]), ("by", "phone"), ("merchant", "M"), ("number", "QL10000000000011")):
        refused = sent(site, VIEWS, **{"name": "found", "days": "today", field: value})
        assert refused.status_code == 422, field
        assert LI[1] not in refused.text
    assert sent(site, VIEWS, name="by outlet", outlet=ZHAO[1]).status_code == 422
    assert "不会保存" in site.browser.get(LIST).text, "and the page says so"
    with site.world.house.data.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM access_views").scalar() == 0


def test_a_shared_view_is_everybodys_who_works_there_and_only_operations_shares(site: Site) -> None:
    signed_in(site)
    path = saved(site, "滞留", parcel="stuck", share="yes")
    signed_in(site, Post.COMPLIANCE, "officer-1")
    assert "滞留（共享）" in site.browser.get(LIST).text
    assert chosen(site.browser.get(opened(path)).text, "parcel") == "stuck"
    theirs = site.browser.get(path).text
    assert "由同事共享" in theirs
    assert f'action="{path}/delete"' not in theirs
    assert f'action="{path}/begin"' in theirs
    for act in ("rename", "delete", "replace", "withdraw", "share"):
        assert sent(site, f"{path}/{act}", **act_values(act)).status_code in {403, 404}, act
    assert 'name="share"' not in site.browser.get(LIST).text
    assert sent(site, VIEWS, name="mine", days="today", share="yes").status_code == 403
    assert "mine" not in site.browser.get(VIEWS).text
    signed_in(site, Post.OPERATIONS, "desk-3")
    assert sent(site, f"{path}/rename", name="滞留件").status_code == 303, "what is shared is tended by operations"
    assert sent(site, f"{path}/delete").status_code == 303


def act_values(act: str) -> dict[str, str]:
    return {"rename": {"name": "x"}, "replace": {"days": "today"}}.get(act, {})


def test_another_accounts_own_view_is_as_unknown_as_none(site: Site) -> None:
    signed_in(site)
    path = saved(site)
    signed_in(site, code="desk-2")
    assert path not in site.browser.get(VIEWS).text
    for at in (path, opened(path), f"{VIEWS}/nothing", f"{LIST}?view=nothing"):
        assert site.browser.get(at).status_code == 404, at
    signed_in(site, Post.COURIER, "rider-1")
    for at in (VIEWS, path):
        assert site.browser.get(at).status_code == 403, at


def test_a_page_further_back_keeps_its_view_and_its_filter(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_waybills, "__kwdefaults__", {"before": None, "rows": 1})
    first, _ = issued(site, "T-1")
    site.world.clock.pass_ms(5)
    last, _ = issued(site, "T-2", ZHAO)
    signed_in(site)
    path = saved(site)
    shown = site.browser.get(opened(path)).text
    assert (last in shown, first in shown) == (True, False)
    (later,) = re.findall(r'href="(/console/waybills\?[^"]*before=[^"]*)"', shown)
    back: Any = site.browser.get(unescape(later))
    assert (last in back.text, first in back.text) == (False, True)
    assert f'href="{opened(path)}" aria-current="page"' in back.text
    assert chosen(back.text, "state") == "issued"


def test_the_filter_lets_a_merchant_through_alone(site: Site) -> None:
    number, _ = issued(site)
    signed_in(site)
    assert number in site.browser.get(f"{LIST}?of_merchant=M").text
    assert number not in site.browser.get(f"{LIST}?of_merchant=OTHER").text
    assert site.browser.get(f"{LIST}?of_merchant=%E6%9D%8E").status_code == 422


@pytest.mark.parametrize(("days", "there"), [("today", True), ("yesterday", False), ("last-7", True), ("this-month", True)])
def test_spans_of_days_are_counted_from_today(site: Site, days: str, there: bool) -> None:
    number, _ = issued(site)
    signed_in(site)
    assert (number in site.browser.get(f"{LIST}?days={days}").text) is there
