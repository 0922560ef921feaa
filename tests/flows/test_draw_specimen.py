"""Specimens of every size, and what is tried on them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from tests.simulators.node import World
from yinji.flows.draw_specimen import INVENTED, draw_specimen
from yinji.flows.try_template import Switch, Trial, try_template, usual_trial
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.label.finished import finished
from yinji.label.fonts import find_fonts
from yinji.label.layout import sizes
from yinji.label.passed import Label
from yinji.label.press import Press

_PHONE_RUN = 6


@cache
def press_of_size(size: str) -> Press:
    return Press(find_fonts(), size=size)


def tried(world: World, size: str, *switches: Switch, **texts: str) -> tuple[Label | None, list[tuple[str, str]]]:
    trial: Trial = replace(
        usual_trial(world.house, size), switches=frozenset(switches), **{name: Private(text) for name, text in texts.items()}
    )
    answer = try_template(world.house, press_of_size(size), size, trial)
    return answer.label, [(each.rule, each.where) for each in answer.findings]


def shown(label: Label) -> str:
    return "\n".join(re.sub(r"\s", "", text) for ply in finished(label) for text in ply.texts)


def test_every_size_has_a_specimen_that_passes_and_shows_none_of_its_persons(world: World) -> None:
    for size in sizes():
        label = draw_specimen(world.house, press_of_size(size), size)
        assert isinstance(label, Label), (size, label)
        assert label.draft.specimen
        text = shown(label)
        for name, phone, address in INVENTED.values():
            digits = "".join(filter(str.isdigit, phone))
            assert name not in text, size
            assert address not in text, size
            assert not [at for at in range(len(digits) - _PHONE_RUN + 1) if digits[at : at + _PHONE_RUN] in text], size


def test_every_switch_gives_a_specimen_that_says_it(world: World) -> None:
    says = {
        Switch.PACKAGES: "2/3",
        Switch.GOODS: "代收货款",
        Switch.FREIGHT: "到付",
        Switch.INSURED: "保价",
        Switch.UNSORTED: "人工分拣",
        Switch.ACTS: "已验视",
        Switch.REPRINT: "补打1",
        Switch.EXEMPT: "豁免依据草案",
    }
    usual, _ = tried(world, "76x130")
    assert usual
    for switch, words in says.items():
        label, found = tried(world, "76x130", switch)
        assert label, (switch, found)
        assert label.draft.specimen
        assert words in shown(label)
        assert words not in shown(usual)
    for size in sizes():
        assert tried(world, size, *says)[0], size
    label, _ = tried(world, "76x130", Switch.VIRTUAL, phone="17012345678")
    assert label
    assert "17012345678" in shown(label)


@pytest.mark.parametrize("size", ["76x130", "100x150"])
def test_what_shows_a_person_becomes_no_label_whoever_typed_it(world: World, size: str) -> None:
    name, phone, address = INVENTED[PartyRole.RECIPIENT]
    label, found = tried(world, size, name=name, phone=phone, address=address)
    assert label is None
    assert {where for _, where in found} >= {"recipient.name", "recipient.phone", "recipient.address"}
    assert ("house-leak-probe", "recipient.name") in found
    label, found = tried(world, size, remark="电话13700007251")
    assert label is None
    assert found


def test_a_text_that_does_not_fit_is_refused_and_named(world: World) -> None:
    label, found = tried(world, "76x130-slip", contents="茶叶礼盒" * 18)
    assert label is None
    assert ("house-text-fits", "contents") in found


def test_an_exempt_specimen_shows_the_invented_recipient_and_not_what_was_typed(world: World) -> None:
    label, _ = tried(world, "76x130", Switch.EXEMPT, name="竺可念", phone="13700007251", address="浙江省杭州市西湖区")
    assert label
    assert INVENTED[PartyRole.RECIPIENT][0] in shown(label)
    assert "竺可念" not in shown(label)
    assert "13700007251" not in shown(label)
