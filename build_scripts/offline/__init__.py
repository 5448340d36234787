"""A copy of the built site that works from a disk: no server, no network."""
