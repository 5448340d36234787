"""What is new, for feed readers: articles, checks, corrections, and each check's changes, as Atom and as JSON Feed."""
