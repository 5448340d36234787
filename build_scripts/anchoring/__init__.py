"""Between words and places: selectors to spans, names to mentions."""
