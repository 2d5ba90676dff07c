"""What is true of the operations: one page of rules each."""

from derivtex.calculus.adjoints import adjoints
from derivtex.calculus.algebra import algebra
from derivtex.calculus.arithmetic import arithmetic
from derivtex.calculus.blocks import blocks
from derivtex.calculus.cancelling import cancelling
from derivtex.calculus.collecting import collecting, gathering
from derivtex.calculus.complexes import complex_differentials, conjugate_turning
from derivtex.calculus.conjugates import conjugates
from derivtex.calculus.contractions import contractions
from derivtex.calculus.determinants import determinants
from derivtex.calculus.differentials import differentials
from derivtex.calculus.distributing import distributing
from derivtex.calculus.entries import entries
from derivtex.calculus.equations import equations
from derivtex.calculus.functions import closed_forms, functions, written_out
from derivtex.calculus.jacobians import rightmost, vectorization
from derivtex.calculus.kroneckers import kroneckers
from derivtex.calculus.logarithms import logarithms
from derivtex.calculus.multiplying import multiplying
from derivtex.calculus.powers import powers
from derivtex.calculus.projections import projections
from derivtex.calculus.scaling import forms, scaling
from derivtex.calculus.second_changes import second_changes
from derivtex.calculus.shares import shared, shares
from derivtex.calculus.signs import signs
from derivtex.calculus.slopes import slopes
from derivtex.calculus.spectra import spectra
from derivtex.calculus.stacks import stacks
from derivtex.calculus.totals import totals
from derivtex.calculus.traces import rank_one, to_dot_products, to_inner_products, to_traces, turning
from derivtex.calculus.tracing import tracing
from derivtex.calculus.transposes import transposes
from derivtex.simplification.diagonals import diagonals
from derivtex.simplification.named import logistic, softmaxes
from derivtex.simplification.outer import outer_products
from derivtex.simplification.pulling import pulling
from derivtex.simplification.recognition import recognition
from derivtex.simplification.summation import summation

PAGES = (
    complex_differentials, spectra, equations, differentials, shares, slopes, functions, second_changes, closed_forms, written_out, conjugate_turning, distributing, turning, to_dot_products, to_traces, to_inner_products, collecting, gathering,
    rank_one, adjoints, kroneckers, rightmost, vectorization, stacks, multiplying, tracing, recognition, outer_products, summation, diagonals, contractions, determinants, logarithms, signs, logistic, softmaxes, pulling, blocks, powers, scaling, forms, arithmetic, entries, cancelling, projections, totals, conjugates, transposes, algebra, shared,
)  # fmt: skip
