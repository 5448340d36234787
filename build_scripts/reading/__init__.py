"""From files to records: what editors wrote, with the place of every value."""
