"""Batch screening: a table of shipments, one determination a row, worked out in columns."""
