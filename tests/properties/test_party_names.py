"""What must hold for names of every kind, held against lists of every kind."""

import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from exportctl.party.legal_form import legal_forms
from exportctl.party.likeness import Class
from exportctl.party.listed import Listed, PartyList
from exportctl.party.name import read_name
from exportctl.party.search import Search

FORMS = legal_forms()
NOT_NAMES = {word for forms in (FORMS.last, FORMS.first, FORMS.anywhere) for form in forms for word in form.split()}
LATIN = [
    "kestrel",
    "northvale",
    "tdk",
    "dynamics",
    "general",
    "öst",
    "søren",
    "l3",
    "brook",
    "systems",
    "tokyo",
    "ab9x",
]
HAN = ["通用动力", "诺斯维尔", "三菱重工", "東芝", "日野", "机械", "デンソー", "航空"]
latin = st.lists(st.sampled_from(LATIN), min_size=1, max_size=4, unique=True).map(" ".join)
han = st.lists(st.sampled_from(HAN), min_size=1, max_size=3, unique=True).map("".join)
names = st.one_of(latin, han, st.tuples(latin, han).map("".join))
forms_after = st.sampled_from(
    ["Corp.", "K.K.", "GmbH", "Co., Ltd.", "S.p.A.", "Inc", "株式会社", "有限公司", "股份有限公司"]
)
forms_before = st.sampled_from(["株式会社", "(株)", "㈱"])


def listed(name, number=0):
    return Listed(f"row {number}", (name,), "control-list", "control-list")


def search(*names):
    return Search(PartyList("listed.csv", "", tuple(listed(name, number) for number, name in enumerate(names))))


def classes(found, name):
    return {hit.listed.id: (hit.class_, hit.likeness.why, hit.score) for hit in found.hits(name)}


def class_of(asked, name):
    return classes(search(name), asked).get("row 0", (None,))[0]


def wide(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(names)
def test_case_width_and_accents_never_lose_a_match(name):
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if unicodedata.category(c) != "Mn" or ord(c) > 0x3000)
    for asked in (name.upper(), name.title(), wide(name), unicodedata.normalize("NFD", name), bare):
        assert class_of(asked, name) is Class.MATCH


@given(names, forms_after, forms_after, forms_before)
def test_legal_forms_never_lose_a_match(name, one, other, before):
    for asked in (name, f"{name} {other}", f"{before}{name}", f"{before} {name} {other}"):
        assert class_of(asked, f"{name} {one}") is Class.MATCH


@given(latin, st.randoms(use_true_random=False), forms_after)
def test_the_order_of_words_never_loses_a_match(name, random, form):
    words = name.split()
    random.shuffle(words)
    assert class_of(f"{' '.join(words)} {form}", name) is Class.MATCH


@given(st.text(alphabet="abcdefgh aäß東三0-.&'(", min_size=1, max_size=24))
def test_a_name_is_always_a_match_with_itself(name):
    assume(read_name(name).words)
    assert class_of(name, name) is Class.MATCH


@given(names, st.lists(names, min_size=1, max_size=5, unique=True), st.lists(names, max_size=5))
def test_an_added_name_never_changes_what_another_gives(asked, before, added):
    alone, more = classes(search(*before), asked), classes(search(*before, *added), asked)
    assert {row: found for row, found in more.items() if int(row[4:]) < len(before)} == alone


@given(names, st.lists(names, min_size=2, max_size=6, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_of_questions_never_matters(asked, rows, random):
    mixed = random.sample(rows, len(rows))
    first, second = search(*rows), search(*mixed)
    second.hits(rows[0])
    by_name = [{hit.listed.name: hit.class_ for hit in found.hits(asked)} for found in (first, second)]
    assert by_name[0] == by_name[1]


@given(names, names)
def test_looking_rows_up_finds_what_comparing_every_row_finds(asked, name):
    from exportctl.party.likeness import likeness  # noqa: PLC0415 - the definition that the look-up must agree with

    whole = likeness(read_name(asked), read_name(name))
    assert class_of(asked, name) == (whole.class_ if whole else None)


@given(latin, st.sampled_from(["Lambda", "Malaysia Sdn Bhd", "Europe B.V.", "大连"]))
def test_a_longer_name_is_at_most_an_affiliate(name, more):
    assume(not set(name.split()) & NOT_NAMES)
    assert class_of(f"{name} {more}", name) is not Class.MATCH
