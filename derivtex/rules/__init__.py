"""What is true of the operations: one page of rules each."""

from derivtex.rules.adjoints import adjoints
from derivtex.rules.algebra import algebra
from derivtex.rules.arithmetic import arithmetic
from derivtex.rules.blocks import blocks
from derivtex.rules.cancelling import cancelling
from derivtex.rules.collecting import collecting, gathering
from derivtex.rules.complexes import complex_differentials, conjugate_turning
from derivtex.rules.conjugates import conjugates
from derivtex.rules.contractions import contractions
from derivtex.rules.determinants import determinants
from derivtex.rules.diagonals import diagonals
from derivtex.rules.differentials import differentials
from derivtex.rules.entries import entries
from derivtex.rules.equations import equations
from derivtex.rules.functions import closed_forms, functions, written_out
from derivtex.rules.jacobians import rightmost, vectorization
from derivtex.rules.kroneckers import kroneckers
from derivtex.rules.named import logistic, softmaxes
from derivtex.rules.outer import outer_products
from derivtex.rules.powers import powers
from derivtex.rules.projections import projections
from derivtex.rules.pulling import pulling
from derivtex.rules.recognition import recognition
from derivtex.rules.second_changes import second_changes
from derivtex.rules.slopes import slopes
from derivtex.rules.spectra import spectra
from derivtex.rules.stacks import stacks
from derivtex.rules.summation import summation
from derivtex.rules.totals import totals
from derivtex.rules.traces import rank_one, to_dot_products, to_inner_products, to_traces, turning
from derivtex.rules.transposes import transposes

PAGES = (
    complex_differentials, spectra, equations, differentials, slopes, functions, second_changes, closed_forms, written_out, conjugate_turning, turning, to_dot_products, to_traces, to_inner_products, collecting, gathering,
    rank_one, adjoints, kroneckers, rightmost, vectorization, stacks, recognition, outer_products, summation, diagonals, contractions, determinants, logistic, softmaxes, pulling, blocks, powers, arithmetic, entries, cancelling, projections, totals, conjugates, transposes, algebra,
)  # fmt: skip
