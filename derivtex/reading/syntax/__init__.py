"""The grammar: from tokens to an untyped tree."""
