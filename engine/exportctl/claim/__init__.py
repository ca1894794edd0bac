"""Claims: what the press and others say about the law, the rule book's verdict, and the worked cases that prove it."""
