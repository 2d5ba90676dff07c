"""Where the mathematics stands in a source: documents, macros, tokens, and the words around the formulas."""
