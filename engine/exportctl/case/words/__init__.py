"""What the text of a cell means: pure functions of one text, the same in every reader and for every row.

country      a place by its ISO 3166-1 code      money           an amount and its currency
substance    elements, magnet alloy, grade       magnet          the alloy a magnet column names
mass         grams                               count           how many pieces
grades_in    grades in a running text            says_nothing    whether the writer did not know

Each raises ValueError, with a sentence for the author of the text, where the text has no one meaning.
"""

from exportctl.case.words.count import count
from exportctl.case.words.country import country
from exportctl.case.words.grade import Grade, grade, grades_in
from exportctl.case.words.mass import mass
from exportctl.case.words.money import Money, currency, money
from exportctl.case.words.number import decimal_mark, plain_number
from exportctl.case.words.substance import Substance, magnet, substance
from exportctl.case.words.unknown import says_nothing

__all__ = [
    "Grade",
    "Money",
    "Substance",
    "count",
    "country",
    "currency",
    "decimal_mark",
    "grade",
    "grades_in",
    "magnet",
    "mass",
    "money",
    "plain_number",
    "says_nothing",
    "substance",
]
