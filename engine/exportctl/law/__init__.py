"""The rule book: what the law says, as data, and how it stood on a day."""
