"""What programs read of a page: its facts in the terms of schema.org, as JSON-LD."""
