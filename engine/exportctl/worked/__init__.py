"""Worked cases: facts with the determination that is expected, and why."""
