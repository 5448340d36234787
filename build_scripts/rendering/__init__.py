"""From the model to Markdown pages."""
