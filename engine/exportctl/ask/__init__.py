"""Guided questions: what to ask next, how an answer is read, and the case that comes of it."""
