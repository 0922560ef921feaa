"""Who looks at an address sees what the rule pack leaves them."""

import pytest

from yinji import law
from yinji.deid import Part, Policy, mask_address
from yinji.kernel.faults import Misuse
from yinji.law.force import every_name, every_version

ADDRESS = "浙江省杭州市余杭区仓前街道测试路12号青枫花园3栋2单元5楼501室"


@pytest.mark.parametrize(
    ("policy", "shown"),
    [
        (Policy.SCREEN, "浙江省杭州市余杭区仓前街道测试路12号青枫花园3栋***5楼****"),
        (Policy.LABEL, "浙江省杭州市余杭区仓前街道测试路12号青枫花园3栋*********"),
        (Policy.STRICT, "浙江省杭州市余杭区仓前街道测试路12号青枫花园***********"),
        (Policy.ROUTE, "浙江省杭州市余杭区仓前街道*********************"),
    ],
)
def test_each_policy_shows_what_it_says(policy: Policy, shown: str) -> None:
    assert mask_address(ADDRESS, policy).text == shown
    assert mask_address(ADDRESS, policy.value).text == shown


@pytest.mark.parametrize(
    ("text", "label", "strict"),
    [
        ("团结村5组6号", "团结村5组6号", "团结村5组**"),
        ("测试路88弄12号501室", "测试路88弄12号****", "测试路88弄*******"),
        ("云杉大厦5楼", "云杉大厦5楼", "云杉大厦**"),
        ("测试路12号", "测试路12号", "测试路12号"),
    ],
)
def test_strict_hides_building_floor_and_village_house(text: str, label: str, strict: str) -> None:
    assert mask_address(text).text == label
    assert mask_address(text, Policy.STRICT).text == strict


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("新疆石河子市149团3连", "新疆石河子市******"),
        ("測試路1號", "*****"),
        ("台北市大安區測試路1號", "台北市大安區*****"),
        ("测试镇测试路1号", "********"),
        ("王小明，浙江省杭州市测试路1号", "***************"),
        ("浙江省杭州市", "浙江省杭州市"),
    ],
)
def test_a_route_shows_divisions_and_town_and_hides_all_where_it_cannot_tell_them(text: str, shown: str) -> None:
    assert mask_address(text, Policy.ROUTE).text == shown


def test_each_policy_is_a_rule_that_names_known_parts() -> None:
    manners = {"floor-beside", "behind"}
    for policy in Policy:
        names = every_name(f"mask-address-{policy}")
        assert names
        assert names - manners <= set(Part)


def test_a_policy_is_shown_as_a_proposal_of_the_house() -> None:
    rules = [rule for rule in every_version() if rule.id.startswith("mask-address-")]
    assert len(rules) == len(Policy)
    assert all(rule.weight is law.Weight.HOUSE for rule in rules)
    assert all(", ".join(rule.names) in law.rules_page() for rule in rules)


def test_another_policy_is_misuse() -> None:
    with pytest.raises(Misuse, match="label, strict, screen, route"):
        mask_address(ADDRESS, "all")
