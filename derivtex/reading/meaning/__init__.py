"""What the tree means: names, kinds, sizes, and the problem that a source states."""
