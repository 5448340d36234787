"""Measurements that a person runs: what they print is for reading, tests keep to it only what must hold."""
