"""Which instrument put the parties of a day on a list."""

from __future__ import annotations

import datetime

from exportctl.law.book import RuleBook

DAY = datetime.timedelta(days=1)


def notice_of(book: RuleBook, listing: str, day: datetime.date) -> str | None:
    """Return the one instrument that put parties on this list on this day.

    It was issued, or took effect, on the day itself; where none was, on the day before, as lists kept elsewhere write
    the day on which they saw it. None when the rule book has no such instrument, or several.
    """
    acts = [act for act in book.instruments.values() if act.lists_parties_on == listing]
    for looked_at in (day, day - DAY):
        found = [a.id for a in acts if looked_at in (a.issued, *(part.start for part in a.effective))]
        if found:
            return found[0] if len(found) == 1 else None
    return None
