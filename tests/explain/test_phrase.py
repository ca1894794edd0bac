from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from exportctl import determine, explain, picture
from exportctl.decide.determination import Definite, Determination, Finding, Flip, LicenceHeld, OpenPoint, Truth
from exportctl.decide.screened import Effect, HitDecision, PartyHit, ScreenedParty
from exportctl.explain.phrase import phrases, say
from exportctl.explain.reason import TESTS
from exportctl.law.evidence import Evidence
from exportctl.law.read import shipped_book
from exportctl.law.state import State
from exportctl.party import likeness
from exportctl.picture.icicle import LEGEND

FOLDERS = (determine.__path__[0], explain.__path__[0], picture.__path__[0])
SOURCE = "".join(path.read_text("utf-8") for folder in FOLDERS for path in Path(folder).glob("*.py"))
OPEN = ("needs_facts", "verify_law", "depends_on_reading")
KNOWN = {
    "outcome": (*get_args(Definite), *OPEN),
    "outcome_meaning": (*get_args(Definite), *OPEN),
    "headline": (*get_args(Definite), *OPEN),
    "law": get_args(State),
    "kind": get_args(Finding.model_fields["kind"].annotation),
    "applies": get_args(Truth),
    "truth": get_args(Truth),
    "arises": get_args(Truth),
    "counts": get_args(Truth),
    "turns": (*get_args(Flip.model_fields["turns"].annotation), "origin"),
    "mark_of": LEGEND,
    "flipped": ("value", "price_per_kg", "unit_mass_g"),
    "evidence": get_args(Evidence),
    "evidence_meaning": get_args(Evidence),
    "point": get_args(OpenPoint.model_fields["kind"].annotation),
    "licence": (*get_args(LicenceHeld.model_fields["standing"].annotation), "no_number"),
    "licence_field": ("until", "item", "end_user", "quantity", "kind"),
    "second_opinion": get_args(Determination.model_fields["second_opinion"].annotation),
    "parties_found": get_args(ScreenedParty.model_fields["found"].annotation),
    "parties_class": get_args(PartyHit.model_fields["class_"].annotation),
    "parties_list": (*shipped_book().vocabulary.facts["party.lists"].values, "other"),
    "parties_why": [*(each.why for each in vars(likeness).values() if isinstance(each, likeness.Likeness)), "decided"],
    "parties_effect": get_args(Effect),
    "parties_decision": get_args(HitDecision.model_fields["decision"].annotation),
    "test": [name.replace(" ", "_") for name in TESTS],
}


@pytest.mark.parametrize("key", phrases())
def test_every_phrase_exists_in_both_languages_with_the_same_gaps(key):
    phrase = phrases()[key]
    assert phrase.en.strip()
    assert phrase.zh.strip()
    assert gaps(phrase.en) == gaps(phrase.zh)


def gaps(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def test_no_phrase_is_left_in_english_in_the_chinese_column():
    same = {key for key, phrase in phrases().items() if phrase.en == phrase.zh}
    assert same == set()


def test_every_value_a_determination_can_have_has_a_phrase():
    wanted = {f"{section}.{name}" for section, names in KNOWN.items() for name in names}
    assert wanted <= phrases().keys()


@pytest.mark.parametrize("key", phrases())
def test_no_phrase_is_unused(key):
    section, _, name = key.partition(".")
    by_name = name in KNOWN.get(section, ()) or section in ("answer", "subject")
    named = any(text in SOURCE for text in (f'"{key}"', f'"{name}"', f"{section}.{name}"))
    assert by_name or named or many(key) or of_an_answer(key) or of_an_amount(key)


def many(key):
    return re.fullmatch(r"headline\.(suspended|not_yet_required)_many", key)


def of_an_answer(key):
    """Return whether a phrase words an answer to a fact in its own way: `what_if.party_lists_none`."""
    facts = shipped_book().vocabulary.facts.items()
    said = {
        f"{path.removeprefix('item.').replace('.', '_')}_{word}" for path, f in facts for word in (*f.answers, "some")
    }
    return key.removeprefix("what_if.") in said | {"importer", "end_user", "exporter"}


def of_an_amount(key):
    """Return whether a phrase words what an amount would have to be: `what_if.worth_less`."""
    return key.startswith("what_if.worth_") and "what_if.worth_{key}" in SOURCE


def test_no_phrase_says_clear():
    assert not [key for key, phrase in phrases().items() if "clear" in phrase.en.lower()]


def test_a_phrase_that_does_not_exist_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        say("en", "outcome.fine")


def test_braces_in_what_fills_a_gap_are_only_text():
    assert say("en", "line.more", count="{0.__class__}") == "and {0.__class__} more"
