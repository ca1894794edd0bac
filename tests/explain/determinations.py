"""Determinations made by hand: what the renderings are shown."""

from __future__ import annotations

from typing import Any

from exportctl.decide.determination import (
    Determination,
    DutyDue,
    Finding,
    OpenPoint,
    Reason,
    Revived,
    RuleBookUsed,
    Share,
)
from exportctl.explain.headline import headline
from exportctl.law.strict import Text

NO_61 = Text(en="No. 61 of 2025", zh="2025年第61号")
NO_18 = Text(en="No. 18 of 2025", zh="2025年第18号")
LIMB_1 = (NO_61, Text(en="Article 1(1)", zh="第一条第（一）项"))
LIMB_2 = (NO_61, Text(en="Article 1(2)", zh="第一条第（二）项"))
LIST_18 = (NO_18, Text(en="list of items", zh="物项清单"))


def reason(holds: str, **given: Any) -> Reason:
    plain = {
        "meaning": Text(en="it was made outside China", zh="在中国境外制造"),
        "words": "在境外制造",
        "fact": "item.made_in",
        "subject": "1",
        "value": "JP",
        "test": "is not CN",
    }
    return Reason(holds=holds, **{**plain, **given})


def by_share(holds: str, value: str | None, distance: str | None, **given: Any) -> Reason:
    return reason(
        holds,
        meaning=Text(
            en="Part 1 items of Chinese origin make up 0.1 % or more", zh="其中原产于中国的第一部分物项占0.1%及以上"
        ),
        words="价值比例达到0.1%及以上",
        fact="share.cn_part1",
        value=value,
        test="at least 0.001",
        distance=distance,
        **given,
    )


def finding(rule: str, provision: str, applies: str, **given: Any) -> Finding:
    plain = {
        "instrument": rule.rpartition(".")[0],
        "short": NO_18 if rule.startswith("mofcom-gac-2025-18") else NO_61,
        "provision_zh": f"{provision}条",
        "title": Text(en=f"What {provision} is about", zh=f"{provision}的内容"),
        "kind": "control",
        "item": "1",
        "items": ["1"],
        "law": "suspended",
        "law_note": "suspended from 2025-11-07 to 2026-11-10 by No. 70 of 2025",
        "law_note_zh": "根据2025年第70号自2025-11-07至2026-11-10暂停实施",
        "outcome": "licence_required",
        "codes": [],
        "contained": False,
        "bears_on": [],
        "lifted_by": None,
        "reviewed_by": [],
        "presumed": False,
        "evidence": "secondary",
        "reasons": [],
    }
    return Finding(rule=rule, provision=provision, applies=applies, **{**plain, **given})


def determination(outcome: str, certain: str, possible: str, deciding: list[Any], **given: Any) -> Determination:
    presumed = any(f.presumed for f in given.get("findings", []))
    plain = {
        "title": "Dysprosium magnet, Japan to Korea",
        "on": "2026-01-15",
        "known_on": None,
        "headline": headline(outcome, certain, possible, deciding, presumed, "2026-01-15"),
        "assumptions": ["one piece, where no quantity is given"],
        "assumptions_zh": ["未给出数量的，视为一件"],
        "warnings": [],
        "suspects": [],
        "readings": {},
        "evidence": "secondary",
        "law_checked_on": "2026-11-22",
        "findings": [],
        "open_points": [],
        "shares": [],
        "duties": [],
        "if_revived": None,
        "not_checked": ["export rules of other countries"],
        "not_checked_zh": ["其他国家和地区的出口规则"],
        "rulebook": RuleBookUsed(version="2026.11", sha256="0123456789abcdef" * 4),
        "engine": "0.1.0",
        "second_opinion": "agrees",
    }
    return Determination(outcome=outcome, certain=certain, possible=possible, **{**plain, **given})


SUSPENDED = determination(
    "suspended",
    "suspended",
    "suspended",
    [LIMB_1],
    readings={"denominator": "nearest"},
    warnings=["row 4: the components cost more than the item"],
    findings=[
        finding(
            "mofcom-2025-61.art-1-1",
            "Article 1(1)",
            "yes",
            codes=["61-P2-I-3"],
            reviewed_by=["mofcom-2025-61.art-4-logic"],
            reasons=[reason("yes"), reason("yes", subject="1.2"), by_share("yes", "0.0125", "0.0115")],
        ),
        finding(
            "mofcom-2025-61.art-1-2",
            "Article 1(2)",
            "no",
            items=[],
            reasons=[
                reason("yes"),
                by_share("no", "0.00095", "-0.00005"),
                reason("no", fact="item.chinese_technology", value="none", test="includes magnet-making"),
            ],
        ),
        finding("mofcom-gac-2025-18.list", "list of items", "no", item=None, items=[], law="in_force"),
        finding(
            "mofcom-2025-61.art-5-humanitarian",
            "Article 5",
            "no",
            kind="exemption",
            outcome="exempt",
            reasons=[reason("no", fact="end_use.purposes", value="civil", test="one of emergency-medical")],
        ),
        finding("mofcom-2025-61.art-4-logic", "Article 4", "yes", kind="review", outcome="case_by_case"),
    ],
    shares=[
        Share(
            item="1",
            description="sintered magnet | N52",
            denominator="1",
            readings={"denominator": "nearest"},
            numerator=("12.50", "12.50"),
            worth=("1000.00", "1000.00"),
            currency="USD",
            low="0.0125",
            high="0.0125",
            threshold="0.001",
            reaches="yes",
            break_even="1.00 USD of Chinese-origin content reaches the threshold",
            break_even_zh="原产于中国的内容价值达到1.00 USD即达到门槛",
        )
    ],
    if_revived=Revived(outcome="licence_required"),
)

NEEDS_FACTS = determination(
    "needs_facts",
    "no_requirement_found",
    "suspended",
    [],
    title="Motor with \x1b[31mred\x1b[0m magnet [bold]x[/bold] <img src=x> | `a`\u202e",
    known_on="2026-01-10",
    evidence=None,
    findings=[
        finding(
            "mofcom-2025-61.art-1-1",
            "Article 1(1)",
            "unknown",
            item="1.3",
            items=["1.3", "1.4"],
            contained=True,
            evidence="unseen",
            reasons=[
                by_share("unknown", "0..1/3", None),
                reason("unknown", value=None),
                reason("yes", fact="any", test="any", value=None),
            ],
        ),
        finding("mofcom-2025-61.art-1-3", "Article 1(3)", "unknown", law="unverified", law_note="", law_note_zh=""),
    ],
    open_points=[
        OpenPoint(
            kind="fact",
            id="item.origin",
            item="1.3",
            items=["1.3", "1.4"],
            description="magnet \x1b[31m[bold]hot[/bold]\x9b2J\nsecond line | <b>",
            why=["mofcom-2025-61.art-1-1"],
            question=Text(en="What is its country of origin?", zh="原产国或者地区是哪里？"),
            if_={"CN": "suspended", "other": "no_requirement_found"},
            weight=10,
        ),
        OpenPoint(
            kind="law",
            id="mofcom-2025-61",
            item=None,
            items=[],
            description="",
            why=[],
            question=Text(en="Did No. 61 of 2025 work again?", zh="2025年第61号是否已恢复实施？"),
            if_={"in_force": "licence_required", "suspended": "needs_facts"},
            weight=3,
        ),
    ],
    shares=[
        Share(
            item="1.3",
            description="magnet \x1b[31m[bold]hot[/bold]",
            denominator="1",
            readings=readings,
            numerator=("10.00", None),
            worth=None,
            currency=None,
            low="0",
            high=high,
            threshold="0.001",
            reaches="unknown",
            break_even=None,
            break_even_zh=None,
        )
        for readings, high in [({"numerator": "part-1-content"}, "1/3"), ({"numerator": "whole-part"}, "1")]
    ],
    second_opinion="unavailable",
)

EXEMPT = determination(
    "exempt",
    "exempt",
    "exempt",
    [LIMB_1, LIMB_2],
    findings=[
        finding(
            "mofcom-2025-61.art-1-1",
            "Article 1(1)",
            "yes",
            law="in_force",
            lifted_by=["mofcom-2025-61.art-5-humanitarian"],
            reasons=[by_share("yes", "0.001", "0")],
        ),
        finding("mofcom-2025-61.art-5-humanitarian", "Article 5", "yes", kind="exemption", outcome="exempt"),
    ],
    duties=[
        DutyDue(
            id="humanitarian-report",
            who="the exporter outside China",
            who_zh="境外出口经营者",
            when="within 10 working days after the export",
            when_zh="出口后10个工作日内",
            due="2025-10-28",
            provision="No. 61 of 2025, Article 5",
            provision_zh="2025年第61号第五条",
            evidence="secondary",
            text=Text(en="Report the export to the Ministry of Commerce.", zh="向商务部报告。"),
            arises="yes",
        )
    ],
)

PRESUMED = determination(
    "no_requirement_found",
    "no_requirement_found",
    "no_requirement_found",
    [LIST_18],
    findings=[
        finding(
            "mofcom-gac-2025-18.list",
            "list of items",
            "yes",
            law="in_force",
            codes=["1C902.a.1"],
            lifted_by=["faq-18.rotor-stator"],
            presumed=True,
            contained=True,
        ),
        finding("faq-18.rotor-stator", "Part 1", "yes", kind="scope", outcome="no_requirement_found", presumed=True),
    ],
)

MANY = determination(
    "licence_required",
    "licence_required",
    "prohibited",
    [LIST_18],
    findings=[
        finding(
            f"mofcom-2025-6{number % 3}.art-{number}",
            f"Article {number}",
            "no",
            kind="control" if number % 2 else "review",
            reasons=[reason("no", value=str(place), subject=f"1.{place}") for place in range(9)],
        )
        for number in range(40)
    ],
)

ALL = {
    "suspended": SUSPENDED,
    "needs facts": NEEDS_FACTS,
    "exempt": EXEMPT,
    "presumed": PRESUMED,
    "forty findings": MANY,
}
