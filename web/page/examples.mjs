// What the page offers to begin with.

export const EXAMPLES = [
  { source: String.raw`\|Ax-b\|_2^2`, wrt: 'x' },
  { source: String.raw`\log\det(X^T A X)`, wrt: 'X', declare: ['A: matrix n x n symmetric'] },
  { source: String.raw`f = W^T x + b; \lambda = f^T y; W \in \mathbb{R}^{m\times 10}; \frac{\partial\lambda}{\partial W}` },
  { source: String.raw`\sum_{i=1}^n \log(1+\exp(-y_i x_i^T w))`, wrt: 'w' },
  { source: String.raw`p = \operatorname{softmax}(Wx); L = -t^T\log p; \mathbf{1}^T t = 1`, wrt: 'W' },
  { source: String.raw`\operatorname{tr}(AX^{-1}B)`, wrt: 'X' },
  { source: String.raw`\frac{x^TAx}{x^Tx}`, wrt: 'x', declare: ['A: matrix n x n symmetric'] },
];
