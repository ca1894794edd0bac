import pytest

from exportctl.party.name import read_name


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("TDK株式会社", "TDK Corp"),
        ("ＴＤＫ Ｃｏｒｐｏｒａｔｉｏｎ", "tdk k.k."),
        ("(株)東芝", "东芝株式会社"),
        ("㈱デンソー", "株式会社デンソー"),
        ("漢翔航空工業股份有限公司", "汉翔航空工业"),
        ("Ostmark Feinwerk GmbH & Co. KG", "OSTMARK FEINWERK AG"),
        ("Müller Fördertechnik GmbH", "Muller Fordertechnik"),
        ("Sagrada S.p.A.", "Sagrada SRL"),
        ("Mitsui E&S Co., Ltd.", "Mitsui E & S Company, Limited"),
        ("The Kestrel Company", "Kestrel, Inc."),
        ("洛克希德·马丁公司", "洛克希德马丁"),
        ("SARL Brume Marine", "Brume Marine S.A.R.L."),
    ],
)
def test_what_tells_no_firm_from_another_is_not_compared(first, second):
    assert read_name(first).key == read_name(second).key


@pytest.mark.parametrize(
    ("first", "second"),
    [("TDK Corp", "YDK Corp"), ("Kestrel East", "Kestrel West"), ("东芝", "东金"), ("AG Insurance", "Insurance")],
)
def test_what_tells_firms_apart_stays(first, second):
    assert read_name(first).key != read_name(second).key


def test_a_name_that_is_nothing_but_a_legal_form_keeps_a_word():
    assert read_name("AG GmbH").words == ("ag",)
    assert read_name("有限公司").words == ("有限公司",)


def test_dots_go_before_legal_forms_are_looked_for():
    assert read_name("Harbour Lathe K.K.").words == ("harbour", "lathe")


def test_a_text_without_letters_has_no_words():
    assert read_name("— . &").words == ()
