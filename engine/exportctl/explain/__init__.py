"""A determination in words."""
