"""The slips that `python -m tests.mutants` makes, and that one of them is noticed and none where there is none."""

from pathlib import Path

from derivtex.operations import matrix
from tests import test_card_values
from tests.mutants.kinds import FACES
from tests.mutants.running import is_noticed
from tests.mutants.slips import slips

SOURCE = '''
def f(np, x, y):
    """Words are left alone."""
    return np.outer(x, y).T @ y - 2 if x > y else np.conj(x)
g = lambda x: -x
'''


def test_a_slip_is_one_change_at_one_place():
    made = {slip.is_now for slip in slips(SOURCE, "f.py")}
    assert {"y @ np.outer(x, y).T", "np.outer(x, y)", "np.outer(y, x)", "3", "x <= y", "x"} < made and len(made) == 8
    assert not list(slips(SOURCE, "f.py", without=("f",)))[1:]


def test_a_slip_in_a_card_is_noticed():
    """In a process of its own: here nothing changes."""
    slip = next(slip for slip in slips(Path(matrix.__file__).read_text("utf-8"), matrix.__file__, FACES) if slip.was == "of.T")

    def known() -> None:
        test_card_values.test_the_value_of_a_card_is_what_it_was("Transpose")

    assert is_noticed(slip, known, ())
    known()
