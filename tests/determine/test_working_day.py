import datetime

import pytest

from exportctl.determine.working_day import working_day_after


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2025-10-09", 1, "2025-10-10"),
        ("2025-10-09", 2, "2025-10-11"),  # a Saturday that is worked
        ("2025-10-09", 10, "2025-10-22"),
        ("2025-09-30", 1, "2025-10-09"),  # eight days of holiday
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday that is worked before the Spring Festival
        ("2026-02-13", 2, "2026-02-24"),
    ],
)
def test_a_term_counts_days_that_are_worked_in_china(day, count, expected):
    found = working_day_after(datetime.date.fromisoformat(day), count)
    assert found == datetime.date.fromisoformat(expected)


def test_a_term_beyond_the_known_holidays_is_not_computed():
    assert working_day_after(datetime.date(2038, 12, 20), 10) is None
    assert working_day_after(datetime.date(1999, 12, 20), 10) is None
