"""Words by which an author gives what a derivative came out as, without a relation: “I think it's $2Ax$”, “I got $2Ax$”."""

from __future__ import annotations

IS = ("is", "was", "to be", "should be", "would be", "is just", "is simply")
THINGS = ("answer", "result", "attempt", "guess", "solution", "derivative", "gradient", "jacobian", "hessian")
OPINIONS = ("i think", "i believe", "i guess", "i would say", "i'd say", "i suspect", "i claim")
PRONOUNS = ("it", "this", "that", *(f"the {thing}" for thing in THINGS))
FINDINGS = (
    "i get", "i got", "i obtain", "i obtained", "i found", "i find", "and got", "and get", "and found", "i arrive at", "i arrived at",
    "i end up with", "i ended up with", "i came up with", "i have found", "i calculated", "i computed", "i derived", "we get", "we got",
)  # fmt: skip
GIVING = frozenset((
    *FINDINGS, *(f"my {thing} {verb}" for thing in THINGS for verb in IS),
    *(f"{opinion} {joint}{pronoun} {verb}" for opinion in OPINIONS for joint in ("", "that ") for pronoun in PRONOUNS for verb in IS),
    *(f"{opinion} {joint}it's" for opinion in OPINIONS for joint in ("", "that ")),
    "is it", "is it just", "is it simply", "is it really", "is the answer", "is the result",
))  # fmt: skip
LONGEST = max(len(each.split()) for each in GIVING)


def gives_result(words: str) -> bool:
    """Whether what is said right before a formula gives it as what the derivative is; words in small letters."""
    said = words.replace("\n", " ").split()
    return any(" ".join(said[-length:]) in GIVING for length in range(1, LONGEST + 1))
