"""The publication as tables, for people who count: CSV, JSON, one SQLite file; and what is in them."""
