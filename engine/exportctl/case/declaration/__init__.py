"""What suppliers declare in the forms of their trade, as facts of items and as questions that stay open."""
