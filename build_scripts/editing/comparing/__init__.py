"""What differs between two versions of a publication, told as Markdown."""
