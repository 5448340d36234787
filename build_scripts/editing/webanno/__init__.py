"""Annotations that other programs made, as the W3C's model or Hypothesis have them, to items of annotations.yml."""
