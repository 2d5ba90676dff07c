"""From a derivation to a function in a language."""
