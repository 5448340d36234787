"""Originals that may not be republished: what a lock proves of them without holding a word."""
