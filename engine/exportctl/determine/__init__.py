"""From an examined case to its determination: findings, open points, shares, duties."""
