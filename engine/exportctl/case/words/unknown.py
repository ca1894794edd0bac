"""Words that say that the writer of a cell did not know."""

from __future__ import annotations

import unicodedata

_WORDS = frozenset(
    ["?", "??", "-", "--", "---", "—", "–", "n/a", "#n/a", "n.a.", "tbd", "tba", "tbc", "unknown", "not known",
     "not available", "not stated", "unbekannt", "k.a.", "keine angabe", "nicht bekannt", "未知", "不详", "不明",
     "待定", "未提供", "不詳", "未定", "記載なし"]
)  # fmt: skip
SPREADSHEET_ERRORS = frozenset(["#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!"])


def says_nothing(text: str) -> bool:
    """Return whether a text says no more than a blank cell: `n/a`, `unknown`, 未知, `#REF!`.

    `NA` is not among them (it is Namibia too), nor is `none`, which says that there is none.
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    return not plain or plain in _WORDS or plain in SPREADSHEET_ERRORS
