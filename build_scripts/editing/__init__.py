"""Proposes changes to sources/; only the command line uses it."""
