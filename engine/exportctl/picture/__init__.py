"""Pictures of a determination: the tree of value, and each share against its threshold."""
