"""Parties: names held against a list of listed parties that the user supplies."""
