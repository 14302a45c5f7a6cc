// The products of transformed tiles: what nearly all time goes to.

// c[ROWS][VECTORS] (+)= a b, or a^T b: a[depth] read at `a + depth * a_depth + row * a_row`, b at
// `b + depth * b_depth + column`. The accumulators stay in registers.
INLINE void multiply_tiles(
    int rows, int vectors, const float *a, size_t a_row, size_t a_depth, const float *b,
    size_t b_depth, int depth, float *c, size_t c_row, int adds) {
  vec sum[ROWS_AT_ONCE][MOST];
  UNROLLED for (int r = 0; r < rows; r++)
    UNROLLED for (int q = 0; q < vectors; q++)
      sum[r][q] = adds ? load(c + r * c_row + q * WIDTH) : (vec)(0);
  ROLLED for (int d = 0; d < depth; d++, a += a_depth, b += b_depth) {
    vec right[MOST];
    UNROLLED for (int q = 0; q < vectors; q++) right[q] = load(b + q * WIDTH);
    UNROLLED for (int r = 0; r < rows; r++) {
      const vec left = (vec)(a[r * a_row]);
      UNROLLED for (int q = 0; q < vectors; q++) sum[r][q] += left * right[q];
    }
  }
  UNROLLED for (int r = 0; r < rows; r++)
    UNROLLED for (int q = 0; q < vectors; q++) store(c + r * c_row + q * WIDTH, sum[r][q]);
}

#define DEFINE(rows, vectors)                                                                    \
  static void tiles_##rows##x##vectors(                                                          \
      const float *a, size_t a_row, size_t a_depth, const float *b, size_t b_depth, int depth,   \
      float *c, size_t c_row, int adds) {                                                        \
    multiply_tiles(rows, vectors, a, a_row, a_depth, b, b_depth, depth, c, c_row, adds);         \
  }
EACH_SIZE(DEFINE)
#undef DEFINE
typedef void tiles_kernel(
    const float *, size_t, size_t, const float *, size_t, int, float *, size_t, int);
static tiles_kernel *const tiles_kernels[MOST][ROWS_AT_ONCE] = LIST_SIZES(tiles);

// c[rows][width] (+)= a b by panels of b that are at most PANEL wide, `b_panel` floats apart; their
// lines are `b_line` floats apart, or their width if that is 0.
INLINE void multiply_panels(
    const float *a, size_t a_row, size_t a_depth, const float *b, size_t b_line, size_t b_panel,
    int depth, int rows, int width, float *c, size_t c_row, int adds) {
  for (int k = 0; k < width; k += PANEL, b += b_panel) {
    const int columns = least(width - k, PANEL);
    tiles_kernel *const *kernels = tiles_kernels[columns / WIDTH - 1];
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

static void winograd_products(int kind, int shares, ck_tiles v, int part, const float *u, int depth,
                              int count, int width, ck_tiles m, int adds) {
  const int positions = positions_of(kind), sharing = shared_place(kind, positions);
  for (int p = 0; p < positions * positions; p++, u += (size_t)depth * width + CK_WINOGRAD_PAD) {
    const int i = p / positions, j = p % positions;
    const int share = shared_place(kind, i) * sharing + shared_place(kind, j);
    // The second to reach a place that two positions share adds to it.
    const int again = kind == CK_WINOGRAD_UP4 && shares == 2 && (i == 3 || j == 3);
    multiply_panels(
        v.values + part * v.part + (shares == 1 ? share : p) * v.gap, v.depth, 1, u, 0,
        (size_t)depth * PANEL, depth, count, width,
        m.values + (shares == 2 ? share : p) * m.gap, m.depth, adds || again);
  }
}

static void winograd_filter_products(int kind, ck_tiles v, int c0, int rows, ck_tiles m, int k0,
                                     int width, int count, float *du, size_t du_gap, int line,
                                     int adds) {
  const int positions = positions_of(kind), sharing = shared_place(kind, positions);
  const float *left = v.values + c0 / v.depth * v.part + c0 % v.depth;
  const float *right = m.values + k0 / m.depth * m.part + k0 % m.depth;
  for (int p = 0; p < positions * positions; p++) {
    const int i = shared_place(kind, p / positions), j = shared_place(kind, p % positions);
    multiply_panels(
        left + (i * sharing + j) * v.gap, 1, v.depth, right + p * m.gap, m.depth, PANEL, count,
        rows, width, du + p * du_gap, line, adds);
  }
}
