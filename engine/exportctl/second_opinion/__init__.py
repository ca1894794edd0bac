"""A second opinion on every determination: the same rules, chained forward by durable-rules."""
