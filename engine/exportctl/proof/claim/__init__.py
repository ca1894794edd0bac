"""What should hold of a rule book, each claim with what proves it or the case that shows the opposite."""
