"""Decides hypothetical exports under China's rare-earth and dual-use controls, and explains why."""

__version__ = "0.1.0"
