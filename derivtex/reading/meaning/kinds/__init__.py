r"""What kind each name is of that nobody declared: one search over the evidence of all statements.

sizes          what is known of rows and columns while formulas are looked at: 1, larger, a size, or open; with an undo trail
candidates     the kinds a name may be of, each with its price: the convention is free
walker, forms  a walk over an untyped tree that finds the shapes and, where parts do not fit, who is part of the conflict
names, indices, products, words    the same for names with scripts, for factors side by side and for functions
statements     the definitions, expressions and claims of a scope, each walked once for every choice of kinds
search         the cheapest choice of kinds, by branch and bound over what conflicts; the runner-up
sentences      what was chosen against the convention, with its evidence; how a formula that does not conform could be mended
"""
