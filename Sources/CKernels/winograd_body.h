// The parts of Winograd's method, included once an instruction set: WIDTH floats a vector, MOST vectors
// of accumulators a row, NAME for the suffix. Loops run over channels, WIDTH at a time.

typedef float NAME(vec) __attribute__((vector_size(WIDTH * 4), aligned(4)));
#define vec NAME(vec)
#define INLINE static inline __attribute__((always_inline))

INLINE vec NAME(load)(const float *p) { return *(const vec *)p; }
INLINE void NAME(store)(float *p, vec v) { *(vec *)p = v; }
INLINE vec NAME(all)(float x) { return x - (vec){0}; }
#define load NAME(load)
#define store NAME(store)

#define PA 0.75f
#define PB 1.5f
#define A2 (PA * PA)
#define B2 (PB * PB)

// t = B^T d, `stride` apart in both: B^T holds the coefficients of m(x) / (x - p) for each point p.
INLINE void NAME(input_1d)(int tile, const vec *d, vec *t, int stride) {
#define D(i) d[(i) * stride]
#define T(i) t[(i) * stride]
  if (tile == 4) {
    vec even1 = D(4) - B2 * D(2), odd1 = PA * (D(3) - B2 * D(1));
    vec even2 = D(4) - A2 * D(2), odd2 = PB * (D(3) - A2 * D(1));
    T(0) = A2 * B2 * D(0) - (A2 + B2) * D(2) + D(4);
    vec last = A2 * B2 * D(1) - (A2 + B2) * D(3) + D(5);
    T(1) = even1 + odd1;
    T(2) = even1 - odd1;
    T(3) = even2 + odd2;
    T(4) = even2 - odd2;
    T(5) = last;
  } else {
    vec d1 = D(1), d2 = D(2);
    T(0) = D(0) - d2;
    T(3) = D(3) - d1;
    T(1) = d1 + d2;
    T(2) = d2 - d1;
  }
}

// y = A^T m: the values of the powers at the points.
INLINE void NAME(output_1d)(int tile, const vec *d, vec *t, int stride, int to) {
#define Y(i) t[(i) * to]
  if (tile == 4) {
    vec sum1 = D(1) + D(2), gap1 = D(1) - D(2), sum2 = D(3) + D(4), gap2 = D(3) - D(4);
    Y(0) = D(0) + sum1 + sum2;
    Y(1) = PA * gap1 + PB * gap2;
    Y(2) = A2 * sum1 + B2 * sum2;
    Y(3) = A2 * PA * gap1 + B2 * PB * gap2 + D(5);
  } else {
    Y(0) = D(0) + D(1) + D(2);
    Y(1) = D(1) - D(2) + D(3);
  }
}

// m = A y, the transpose of output_1d.
INLINE void NAME(gradient_1d)(int tile, const vec *d, vec *t, int stride, int to) {
  if (tile == 4) {
    vec even1 = D(0) + A2 * D(2), odd1 = PA * (D(1) + A2 * D(3));
    vec even2 = D(0) + B2 * D(2), odd2 = PB * (D(1) + B2 * D(3));
    Y(0) = D(0);
    Y(1) = even1 + odd1;
    Y(2) = even1 - odd1;
    Y(3) = even2 + odd2;
    Y(4) = even2 - odd2;
    Y(5) = D(3);
  } else {
    Y(0) = D(0);
    Y(1) = D(0) + D(1);
    Y(2) = D(0) - D(1);
    Y(3) = D(1);
  }
}
#undef D
#undef T
#undef Y

// Where tile `index` starts: picture, row and column of its first output.
INLINE void NAME(place)(const struct ck_winograd *job, int index, int *n, int *y, int *x) {
  int across = (job->width + job->tile - 1) / job->tile;
  int down = (job->height + job->tile - 1) / job->tile;
  *n = index / (across * down);
  *y = index / across % down * job->tile;
  *x = index % across * job->tile;
}

// V[p][t][c] = B^T d B of the tiles first ..< first + count; `gap` floats from a position to the next.
INLINE void NAME(input_tiles)(
    const struct ck_winograd *job, int tile, const float *x, int first, int count, float *v,
    size_t gap) {
  const int side = tile + 2, channels = job->inputs;
  for (int t = 0; t < count; t++) {
    int n, y0, x0;
    NAME(place)(job, first + t, &n, &y0, &x0);
    const float *picture = x + (size_t)n * job->height * job->width * job->input_stride;
    const int inside =
        y0 >= 1 && x0 >= 1 && y0 + tile + 1 <= job->height && x0 + tile + 1 <= job->width;
    for (int c = 0; c < channels; c += WIDTH) {
      vec d[36], row[36];
      for (int i = 0; i < side; i++) {
        const int yy = y0 - 1 + i;
        const float *line = picture + ((ptrdiff_t)yy * job->width + x0 - 1) * (ptrdiff_t)job->input_stride + c;
        if (inside)  // the next tile's columns come while this one is worked on
          for (int j = 2; j < side; j++)
            __builtin_prefetch(line + (j + tile) * job->input_stride, 0, 3);
        for (int j = 0; j < side; j++) {
          const int xx = x0 - 1 + j;
          d[i * side + j] =
              inside || (yy >= 0 && yy < job->height && xx >= 0 && xx < job->width)
                  ? load(line + j * job->input_stride)
                  : (vec){0};
        }
        NAME(input_1d)(tile, d + i * side, row + i * side, 1);
      }
      for (int j = 0; j < side; j++) {
        vec column[6];
        vec in[6];
        for (int i = 0; i < side; i++) in[i] = row[i * side + j];
        NAME(input_1d)(tile, in, column, 1);
        for (int i = 0; i < side; i++) store(v + (i * side + j) * gap + (size_t)t * channels + c, column[i]);
      }
    }
  }
}

// M[p][t][k] = A dY A^T of the tiles first ..< first + count.
INLINE void NAME(gradient_tiles)(
    const struct ck_winograd *job, int tile, const float *dy, int first, int count, float *m,
    size_t gap) {
  const int side = tile + 2, channels = job->outputs;
  for (int t = 0; t < count; t++) {
    int n, y0, x0;
    NAME(place)(job, first + t, &n, &y0, &x0);
    const float *picture = dy + (size_t)n * job->height * job->width * job->output_stride;
    for (int c = 0; c < channels; c += WIDTH) {
      vec d[4], row[4 * 6];
      for (int i = 0; i < tile; i++) {
        const int yy = y0 + i;
        const float *line = picture + ((size_t)yy * job->width + x0) * job->output_stride + c;
        for (int j = 0; j < tile; j++)
          d[j] = yy < job->height && x0 + j < job->width ? load(line + j * job->output_stride) : (vec){0};
        NAME(gradient_1d)(tile, d, row + i * side, 1, 1);
      }
      for (int j = 0; j < side; j++) {
        vec column[6];
        NAME(gradient_1d)(tile, row + j, column, side, 1);
        for (int i = 0; i < side; i++) store(m + (i * side + j) * gap + (size_t)t * channels + c, column[i]);
      }
    }
  }
}

// y = A^T M A + bias of the tiles first ..< first + count.
INLINE void NAME(output_tiles)(
    const struct ck_winograd *job, int tile, const float *m, size_t gap, int first, int count,
    const float *bias, float *y, int adds) {
  const int side = tile + 2, channels = job->outputs;
  for (int t = 0; t < count; t++) {
    int n, y0, x0;
    NAME(place)(job, first + t, &n, &y0, &x0);
    float *picture = y + (size_t)n * job->height * job->width * job->output_stride;
    for (int c = 0; c < channels; c += WIDTH) {
      vec half[6 * 4];
      for (int i = 0; i < side; i++) {
        vec d[6];
        for (int j = 0; j < side; j++) d[j] = load(m + (i * side + j) * gap + (size_t)t * channels + c);
        NAME(output_1d)(tile, d, half + i * tile, 1, 1);
      }
      vec add = bias ? load(bias + c) : (vec){0};
      for (int j = 0; j < tile; j++) {
        vec out[4];
        NAME(output_1d)(tile, half + j, out, tile, 1);
        if (x0 + j >= job->width) continue;
        for (int i = 0; i < tile && y0 + i < job->height; i++)
{
          float *to = picture + ((size_t)(y0 + i) * job->width + x0 + j) * job->output_stride + c;
          store(to, adds ? load(to) + out[i] + add : out[i] + add);
        }
      }
    }
  }
}

// c[rows][columns] (+)= a^T b: a[depth][..] read at `a + depth * a_depth + row * a_row`, b at
// `b + depth * b_depth + column`; ROWS x VECTORS accumulators stay in registers.
#define JOIN3(a, b, c) a##b##_##c
#define JOIN2(a, b, c) JOIN3(a, b, c)
#define KERNEL(ROWS, VECTORS)                                                                     \
  INLINE void NAME(JOIN2(kernel, ROWS, VECTORS))(                                                 \
      const float *a, size_t a_row, size_t a_depth, const float *b, size_t b_depth, int depth,    \
      float *c, size_t c_row, int adds) {                                                         \
    vec sum[ROWS][VECTORS];                                                                       \
    for (int r = 0; r < ROWS; r++)                                                                \
      for (int q = 0; q < VECTORS; q++) sum[r][q] = (vec){0};                                     \
    for (int d = 0; d < depth; d++) {                                                             \
      vec right[VECTORS];                                                                         \
      for (int q = 0; q < VECTORS; q++) right[q] = load(b + q * WIDTH);                           \
      for (int r = 0; r < ROWS; r++) {                                                            \
        vec left = NAME(all)(a[r * a_row]);                                                       \
        for (int q = 0; q < VECTORS; q++) sum[r][q] += left * right[q];                           \
      }                                                                                           \
      a += a_depth;                                                                               \
      b += b_depth;                                                                               \
    }                                                                                             \
    for (int r = 0; r < ROWS; r++)                                                                \
      for (int q = 0; q < VECTORS; q++) {                                                         \
        float *to = c + r * c_row + q * WIDTH;                                                    \
        store(to, adds ? load(to) + sum[r][q] : sum[r][q]);                                       \
      }                                                                                           \
  }
KERNEL(6, MOST)
KERNEL(1, MOST)
KERNEL(6, 1)
KERNEL(1, 1)
#undef KERNEL
#define BIG(rows) NAME(JOIN2(kernel, rows, MOST))
#define SMALL(rows) NAME(JOIN2(kernel, rows, 1))
#define PANEL (MOST * WIDTH)

// One position's product: c[rows][columns] (+)= a b. The columns go in panels of PANEL, the last may be
// narrower; `b_panel` floats lie between panels, `b_depth` between the lines of one (0: the panel's width).
INLINE void NAME(product)(
    const float *a, size_t a_row, size_t a_depth, const float *b, size_t b_depth, size_t b_panel,
    int depth, int rows, int columns, float *c, size_t c_row, int adds) {
  for (int k = 0; k < columns; k += PANEL, b += b_panel) {
    const int width = columns - k < PANEL ? columns - k : PANEL;
    const size_t b_line = b_depth ? b_depth : (size_t)width;
    int r = 0;
    for (; r + 6 <= rows; r += 6) {
      if (width == PANEL) BIG(6)(a + r * a_row, a_row, a_depth, b, b_line, depth, c + r * c_row + k, c_row, adds);
      else for (int q = 0; q < width; q += WIDTH)
        SMALL(6)(a + r * a_row, a_row, a_depth, b + q, b_line, depth, c + r * c_row + k + q, c_row, adds);
    }
    for (; r < rows; r++) {
      if (width == PANEL) BIG(1)(a + r * a_row, a_row, a_depth, b, b_line, depth, c + r * c_row + k, c_row, adds);
      else for (int q = 0; q < width; q += WIDTH)
        SMALL(1)(a + r * a_row, a_row, a_depth, b + q, b_line, depth, c + r * c_row + k + q, c_row, adds);
    }
  }
}

// u = G g: the filter's values at the points, over the product of the point's distances.
INLINE void NAME(filter_1d)(int tile, const vec *g, vec *u, int stride, int to) {
  const vec g0 = g[0], g1 = g[stride], g2 = g[2 * stride];
  if (tile == 4) {
    // Distances: (0) a^2 b^2; (+-a) 2 a^2 (a^2 - b^2); (+-b) 2 b^2 (b^2 - a^2).
    const float n0 = 1 / (A2 * B2), na = 1 / (2 * A2 * (A2 - B2)), nb = 1 / (2 * B2 * (B2 - A2));
    vec even1 = na * (g0 + A2 * g2), odd1 = na * PA * g1;
    vec even2 = nb * (g0 + B2 * g2), odd2 = nb * PB * g1;
    u[0] = n0 * g0;
    u[1 * to] = even1 + odd1;
    u[2 * to] = even1 - odd1;
    u[3 * to] = even2 + odd2;
    u[4 * to] = even2 - odd2;
    u[5 * to] = g2;
  } else {
    vec half = 0.5f * (g0 + g2);
    u[0] = g0;
    u[1 * to] = half + 0.5f * g1;
    u[2 * to] = half - 0.5f * g1;
    u[3 * to] = g2;
  }
}

// g = G^T u, the transpose of filter_1d.
INLINE void NAME(filter_gradient_1d)(int tile, const vec *u, vec *g, int stride, int to) {
#define U(i) u[(i) * stride]
  if (tile == 4) {
    const float n0 = 1 / (A2 * B2), na = 1 / (2 * A2 * (A2 - B2)), nb = 1 / (2 * B2 * (B2 - A2));
    vec sum1 = na * (U(1) + U(2)), sum2 = nb * (U(3) + U(4));
    g[0] = n0 * U(0) + sum1 + sum2;
    g[1 * to] = na * PA * (U(1) - U(2)) + nb * PB * (U(3) - U(4));
    g[2 * to] = A2 * sum1 + B2 * sum2 + U(5);
  } else {
    vec half = 0.5f * (U(1) + U(2));
    g[0] = U(0) + half;
    g[1 * to] = 0.5f * (U(1) - U(2));
    g[2 * to] = half + U(3);
  }
#undef U
}

// U[p][panel][c][k] = G g G^T of the panels first ..< first + count. `w` is [k][c][3][3]; when `turned`,
// it is the filter of the convolution whose dx this job computes, [c][k][3][3], and is turned by 180 degrees.
INLINE void NAME(filters)(const struct ck_winograd *job, int tile, const float *w, int turned, float *u, int first, int count) {
  const int side = tile + 2, inputs = job->inputs, outputs = job->outputs;
  const size_t position = (size_t)inputs * outputs;
  for (int k0 = first * PANEL; k0 < (first + count) * PANEL && k0 < outputs; k0 += PANEL) {
    const int width = outputs - k0 < PANEL ? outputs - k0 : PANEL;
    for (int c = 0; c < inputs; c++)
      for (int q = 0; q < width; q += WIDTH) {
        float lanes[9 * WIDTH];
        for (int l = 0; l < WIDTH; l++) {
          const int k = k0 + q + l;
          const float *g = turned ? w + ((size_t)c * outputs + k) * 9 : w + ((size_t)k * inputs + c) * 9;
          for (int i = 0; i < 9; i++) lanes[i * WIDTH + l] = g[turned ? 8 - i : i];
        }
        vec g[9], half[18], all[36];
        for (int i = 0; i < 9; i++) g[i] = load(lanes + i * WIDTH);
        for (int j = 0; j < 3; j++) NAME(filter_1d)(tile, g + j, half + j, 3, 3);
        for (int i = 0; i < side; i++) NAME(filter_1d)(tile, half + i * 3, all + i * side, 1, 1);
        float *to = u + (size_t)k0 * inputs + (size_t)c * width + q;
        for (int p = 0; p < side * side; p++) store(to + p * position, all[p]);
      }
  }
}

// dW[k][c][3][3] = G^T dU G of the inputs first ..< first + count, where dU is the sum of `copies`.
INLINE void NAME(filter_gradients)(
    const struct ck_winograd *job, int tile, const float *du, int copies, size_t copy, float *dw, int adds, int first, int count) {
  const int side = tile + 2, inputs = job->inputs, outputs = job->outputs;
  const size_t position = (size_t)inputs * outputs;
  for (int c = first; c < first + count; c++)
    for (int k = 0; k < outputs; k += WIDTH) {
      vec u[36], half[18], g[9];
      for (int p = 0; p < side * side; p++) {
        const float *from = du + p * position + (size_t)c * outputs + k;
        u[p] = load(from);
        for (int other = 1; other < copies; other++) u[p] += load(from + other * copy);
      }
      for (int j = 0; j < side; j++) NAME(filter_gradient_1d)(tile, u + j, half + j, side, side);
      for (int i = 0; i < 3; i++) NAME(filter_gradient_1d)(tile, half + i * side, g + i * 3, 1, 1);
      for (int l = 0; l < WIDTH; l++)
        for (int i = 0; i < 9; i++) {
          float *to = dw + ((size_t)(k + l) * inputs + c) * 9 + i;
          *to = adds ? *to + g[i][l] : g[i][l];
        }
    }
}

void NAME(ck_winograd_filters)(const struct ck_winograd *job, const float *w, int turned, float *u, int first, int count) {
  if (job->tile == 4) NAME(filters)(job, 4, w, turned, u, first, count);
  else NAME(filters)(job, 2, w, turned, u, first, count);
}
void NAME(ck_winograd_filter_gradients)(const struct ck_winograd *job, const float *du, int copies, size_t copy, float *dw, int adds, int first, int count) {
  if (job->tile == 4) NAME(filter_gradients)(job, 4, du, copies, copy, dw, adds, first, count);
  else NAME(filter_gradients)(job, 2, du, copies, copy, dw, adds, first, count);
}
void NAME(ck_winograd_input)(const struct ck_winograd *job, const float *x, int first, int count, float *v, size_t gap) {
  if (job->tile == 4) NAME(input_tiles)(job, 4, x, first, count, v, gap);
  else NAME(input_tiles)(job, 2, x, first, count, v, gap);
}
void NAME(ck_winograd_gradient)(const struct ck_winograd *job, const float *dy, int first, int count, float *m, size_t gap) {
  if (job->tile == 4) NAME(gradient_tiles)(job, 4, dy, first, count, m, gap);
  else NAME(gradient_tiles)(job, 2, dy, first, count, m, gap);
}
void NAME(ck_winograd_output)(const struct ck_winograd *job, const float *m, size_t gap, int first, int count, const float *bias, float *y, int adds) {
  if (job->tile == 4) NAME(output_tiles)(job, 4, m, gap, first, count, bias, y, adds);
  else NAME(output_tiles)(job, 2, m, gap, first, count, bias, y, adds);
}
// M = V U of the positions p0 ..< p1; U lies [position][panel][input][PANEL].
void NAME(ck_winograd_products)(const struct ck_winograd *job, const float *v, size_t v_gap, const float *u, int count, float *m, size_t m_gap, int p0, int p1) {
  const int c = job->inputs, k = job->outputs;
  for (int p = p0; p < p1; p++)
    NAME(product)(v + p * v_gap, c, 1, u + (size_t)p * c * k, 0, (size_t)c * PANEL, c, count, k, m + p * m_gap, k, 0);
}
// dU += V^T M of the positions p0 ..< p1; dU lies [position][input][output].
void NAME(ck_winograd_filter_products)(const struct ck_winograd *job, const float *v, size_t v_gap, const float *m, size_t m_gap, int count, float *du, int p0, int p1) {
  const int c = job->inputs, k = job->outputs;
  for (int p = p0; p < p1; p++)
    NAME(product)(v + p * v_gap, 1, c, m + p * m_gap, k, PANEL, count, c, k, du + (size_t)p * c * k, k, 1);
}

int NAME(ck_winograd_panel)(void) { return PANEL; }
