r"""Functions and what they are applied to: `\log\det X`, `\sigma(Wx+b)`, `g(x)`, `\lambda_{\max}(A)`, `\max(0, x)`."""

from __future__ import annotations

from typing import cast

from derivtex.core.errors import AmbiguityError, NotDerivable, ShapeError, SyntaxProblem
from derivtex.core.shapes import ONE, SCALAR, Dim, must_agree
from derivtex.core.terms import CARDS, Term
from derivtex.operations import (
    Call,
    MatrixCall,
    ScalarCall,
    Sigmoid,
)  # fmt: skip
from derivtex.operations.openfunctions import OpenJacobian, VectorCall
from derivtex.reading.meaning.conventions import alias
from derivtex.reading.meaning.eigenvalues import SPECTRAL, head_base, names_one_value, spectral
from derivtex.reading.meaning.elaboration import Elaborator
from derivtex.reading.meaning.entries import entry
from derivtex.reading.meaning.entrywise import has_parameters, unfolded
from derivtex.reading.meaning.raisednames import derived
from derivtex.reading.meaning.scope import Function
from derivtex.reading.source.vocabulary import FUNCTION_LETTERS
from derivtex.reading.syntax.letters import bare_letter
from derivtex.reading.syntax.tree import Node, key

NETWORKS = ("neural", "backprop", "sigmoid", "logistic", "activation", "perceptron", "hidden layer")


def argument_bracket(argument: Node) -> Node | None:
    """The bracket of an argument, without what is raised behind it."""
    while argument.form == "script":
        argument = argument.parts[0]
    return argument if argument.form == "bracket" and argument.text != "{" else None


def is_call(to: Elaborator, head: Node, argument: Node) -> bool:
    """Whether a name before a bracket is applied to it, rather than multiplied with it."""
    base, bracket = head_base(head), argument_bracket(argument)
    if bracket is None or base.form != "name":
        return False
    name = key(base.tokens)
    if name in to.scope.functions:
        return True
    if base.text in SPECTRAL and names_one_value(to, head) and to.may_be_square_quietly(to.term(bracket)):
        return True
    if name in to.scope.things or name in to.scope.bound or name in to.scope.families or name in to.scope.templates:
        return False
    if base.text in SPECTRAL and len(bracket.parts) == 1:
        return base.text == r"\sigma" or to.may_be_square_quietly(to.term(bracket))
    usual = bare_letter(name) in FUNCTION_LETTERS and base.text not in to.scope.sizes and len(bracket.parts) == 1
    if usual and is_numbered(head):
        raise to.ambiguous(
            f"{to.latex(head)} before a bracket may be a derivative of {to.latex(base)} or a function of its own",
            f"write {to.latex(base)}'' for a derivative; declare a function, {to.latex(head)} : function elementwise", head,
        )  # fmt: skip
    return usual and (head.form == "name" or is_primed(head))


def is_primed(head: Node) -> bool:
    """Whether a name has primes and nothing else: `f''`."""
    return head.form == "script" and head.primes > 0 and not head.above and not head.below


def is_numbered(head: Node) -> bool:
    """Whether a number in brackets is raised on a name, `f^{(2)}`, or it has a prime and an index, `f_1'`."""
    raised = [token.text for token in head.above[:1]] == ["("]
    return head.form == "script" and (head.primes > 0 if head.below else raised)


def refuse_place(to: Elaborator, name: Node, behind: Node) -> None:
    """`x(1)` and `X[i,j]` of a declared vector or matrix are meant as entries, which are written below."""
    bracket = argument_bracket(behind)
    name = name.parts[0] if name.form == "script" and not name.above and not name.primes else name
    if bracket is None or name.form != "name" or bracket.start < name.end or bracket.text not in ("(", "["):
        return
    known = to.scope.declared.get(key(name.tokens))
    place = any(is_numeral(part) for part in bracket.parts)
    if place if known is None else to.shape(known) != SCALAR and (place or len(bracket.parts) == 2):
        raise to.ambiguous(
            f"{to.latex(name)}{to.latex(bracket)} may be an entry, the value of a function, or a product",
            f"write {to.latex(name)}_{{ij}} for an entry, and a number in front of what it multiplies", bracket,
        )  # fmt: skip


def is_numeral(node: Node) -> bool:
    """Whether a node is a number, perhaps with a sign."""
    return node.form == "number" or (node.form == "sum" and len(node.parts) == 1 and node.parts[0].form == "number")


def refuse_composition(to: Elaborator, left: Node, right: Node) -> None:
    r"""`f\circ g` of what may be functions: the composition, or the product of entries."""
    if not may_be_function(to, left):
        return
    if key(left.tokens) in to.scope.functions or may_be_function(to, right) or (right.form == "chain" and is_call(to, *right.parts[:2])):
        raise to.ambiguous(
            rf"{to.latex(left)} \circ {to.latex(right)} may be a composition of functions or a product of entries",
            rf"write {to.latex(left)}(…) for the first, \odot for the second", left,
        )  # fmt: skip
    to.scope.guess(rf"{to.latex(left)} \circ … is a product of entries")


def may_be_function(to: Elaborator, node: Node) -> bool:
    """Whether a name is that of a function, or the usual letter of one and not declared otherwise."""
    name = key(node.tokens) if node.form == "name" else ()
    usual = bare_letter(name) in FUNCTION_LETTERS or node.text == r"\sigma"
    known = name in to.scope.declared or name in to.scope.defined or name in to.scope.families
    return bool(name) and (name in to.scope.functions or (usual and not known))


def speaks_of_networks(to: Elaborator) -> bool:
    """Whether the words around the formula are about neural networks or logistic functions."""
    text = to.source.text.lower()
    return any(word in text for word in NETWORKS) and "singular value" not in text


def call(to: Elaborator, node: Node) -> Term:
    """A named function applied."""
    head, bracket = node.parts
    base = head_base(head)
    name = key(base.tokens)
    function = to.scope.functions.get(name)
    if function is not None and base.text not in to.scope.elementwise:
        return at_index(to, node, of_function(to, node, function, bracket), head)
    if base.text in SPECTRAL and name not in to.scope.functions:
        found = spectral(to, node, head, bracket)
        if found is not None:
            return derived(to, head, found)
    of = to.term(bracket)
    if function is None and base.text not in to.scope.elementwise:
        to.scope.called.add(name)
    if base.text == r"\sigma":
        if to.is_matrix(of) and name not in to.scope.functions and base.text not in to.scope.elementwise:
            if bracket.parts[0].form == "name" and not speaks_of_networks(to):
                raise to.ambiguous(
                    r"\sigma of a matrix may be the logistic function of its entries or its singular values",
                    r"declare \sigma : function elementwise, or write \sigma_{\max}, \sigma_k", node,
                )  # fmt: skip
            to.scope.guess(r"\sigma is the logistic function, applied to every entry")
        elif not to.scope.elementwise.intersection((r"\sigma",)):
            to.scope.guess(r"\sigma is the logistic function 1/(1+e^{-t})")
        return derived(to, head, Sigmoid(of))
    if head.form == "script" and not head.primes:
        raise SyntaxProblem(
            f"{to.latex(head)} is not a known function",
            way_out=f"declare it: {to.latex(head)} : function elementwise",
            span=to.span(head),
        )
    if to.is_square(of):
        raise to.ambiguous(
            f"{base.text} of a square matrix may act on its entries or be a function of the matrix",
            f"declare {base.text} : function elementwise",
            node,
        )
    to.scope.guess(f"{base.text} is a scalar function that is left open, applied to every entry")
    return Call(base.text, head.primes, of)


def under_trace(to: Elaborator, argument: Node) -> Term | None:
    r"""`\operatorname{tr}(g(X))` for a g of which nothing is said: the function of the matrix, whose trace alone has a derivative in closed form."""
    while argument.form == "bracket" and argument.text != "{" and len(argument.parts) == 1:
        argument = argument.parts[0]
    if argument.form != "chain" or len(argument.parts) != 2 or argument.marks[1] != "" or not is_call(to, *argument.parts):
        return None
    head, bracket = argument.parts
    base = head_base(head)
    function = to.scope.functions.get(key(base.tokens))
    described = function is not None and (function.kind != "abstract" or function.elementwise)
    if described or base.text in SPECTRAL or base.text in to.scope.elementwise:
        return None
    if bracket.form != "bracket" or len(bracket.parts) != 1 or (head.form == "script" and (head.above or head.below)):
        return None
    of = to.term(bracket)
    if not to.is_matrix(of):
        return None
    to.scope.guess(f"{base.text} of a square matrix under the trace is a function of the matrix, as the exponential is, not of its entries")
    return to.make(MatrixCall, base.text, head.primes, of, node=argument)


def at_index(to: Elaborator, node: Node, value: Term, head: Node) -> Term:
    """The entry of a value that an index below the function names: `f_i(x)` = [f(x)]_i."""
    if head.form != "script" or not head.below:
        return value
    return entry(to, node, value, head.below)


def of_function(to: Elaborator, node: Node, function: Function, bracket: Node) -> Term:
    """A function that is declared or defined in the source."""
    head = node.parts[0]
    if function.kind == "formal":
        return of_formal(to, node, function, bracket)
    if len(bracket.parts) == len(function.arguments) and (whole := by_body(to, node, function, bracket)) is not None:
        return whole
    if len(bracket.parts) != 1:
        raise SyntaxProblem(
            f"{function.latex} takes one argument here", way_out="name what it is applied to by a definition", span=to.span(node)
        )
    of = to.term(bracket)
    primes = head.primes if head.form == "script" else 0
    if function.kind in CARDS:
        to.scope.guess(f"{function.latex} is {first_words(CARDS[function.kind])}")
        return derived(to, head, to.make(CARDS[function.kind], of, node=node))
    if function.rows is not None and function.entries is not None and primes < 2:
        return of_map(to, node, of, OpenJacobian if primes else VectorCall, function)
    if function.kind == "vector":
        raise NotDerivable(
            f"{function.latex} is vector-valued, and of its Jacobian nothing is known", span=to.span(node),
            way_out=f"define it, {to.latex(node)} = …, or ask by a name for its value",
        )  # fmt: skip
    if function.kind == "scalar":
        return derived(to, head, ScalarCall(function.latex, of))
    if function.kind == "abstract" and not function.elementwise:
        if function.latex[:1].isupper():
            raise to.ambiguous(
                f"{function.latex} is declared as a function, but not of what kind",
                f"declare {function.latex} : function elementwise, or the value: {to.latex(node)} : vector n", node,
            )  # fmt: skip
        to.scope.guess(f"{function.latex} is applied to every entry")
    return Call(function.latex, primes, of)


def of_map(to: Elaborator, node: Node, of: Term, card: type[Term], function: Function) -> Term:
    r"""A function `f : \mathbb{R}^n \to \mathbb{R}^m` that is left open, or its Jacobian `f'(x)`."""
    try:
        must_agree(to.shape(of), (cast(Dim, function.entries), ONE), f"{function.latex} is a function of vectors with {function.entries} entries")
    except ShapeError as error:
        raise to.explained(error, node) from None
    return to.make(card, function.latex, of, function.rows, node=node)


def first_words(card: type[Term]) -> str:
    """What a card says that it is."""
    told = (card.__doc__ or "").rstrip(".")
    return told[:1].lower() + told[1:]


def by_body(to: Elaborator, node: Node, function: Function, bracket: Node) -> Term | None:
    """The body of a function for what it is applied to; None where it is better kept, as one that acts on every entry."""
    head = node.parts[0]
    if function.node is None or (head.form == "script" and head.primes):
        return None
    given = [to.term(part) for part in bracket.parts]
    if function.kind == "unfolded" or (to.shape(given[0]) == SCALAR and has_parameters(function)):
        return unfolded(to, function, given)
    return None


def of_formal(to: Elaborator, node: Node, function: Function, bracket: Node) -> Term:
    """`f(x)` where `f(x) = …` is a definition about x: f itself; with another argument, its body about that."""
    as_defined = [key(part.tokens) for part in bracket.parts] == list(function.arguments)
    if as_defined and function.key in to.scope.things and any(name in to.scope.families for name in function.arguments):
        return derived(to, node.parts[0], to.scope.things[function.key])
    given = [to.term(part) for part in bracket.parts]
    known = [to.scope.things.get(alias(to.scope, argument)) for argument in function.arguments]
    own = [thing for thing in known if thing is not None]
    named = to.scope.things.get(function.key)
    if named is None:
        raise SyntaxProblem(f"{function.latex} is used before it is defined", span=to.span(node))
    derived(to, node.parts[0], named)
    if all(mine is other for mine, other in zip(own, given, strict=False)) and len(given) <= len(known) == len(own):
        return named
    if function.node is None and function.key in to.bodies and len(given) == len(own) == len(known) and all(map(to.unify_shapes, own, given)):
        return to.bodies[function.key].replace(dict(zip(own, given, strict=True)))  # a vector that is given by its entries
    if function.node is None or len(given) != len(known) or any(name in to.scope.families for name in function.arguments):
        raise SyntaxProblem(
            f"{to.latex(node)} is not {function.latex} as it is defined",
            way_out="apply it to the arguments of its definition",
            span=to.span(node),
        )
    return unfolded(to, function, given)


def inverse_or_reciprocal(to: Elaborator, node: Node) -> AmbiguityError:
    return to.ambiguous(
        f"{to.latex(node)} may be the inverse function or the reciprocal", r"write \frac{1}{…} for the reciprocal", node
    )
