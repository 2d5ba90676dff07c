"""What each operation is: one card each. Importing this makes all of them known in `derivtex.terms.CARDS`."""

from derivtex.operations.activations import Elu, Erf, Gelu, NormalDistribution, Swish
from derivtex.operations.arithmetic import EntryPower, Hadamard, Inner, Number, Pi, Product, Sum
from derivtex.operations.blocks import Block, Duplication, Elimination, SingleEntry, UnitVector, Vech
from derivtex.operations.calculus import Derivative, Differential, OpenCurve, d
from derivtex.operations.complexes import Conjugate, Hermitian, ImaginaryPart, ImaginaryUnit, RealPart
from derivtex.operations.elementwise import (
    Abs,
    Arctan,
    Call,
    Cos,
    Cosh,
    Elementwise,
    Exp,
    Log,
    Maximum,
    Minimum,
    Relu,
    Sigmoid,
    Sign,
    Sin,
    Sinh,
    Softmax,
    Softplus,
    Step,
    Tan,
    Tanh,
)
from derivtex.operations.equations import FixedPoint, Level, LinearSolution
from derivtex.operations.frechet import Frechet, FrechetMatrix, PowerChange
from derivtex.operations.functions import (
    Cholesky,
    MatrixCall,
    MatrixCos,
    MatrixExp,
    MatrixFunction,
    MatrixLog,
    MatrixRoot,
    MatrixSin,
)
from derivtex.operations.leaves import Hole, Index, Symbol, symbol
from derivtex.operations.matrix import Adjugate, Determinant, Inverse, MatrixPower, Trace, Transpose
from derivtex.operations.norms import EntrySumNorm, LogSumExp, MaxNorm, Norm, Peak, WeightedNorm
from derivtex.operations.openfunctions import OpenJacobian, ScalarCall, ScalarGradient, ScalarHessian, VectorCall
from derivtex.operations.second_frechet import SecondFrechet
from derivtex.operations.spectra import (
    Eigenvalue,
    Eigenvector,
    Eigenvectors,
    NuclearNorm,
    OrthogonalFactor,
    RotationFactor,
    SingularValue,
    SingularVector,
    SpectralNorm,
)
from derivtex.operations.structure import (
    Commutation,
    CrossMatrix,
    CrossProduct,
    Diag,
    Diagonal,
    Identity,
    Kronecker,
    LowerPart,
    Ones,
    PseudoInverse,
    Unvec,
    UpperPart,
    Vec,
    Zero,
    zero,
)
from derivtex.operations.structured import DiagonalMeans, DiagonalSums, HalvedLower
from derivtex.operations.sums import Before, Entry, KroneckerDelta, Member, ProductOver, Share, SumOver

__all__ = [
    "Abs", "Adjugate", "Arctan", "Before", "Block", "Call", "Cholesky", "Commutation", "Conjugate", "Cos", "Cosh", "CrossMatrix", "CrossProduct",
    "Derivative", "Determinant", "Diag", "Diagonal", "DiagonalMeans", "DiagonalSums", "Differential", "Duplication", "Eigenvalue", "Eigenvector",
    "Eigenvectors", "Elementwise", "Elimination", "Elu", "Entry", "EntryPower", "EntrySumNorm", "Erf", "Exp", "FixedPoint", "Frechet",
    "FrechetMatrix", "Gelu", "Hadamard", "HalvedLower", "Hermitian", "Hole", "Identity", "ImaginaryPart", "ImaginaryUnit", "Index", "Inner",
    "Inverse", "Kronecker", "KroneckerDelta", "Level", "LinearSolution", "Log", "LogSumExp", "LowerPart", "MatrixCall", "MatrixCos", "MatrixExp",
    "MatrixFunction", "MatrixLog", "MatrixPower", "MatrixRoot", "MatrixSin", "MaxNorm", "Maximum", "Member", "Minimum", "Norm",
    "NormalDistribution", "NuclearNorm", "Number", "Ones", "OpenCurve", "OpenJacobian", "OrthogonalFactor", "Peak", "Pi", "PowerChange", "Product",
    "ProductOver", "PseudoInverse", "RealPart", "Relu", "RotationFactor", "ScalarCall", "ScalarGradient", "ScalarHessian", "SecondFrechet", "Share",
    "Sigmoid", "Sign", "Sin", "SingleEntry", "SingularValue", "SingularVector", "Sinh", "Softmax", "Softplus", "SpectralNorm", "Step", "Sum",
    "SumOver", "Swish", "Symbol", "Tan", "Tanh", "Trace", "Transpose", "UnitVector", "Unvec", "UpperPart", "Vec", "Vech", "VectorCall",
    "WeightedNorm", "Zero", "d", "symbol", "zero",
]  # fmt: skip
