"""What others read: search indexes, pictures, records; from the model to files."""
