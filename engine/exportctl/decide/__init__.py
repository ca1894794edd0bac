"""From facts and rules to a determination."""
