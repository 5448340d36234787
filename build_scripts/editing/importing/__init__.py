"""A found article, as text, web page, Markdown or Word document, to paragraphs and facts."""
