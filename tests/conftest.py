import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from exportctl.law.read import shipped_book

sys.path.insert(0, str(Path(__file__).parent))
settings.register_profile(
    "quick", max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def book():
    return shipped_book()
