"""What the project computes itself, as evidence: each method takes a specification and gives a result in words."""
