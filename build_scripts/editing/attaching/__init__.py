"""A copy of an original beside its digest: read, locked, told about."""
