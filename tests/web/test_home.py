"""The home page: what needs whoever is signed in, and the day's figures, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.simulators.node import LI, ZHAO
from tests.web.conftest import Site
from yinji.access.model import Post
from yinji.flows.tell_today import DAYS, Today, tell_today


def home(site: Site, language: str = "zh") -> str:
    return str(site.browser.get("/console", headers={"accept-language": language}).text)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ("今天", "要办的事", "今日运单", "单号存量", "隐私面单占比", "2 张面单从未打印")),
        (
            "en",
            (
                "Today",
                "What needs you",
                "Waybills today",
                "Stock of numbers",
                "Share of privacy waybills",
                "2 labels were never",
            ),
        ),
    ],
)
def test_the_day_is_told_in_both_languages(site: Site, language: str, said: tuple[str, ...]) -> None:
    site.world.issue([site.world.order("A1"), site.world.order("A2", ZHAO)])
    site.sign_in(site.opened("clerk-1", Post.OPERATIONS))
    page = home(site, language)
    for each in said:
        assert each in page
    assert '<svg class="chart line"' in page
    assert "100%" in page
    assert re.search(r"<table.*2026-11-", page, re.DOTALL), "the chart's figures stand beside it as a table"
    assert not any(text in page for text in (*LI, *ZHAO))
    assert "style=" not in page
    assert "<script>" not in page


def test_a_fresh_node_says_that_nothing_waits(site: Site) -> None:
    site.sign_in(site.opened("clerk-1", Post.OPERATIONS))
    assert "现在没有要办的事" in home(site)
    assert "尚无运单" in home(site)


def test_a_courier_is_shown_no_figures(site: Site) -> None:
    site.world.issue([site.world.order("A1")])
    site.sign_in(site.opened("courier-1", Post.COURIER))
    page = home(site)
    assert '<svg class="chart' not in page
    assert "今日运单" not in page
    assert "courier-1" in page


def test_the_days_have_no_gap_and_end_today(site: Site) -> None:
    site.world.issue([site.world.order("A1")])
    told = tell_today(site.world.house)
    assert isinstance(told, Today)
    days = [day for day, _ in told.days]
    assert len(days) == DAYS
    assert all((later - earlier).days == 1 for earlier, later in pairwise(days))
    assert (told.today.waybills, told.today.share, told.unprinted) == (1, 1.0, 1)
    site.world.clock.pass_ms(8 * 86_400_000)
    later = tell_today(site.world.house)
    assert isinstance(later, Today)
    assert (later.today.waybills, later.unprinted) == (0, 0)


def test_low_stock_and_a_missing_sender_are_told(site: Site) -> None:
    object.__setattr__(site.world.house.register, "_limits", _always_low(site))
    site.sign_in(site.opened("clerk-1", Post.OPERATIONS))
    assert "本组织 的单号只剩 100%" in home(site)


def _always_low(site: Site) -> object:
    return replace(site.world.house.register._limits, low_percent=100, emergency_percent=0)
