// The products of transformed tiles: what nearly all time goes to.

// c[ROWS][VECTORS] (+)= a b, or a^T b: a[depth] read at `a + depth * a_depth + row * a_row`, b at
// `b + depth * b_depth + column`. The accumulators stay in registers.
INLINE void NAME(multiply)(
    int rows, int vectors, const float *a, size_t a_row, size_t a_depth, const float *b,
    size_t b_depth, int depth, float *c, size_t c_row, int adds) {
  vec sum[6][4];
  UNROLLED for (int r = 0; r < rows; r++)
    UNROLLED for (int q = 0; q < vectors; q++)
      sum[r][q] = adds ? load(c + r * c_row + q * WIDTH) : (vec)(0);
  ROLLED for (int d = 0; d < depth; d++, a += a_depth, b += b_depth) {
    vec right[4];
    UNROLLED for (int q = 0; q < vectors; q++) right[q] = load(b + q * WIDTH);
    UNROLLED for (int r = 0; r < rows; r++) {
      const vec left = (vec)(a[r * a_row]);
      UNROLLED for (int q = 0; q < vectors; q++) sum[r][q] += left * right[q];
    }
  }
  UNROLLED for (int r = 0; r < rows; r++)
    UNROLLED for (int q = 0; q < vectors; q++) store(c + r * c_row + q * WIDTH, sum[r][q]);
}

typedef void NAME(multiplier)(
    const float *, size_t, size_t, const float *, size_t, int, float *, size_t, int);
#define JOIN3(a, b, c) a##b##_##c
#define JOIN2(a, b, c) JOIN3(a, b, c)
#define KERNEL(rows, vectors)                                                                    \
  static void NAME(JOIN2(kernel, rows, vectors))(                                                \
      const float *a, size_t a_row, size_t a_depth, const float *b, size_t b_depth, int depth,   \
      float *c, size_t c_row, int adds) {                                                        \
    NAME(multiply)(rows, vectors, a, a_row, a_depth, b, b_depth, depth, c, c_row, adds);         \
  }
#define KERNELS(vectors)                                                                         \
  KERNEL(1, vectors)                                                                             \
  KERNEL(2, vectors)                                                                             \
  KERNEL(3, vectors)                                                                             \
  KERNEL(4, vectors)                                                                             \
  KERNEL(5, vectors)                                                                             \
  KERNEL(6, vectors)
#define KERNEL_ROW(vectors)                                                                      \
  {                                                                                              \
    NAME(JOIN2(kernel, 1, vectors)), NAME(JOIN2(kernel, 2, vectors)),                            \
      NAME(JOIN2(kernel, 3, vectors)), NAME(JOIN2(kernel, 4, vectors)),                          \
      NAME(JOIN2(kernel, 5, vectors)), NAME(JOIN2(kernel, 6, vectors))                           \
  }
KERNELS(1)
KERNELS(2)
#if MOST == 4
KERNELS(3)
KERNELS(4)
#endif
static NAME(multiplier) *const NAME(multipliers)[MOST][6] = {
  KERNEL_ROW(1), KERNEL_ROW(2),
#if MOST == 4
  KERNEL_ROW(3), KERNEL_ROW(4),
#endif
};
#undef KERNEL
#undef KERNELS
#undef KERNEL_ROW
#undef JOIN2
#undef JOIN3
#define PANEL (MOST * WIDTH)

// c[rows][width] (+)= a b by panels of b that are at most PANEL wide, `b_panel` floats apart; their
// lines are `b_line` floats apart, or their width if that is 0.
INLINE void NAME(product)(
    const float *a, size_t a_row, size_t a_depth, const float *b, size_t b_line, size_t b_panel,
    int depth, int rows, int width, float *c, size_t c_row, int adds) {
  for (int k = 0; k < width; k += PANEL, b += b_panel) {
    const int columns = NAME(least)(width - k, PANEL);
    NAME(multiplier) *const *kernels = NAME(multipliers)[columns / WIDTH - 1];
    for (int r = 0, more; r < rows; r += more) {
      const int left = rows - r;
      // Not a single row or two at the end: 7 are 4 and 3, 8 are 4 and 4.
      more = left >= 9 || left == 6 ? 6 : left >= 7 ? 4 : left;
      kernels[more - 1](
          a + r * a_row, a_row, a_depth, b, b_line ? b_line : (size_t)columns, depth,
          c + r * c_row + k, c_row, adds);
    }
  }
}

void NAME(ck_wino_products)(
    int kind, int shares, const struct ck_wino_tiles *v, int part, const float *u, int depth,
    int count, int width, const struct ck_wino_tiles *m, int adds) {
  const int positions = NAME(positions)(kind), sharing = NAME(shared)(kind, positions);
  for (int p = 0; p < positions * positions; p++, u += (size_t)depth * width + CK_WINO_PAD) {
    const int i = p / positions, j = p % positions;
    const int share = NAME(shared)(kind, i) * sharing + NAME(shared)(kind, j);
    // The second to reach a place that two positions share adds to it.
    const int again = kind == CK_WINO_UP4 && shares == 2 && (i == 3 || j == 3);
    NAME(product)(
        v->values + part * v->part + (shares == 1 ? share : p) * v->gap, v->depth, 1, u, 0,
        (size_t)depth * PANEL, depth, count, width,
        m->values + (shares == 2 ? share : p) * m->gap, m->depth, adds || again);
  }
}

void NAME(ck_wino_filter_products)(
    int kind, const struct ck_wino_tiles *v, int c0, int rows, const struct ck_wino_tiles *m,
    int k0, int width, int count, float *du, size_t du_gap, int line, int adds) {
  const int positions = NAME(positions)(kind), sharing = NAME(shared)(kind, positions);
  const float *left = v->values + c0 / v->depth * v->part + c0 % v->depth;
  const float *right = m->values + k0 / m->depth * m->part + k0 % m->depth;
  for (int p = 0; p < positions * positions; p++) {
    const int i = NAME(shared)(kind, p / positions), j = NAME(shared)(kind, p % positions);
    NAME(product)(
        left + (i * sharing + j) * v->gap, 1, v->depth, right + p * m->gap, m->depth, PANEL, count,
        rows, width, du + p * du_gap, line, adds);
  }
}
