"""Many hands for one function: local processes, or the workers of a cluster."""
