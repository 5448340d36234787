"""Articles as EPUB 3 books.

There is no library in this: the one that is well kept is under the AGPL, the others know neither footnotes nor landmarks. A book
is a zip of XHTML, and the pages' own templates and weaver make that.
"""
