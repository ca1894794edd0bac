"""Working days in China, with the weekends that are worked in exchange for holidays.

The State Council orders the holidays of a year late in the year before; for days beyond its data the calendar refuses,
and so does this module.
"""

from __future__ import annotations

import datetime

import chinese_calendar

ONE_DAY = datetime.timedelta(days=1)


def working_day_after(day: datetime.date, count: int) -> datetime.date | None:
    """Return the last day of a term of working days that begins on the day after; None where no calendar is known."""
    found = day
    try:
        while count > 0:
            found += ONE_DAY
            count -= chinese_calendar.is_workday(found)
    except NotImplementedError:
        return None
    return found
