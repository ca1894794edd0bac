"""The rule book as formulas: what holds for every case at once, and a case where it does not."""
