"""What is true of the operations: one page of rules each."""

from derivtex.rules.adjoints import adjoints
from derivtex.rules.algebra import algebra
from derivtex.rules.arithmetic import arithmetic
from derivtex.rules.collecting import collecting
from derivtex.rules.differentials import differentials
from derivtex.rules.jacobians import rightmost, vectorization
from derivtex.rules.kroneckers import kroneckers
from derivtex.rules.recognition import recognition
from derivtex.rules.slopes import slopes
from derivtex.rules.traces import to_dot_products, to_inner_products, to_traces, turning

PAGES = (differentials, slopes, turning, to_dot_products, to_traces, to_inner_products, collecting, adjoints, kroneckers, rightmost, vectorization, recognition, arithmetic, algebra)
