r"""What an equation of a document is, where more than its own form decides: a chain that goes on, a solution, a model of the data, a remark
on entries.

An equation `name = …` defines the name, unless
    the name is what is asked by (`\beta = (X^TX)^{-1}X^Ty` is a solution that somebody claims);
    it is a product with what is asked by (`Ax = b`);
    it says of what data a constant is the covariance (`c = \mathrm{Cov}(u, v)`);
    it models data with a noise, which is what the residual stands for (`y = Xb + \varepsilon` beside `\|y - Xb\|^2`: y is given);
    it is about an entry and its right side has none of the indices (`W_{ii} = 1/\mathrm{SD}`).

What is minimised or maximised on paper: `\min_W …`, `\arg\min_w …`, `\text{minimize } …`, `\text{argmin}\, f(x) = …`.

Left sides that are a name as a whole: the coefficient of determination in `R^2 = …`, Hotelling's `T^2 = …`, a density in `\log p = …`.

A name in another font than it is declared in: `\beta = A^T y` beside a declared `\vec\beta`.
"""

from __future__ import annotations

from derivtex.core.errors import SyntaxProblem
from derivtex.reading.meaning.collected import take_collected
from derivtex.reading.meaning.stated import Body, Reading
from derivtex.reading.meaning.targets import asked_of_and_by
from derivtex.reading.source.marks import GREEK, latex
from derivtex.reading.syntax.data import has_density, has_expectation, is_statistic, residuals, without_noise
from derivtex.reading.syntax.declarations import Declaration, memberships
from derivtex.reading.syntax.lefts import Left, base_below, inside_log, left_side
from derivtex.reading.syntax.letters import bare_letter, is_index_letter
from derivtex.reading.syntax.lists import by_marks
from derivtex.reading.syntax.occurring import contains, count_untransposed, marks_in_scripts, marks_within, others_primed
from derivtex.reading.syntax.scripts import are_letters, are_named, between_commas, each_of, marks_in
from derivtex.reading.syntax.statementforms import Stated
from derivtex.reading.syntax.statements import Statement
from derivtex.reading.syntax.tree import Parts, key
from derivtex.reading.syntax.variables import (
    Condition,
    behind_goal,
    conditions_in,
    conditions_in_set,
    inside_vec,
    is_objective,
    objective,
    occurring_base,
    varied_in,
)


def declared_alike(declarations: list[Declaration], left: Left, side: Parts) -> Declaration | None:
    """The only declared name that differs from a defined one in its font alone, where it does not stand on the right."""
    letter = bare_letter(key(left.name))
    if not letter or left.below or left.arguments is not None or letter in marks_within(side):
        return None
    alike = [each for each in declarations if each.kind not in ("scalar", "function") and bare_letter(key(each.name)) == letter]
    return alike[0] if len(alike) == 1 and alike[0].family is None else None


def take_objective(reading: Reading, each: Statement) -> Statement | None:
    """The statement without the sign of an optimum before its first side, whose variables are kept; None where there is none.

    Raises SyntaxProblem for an extremum over an index, which is no objective.
    """
    parts = each.sides[0]
    if is_objective(parts):
        below, of = objective(parts)
        name, conditions = conditions_in(below)
        varied = varied_in(name)
        take_conditions(reading, each, conditions)
        if {mark for part in marks_in(varied) for mark in key(part)[:1]} & marks_in_scripts(of):
            raise SyntaxProblem(
                "an extremum over an index is not read", way_out=r"write \max(a, b) of two, or ask for one member", span=each.span
            )
        reading.objective = tuple(between_commas(varied))
    elif not (of := behind_goal(parts)):
        return None
    reading.objective_of = of
    return each._replace(sides=(of, *each.sides[1:]))


def take_set(reading: Reading, each: Statement) -> bool:
    r"""Whether a statement is about a set, `x \in \{x : Ax = b\}` or the braces alone, whose conditions are kept; not one of indices."""
    name, conditions = conditions_in_set(each.sides[-1])
    if reading.asserted or not conditions or not name or is_index_letter(latex(name)):
        return False
    take_conditions(reading, each, conditions)
    return True


def take_conditions(reading: Reading, each: Statement, conditions: list[Condition]) -> None:
    """Keep what is to hold by a statement."""
    for left, relation, right in conditions:
        said = Statement((left, right), (relation,), each.source, left[0].start, right[-1].end)
        reading.order.append(said)
        reading.conditions.append(said)
        if relation == "=":
            reading.claims.append((left, relation, right, said))


def continued(reading: Reading, each: Statement) -> Statement:
    """A chain that begins with a relation goes on from the last side of the statement before; a relation at the end leads on to words."""
    sides, relations = each.sides, each.relations
    if relations and not sides[-1]:
        sides, relations = sides[:-1], relations[:-1]
    if relations and not sides[0]:
        before = next((said for said in reversed(reading.order[:-1]) if said.sides[-1]), None)
        sides, relations = ((before.sides[-1], *sides[1:]), relations) if before is not None else (sides[1:], relations[1:])
    return each._replace(sides=sides, relations=relations)


def after_expectation(reading: Reading, each: Statement) -> Statement | None:
    """Of `= P^- - KHP^-` behind `P = E[ee^T]`, which gives P by an expectation alone, the statement that says what P is."""
    before = next((said for said in reversed(reading.order[:-1]) if said.sides[-1]), None)
    if before is None or reading.asserted or not goes_on(each) or before.relations[:1] != ("=",) or left_side(before.sides[0]) is None:
        return None
    return each._replace(sides=(before.sides[0], *each.sides[1:])) if all(map(has_expectation, before.sides[1:])) else None


def goes_on(each: Statement) -> bool:
    """Whether a statement begins with a relation."""
    return bool(each.relations) and not each.sides[0]


def is_remark_on_entries(left: Left, side: Parts) -> bool:
    r"""Whether an equation for entries, `W_{ii} = \frac{1}{\mathrm{SD}}`, has none of the indices on its right side."""
    letters = [key(part) for part in each_of(left.below) if are_letters(part)]
    doubled = len(letters) == 2 and letters[0] == letters[1]
    return doubled and letters[0][0] not in marks_in_scripts(side) and letters[0] not in map(key, each_of(side))


def readable_side(each: Statement) -> int:
    """Which side of a chain a name is defined by: the first one behind it that is no expectation and has no density in it."""
    for at, side in enumerate(each.sides[1:], 1):
        if not has_expectation(side) and not has_density(side):
            return at
    return 1


def is_given_by_expectation(reading: Reading, each: Statement) -> bool:
    r"""Whether a name of a document is only ever given by an expectation, `R = E[xx^T]`, which leaves it a name."""
    return not reading.document.is_formula and all(map(has_expectation, each.sides[1:]))


def take_mapping(reading: Reading, stated: Stated) -> None:
    r"""`x \mapsto x^TAx`, `f : x \in \mathbb{R}^n \mapsto x^TAx`, `f : \mathbb{R}^n \to \mathbb{R},\ x \mapsto x^TAx`: a function that has
    a name is defined."""
    said = stated.said
    if len(said.relations) > 1:
        reading.declarations.extend(memberships(stated.by, said.sides[1], said.source))
    before = reading.order[-2] if len(reading.order) > 1 else said
    goes_on = before.relations[:1] in ((r"\to",), (r"\rightarrow",)) and not said.source.text[before.end : said.start].strip(" ,;:&$\\quad\n")
    name = left_side(by_marks((before if goes_on else said).sides[0], ":", r"\colon")[0])
    if name is not None and name.arguments is None and key(name.name) != key(stated.by):
        reading.bodies[key(name.name)] = Body(name._replace(arguments=(stated.by,)), said.sides[-1], said)
        return
    reading.objective = (stated.by,)
    reading.expressions.append(said._replace(sides=(said.sides[-1],), relations=()))


def take_back_definitions(reading: Reading, of: str | None, wrt: str | None) -> None:
    """Turn the definitions that are none, now that it is known what is asked, into claims; of and wrt are what is asked from outside."""
    what, by = asked_of_and_by(reading, of, wrt)
    take_collected(reading, by)
    if not by:
        return
    variables = {key(occurring_base(name)) for name in by}
    for label, body in list(reading.bodies.items()):
        solution = label in variables and inside_vec(body.side) is None
        if is_described(body, what):
            del reading.bodies[label]
            reading.notes.append(f"{latex(body.left.name)} is given: what {body.said.latex} is made of is not used")
        elif is_product_with(body, by):
            del reading.bodies[label]
            reading.claims.append((body.said.sides[0], "=", body.side, body.said))
        elif solution or is_model(reading, body, what, by):
            del reading.bodies[label]
            reading.claims.append((body.left.name, "=", body.side, body.said))
            if not solution:
                reading.notes.append(f"{latex(body.left.name)} is given: {body.said.latex} models it with a noise")


def take_models(reading: Reading) -> None:
    """Take for given what a definition models with a noise, where a derivative by what it is made of is claimed of the residual."""
    for question, _, _ in reading.derivatives:
        for label, body in list(reading.bodies.items()):
            if is_model(reading, body, question.of, tuple(question.by)):
                del reading.bodies[label]
                reading.claims.append((body.left.name, "=", body.side, body.said))


def is_described(body: Body, of: Parts) -> bool:
    r"""Whether a definition only says what data a constant is the covariance or variance of: `c = \mathrm{Cov}(u, v)`."""
    return body.form == "symbol" and body.left.arguments is None and key(of) != body.key and is_statistic(body.side)


def is_product_with(body: Body, by: tuple[Parts, ...]) -> bool:
    """Whether what looks like a name of several letters is a product with the variable, as the Ax of `Ax = b`."""
    name = body.left.name
    plain = len(name) > 1 and are_named(name)
    return plain and body.left.arguments is None and not body.left.below and any(key(name[-len(each) :]) == key(each) for each in by if each)


def is_model(reading: Reading, body: Body, of: Parts, by: tuple[Parts, ...]) -> bool:
    """Whether a definition is that of data by the variable and a noise, where what is differentiated has both data and variable."""
    variables = [occurring_base(each) for each in by]
    noiseless = without_noise(body.side)
    if body.form != "symbol" or not noiseless or not any(contains(noiseless, each) for each in variables):
        return False
    beside = [other.side for other in reading.bodies.values() if other is not body] + [of]
    return any(contains(side, residual) for side in beside for residual in residuals(body.left.name, noiseless))


def take_whole_names(reading: Reading) -> None:
    """The square or the logarithm of a letter that stands nowhere else, and the next state `x'` of a state x, are names; this is said."""
    take_extremes(reading)
    declared = {key(each.name) for each in reading.declarations}
    sides = [side for statement in reading.order for side in statement.sides]
    for claim in list(reading.claims):
        left, relation, right, said = claim
        letter = letter_of(left)
        alone = letter is not None and key(letter) not in declared and sum(count_untransposed(side, letter) for side in sides) == 1
        if relation == "=" and said.sides[:2] == (left, right) and (alone or is_next_state(left, right, sides)):
            reading.claims.remove(claim)
            reading.bodies[key(left)] = Body(Left(left), right, said)
            reading.notes.append(f"{latex(left)} is what is defined, as a name")


def take_extremes(reading: Reading) -> None:
    r"""The L of `L = \min_K f(K)`, where the derivative of L is written, is what is minimised; this is said."""
    asked_of = {key(asked.of) for asked, _, _ in reading.derivatives}
    for said in reading.order:
        name, extreme = said.sides[0], said.relations[:1] == ("=",) and key(said.sides[1][:1]) in ((r"\min",), (r"\max",))
        if not extreme or not is_objective(said.sides[1]) or key(name) in reading.bodies or key(name) not in asked_of:
            continue
        of = objective(said.sides[1])[1]
        reading.bodies[key(name)] = Body(Left(name), of, said)
        reading.notes.append(f"{latex(name)} is taken to be {latex(of)}, of which the optimum is sought, as its derivative is written")


def letter_of(side: Parts) -> Parts | None:
    r"""The R of `R^2`, the p of `\log p`."""
    letter = base_below(side, "2") or (inside_log(side) if len(side) == 2 else ())
    return letter if len(letter) == 1 and letter[0].is_letter and (not is_index_letter(key(letter)[0]) or key(letter)[0] in GREEK) else None


def is_next_state(left: Parts, right: Parts, sides: list[Parts]) -> bool:
    """Whether `x'` is made of the small letter x; no other letter has a prime, which would be a transpose."""
    state = left[:1] if key(left[1:]) == ("'",) else ()
    if not state or not are_letters(state) or not key(state)[0].islower() or not count_untransposed(right, state):
        return False
    return all(others_primed(side, state) == 0 for side in (*sides, right))
