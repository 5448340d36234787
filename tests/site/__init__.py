"""Whole sites: built, served, read in a browser."""
