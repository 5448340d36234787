"""One rule a module: each looks at the library and yields problems. Its docstring is its documentation."""
