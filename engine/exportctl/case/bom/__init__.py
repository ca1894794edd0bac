"""A bill of materials: a table of parts, read into the `item` block of a case, with the row of every item."""
