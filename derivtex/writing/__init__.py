"""From a derivation to text: LaTeX through templates, NumPy code, plain data."""
