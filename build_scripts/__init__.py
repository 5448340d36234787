"""Newsgloss: annotated news from sources to a site."""
