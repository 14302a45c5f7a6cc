// Products with the left side read in place, included once an instruction set: GEMM_WIDTH floats a
// vector, GEMM_MOST vectors of accumulators a row, NAME for the suffix.

typedef float NAME(gemm_vec) __attribute__((vector_size(GEMM_WIDTH * 4), aligned(4)));
typedef double NAME(gemm_wide) __attribute__((vector_size(GEMM_WIDTH * 8), aligned(8)));
#define gvec NAME(gemm_vec)
#define gwide NAME(gemm_wide)
#define GINLINE static inline __attribute__((always_inline))
#define GLOAD(p) (*(const gvec *)(p))
#define GEMM_PANEL (GEMM_MOST * GEMM_WIDTH)
#define GEMM_ROWS 6
// Unrolled before anything else, so that an array of accumulators becomes registers.
#define GUNROLL _Pragma("clang loop unroll(full)")

long NAME(ck_gemm_panel)(void) { return GEMM_PANEL; }
long NAME(ck_gemm_lanes)(void) { return GEMM_WIDTH; }

GINLINE long NAME(gemm_filled)(long columns) {
  return (columns + GEMM_WIDTH - 1) / GEMM_WIDTH * GEMM_WIDTH;
}

static __attribute__((noinline)) void NAME(gemm_put_some)(float *to, const float *v, long lanes,
                                                     int adds) {
  for (long l = 0; l < lanes; l++) to[l] = adds ? to[l] + v[l] : v[l];
}

// The last vector of a row may hold fewer columns than lanes.
GINLINE void NAME(gemm_put)(float *to, gvec v, long lanes, int adds) {
  if (lanes >= GEMM_WIDTH) {
    *(gvec *)to = adds ? GLOAD(to) + v : v;
  } else {
    float some[GEMM_WIDTH];
    memcpy(some, &v, sizeof some);
    NAME(gemm_put_some)(to, some, lanes, adds);
  }
}

// ROWS x VECTORS accumulators stay in registers. `sum` is as large as the largest kernel's; what a
// smaller one does not use is never touched.
GINLINE void NAME(gemm_rows)(const int ROWS, const int VECTORS, const float *a, const long *at,
                        const ck_run *runs, long count, const float *b, float *c, const long *to,
                        long columns, int adds) {
  gvec sum[GEMM_ROWS][GEMM_MOST];
  GUNROLL
  for (int r = 0; r < ROWS; r++)
    GUNROLL
    for (int q = 0; q < VECTORS; q++) sum[r][q] = (gvec){0};
  for (const ck_run *run = runs; run < runs + count; run++) {
    const float *row[GEMM_ROWS];
    GUNROLL
    for (int r = 0; r < ROWS; r++) row[r] = a + at[r] + run->at;
    for (long k = 0; k < run->length; k++) {
      gvec right[GEMM_MOST];
      GUNROLL
      for (int q = 0; q < VECTORS; q++) right[q] = GLOAD(b + q * GEMM_WIDTH);
      GUNROLL
      for (int r = 0; r < ROWS; r++) {
        gvec left = row[r][k] - (gvec){0};
        GUNROLL
        for (int q = 0; q < VECTORS; q++) sum[r][q] += left * right[q];
      }
      b += VECTORS * GEMM_WIDTH;
    }
  }
  GUNROLL
  for (int r = 0; r < ROWS; r++)
    GUNROLL
    for (int q = 0; q < VECTORS; q++)
      NAME(gemm_put)(c + to[r] + q * GEMM_WIDTH, sum[r][q], columns - q * GEMM_WIDTH, adds);
}

GINLINE void NAME(gemm_turned)(const int ROWS, const int VECTORS, const float *a, const long *at,
                          long depth, const float *b, float *c, long line, long columns, int adds) {
  gvec sum[GEMM_ROWS][GEMM_MOST];
  GUNROLL
  for (int r = 0; r < ROWS; r++)
    GUNROLL
    for (int q = 0; q < VECTORS; q++) sum[r][q] = (gvec){0};
  for (long k = 0; k < depth; k++) {
    const float *from = a + at[k];
    gvec right[GEMM_MOST];
    GUNROLL
    for (int q = 0; q < VECTORS; q++) right[q] = GLOAD(b + q * GEMM_WIDTH);
    GUNROLL
    for (int r = 0; r < ROWS; r++) {
      gvec left = from[r] - (gvec){0};
      GUNROLL
      for (int q = 0; q < VECTORS; q++) sum[r][q] += left * right[q];
    }
    b += VECTORS * GEMM_WIDTH;
  }
  GUNROLL
  for (int r = 0; r < ROWS; r++)
    GUNROLL
    for (int q = 0; q < VECTORS; q++)
      NAME(gemm_put)(c + r * line + q * GEMM_WIDTH, sum[r][q], columns - q * GEMM_WIDTH, adds);
}

// One function a count of rows and vectors.
#define GJOIN3(a, r, q) a##r##x##q
#define GJOIN(a, r, q) GJOIN3(a, r, q)
#define GEMM_KERNEL(R, Q)                                                                \
  static void NAME(GJOIN(gemm_rows, R, Q))(                                              \
      const float *a, const long *at, const ck_run *runs, long count, const float *b,    \
      float *c, const long *to, long columns, int adds) {                                \
    NAME(gemm_rows)(R, Q, a, at, runs, count, b, c, to, columns, adds);                  \
  }                                                                                      \
  static void NAME(GJOIN(gemm_turned, R, Q))(                                            \
      const float *a, const long *at, long depth, const float *b, float *c, long line,   \
      long columns, int adds) {                                                          \
    NAME(gemm_turned)(R, Q, a, at, depth, b, c, line, columns, adds);                    \
  }
#define GEMM_LINE(Q)                                                                     \
  GEMM_KERNEL(1, Q) GEMM_KERNEL(2, Q) GEMM_KERNEL(3, Q)                                  \
  GEMM_KERNEL(4, Q) GEMM_KERNEL(5, Q) GEMM_KERNEL(6, Q)
#define GEMM_LIST(a, Q)                                                                  \
  {NAME(GJOIN(a, 1, Q)), NAME(GJOIN(a, 2, Q)), NAME(GJOIN(a, 3, Q)),                     \
   NAME(GJOIN(a, 4, Q)), NAME(GJOIN(a, 5, Q)), NAME(GJOIN(a, 6, Q))}
GEMM_LINE(1)
GEMM_LINE(2)
#if GEMM_MOST == 4
GEMM_LINE(3)
GEMM_LINE(4)
#define GEMM_LISTS(a) \
  {GEMM_LIST(a, 1), GEMM_LIST(a, 2), GEMM_LIST(a, 3), GEMM_LIST(a, 4)}
#else
#define GEMM_LISTS(a) {GEMM_LIST(a, 1), GEMM_LIST(a, 2)}
#endif
typedef void (*NAME(gemm_rows_of))(const float *, const long *, const ck_run *, long,
                                   const float *, float *, const long *, long, int);
typedef void (*NAME(gemm_turned_of))(const float *, const long *, long, const float *, float *,
                                     long, long, int);
static const NAME(gemm_rows_of) NAME(gemm_row_kernels)[GEMM_MOST][GEMM_ROWS] =
    GEMM_LISTS(gemm_rows);
static const NAME(gemm_turned_of) NAME(gemm_turned_kernels)[GEMM_MOST][GEMM_ROWS] =
    GEMM_LISTS(gemm_turned);
#undef GEMM_LISTS
#undef GEMM_KERNEL
#undef GEMM_LINE
#undef GEMM_LIST
#undef GJOIN
#undef GJOIN3

void NAME(ck_gemm)(const float *a, const long *at, long rows, const ck_run *runs, long count,
                   const float *b, float *c, const long *to, long columns, int adds) {
  const long vectors = NAME(gemm_filled)(columns) / GEMM_WIDTH;
  const NAME(gemm_rows_of) *kernels = NAME(gemm_row_kernels)[vectors - 1];
  for (long r = 0; r < rows; r += GEMM_ROWS) {
    const long some = rows - r < GEMM_ROWS ? rows - r : GEMM_ROWS;
    kernels[some - 1](a, at + r, runs, count, b, c, to + r, columns, adds);
  }
}

void NAME(ck_gemm_turned)(const float *a, const long *at, long depth, long rows, const float *b,
                          float *c, long line, long columns, int adds) {
  const long vectors = NAME(gemm_filled)(columns) / GEMM_WIDTH;
  const NAME(gemm_turned_of) *kernels = NAME(gemm_turned_kernels)[vectors - 1];
  for (long r = 0; r < rows; r += GEMM_ROWS) {
    const long some = rows - r < GEMM_ROWS ? rows - r : GEMM_ROWS;
    kernels[some - 1](a + r, at, depth, b, c + r * line, line, columns, adds);
  }
}

void NAME(ck_dots)(const float *a, const long *at, long rows, const ck_run *runs, long count,
                   const float *b, float *c, const long *to, int adds) {
  for (long r = 0; r < rows; r++) {
    gvec sum[2] = {{0}, {0}};
    float rest = 0;
    const float *right = b;
    for (const ck_run *run = runs; run < runs + count; run++) {
      const float *left = a + at[r] + run->at;
      const long length = run->length;
      long k = 0;
      for (; k + 2 * GEMM_WIDTH <= length; k += 2 * GEMM_WIDTH) {
        sum[0] += GLOAD(left + k) * GLOAD(right + k);
        sum[1] += GLOAD(left + k + GEMM_WIDTH) * GLOAD(right + k + GEMM_WIDTH);
      }
      for (; k + GEMM_WIDTH <= length; k += GEMM_WIDTH)
        sum[0] += GLOAD(left + k) * GLOAD(right + k);
      for (; k < length; k++) rest += left[k] * right[k];
      right += length;
    }
    const gvec both = sum[0] + sum[1];
    float lanes[GEMM_WIDTH];
    memcpy(lanes, &both, sizeof lanes);
    for (int half = GEMM_WIDTH / 2; half > 0; half /= 2)
      for (int l = 0; l < half; l++) lanes[l] += lanes[l + half];
    rest += lanes[0];
    c[to[r]] = adds ? c[to[r]] + rest : rest;
  }
}

void NAME(ck_dots_turned)(const float *a, const long *at, long depth, long rows, const float *b,
                          float *c, int adds) {
  long r = 0;
  for (; r + 4 * GEMM_WIDTH <= rows; r += 4 * GEMM_WIDTH) {
    gvec sum[4] = {{0}, {0}, {0}, {0}};
    for (long k = 0; k < depth; k++)
      for (int q = 0; q < 4; q++) sum[q] += b[k] * GLOAD(a + at[k] + r + q * GEMM_WIDTH);
    for (int q = 0; q < 4; q++) NAME(gemm_put)(c + r + q * GEMM_WIDTH, sum[q], GEMM_WIDTH, adds);
  }
  for (; r + GEMM_WIDTH <= rows; r += GEMM_WIDTH) {
    gvec sum[2] = {{0}, {0}};
    long k = 0;
    for (; k + 2 <= depth; k += 2)
      for (int q = 0; q < 2; q++) sum[q] += b[k + q] * GLOAD(a + at[k + q] + r);
    if (k < depth) sum[0] += b[k] * GLOAD(a + at[k] + r);
    NAME(gemm_put)(c + r, sum[0] + sum[1], GEMM_WIDTH, adds);
  }
  for (; r < rows; r++) {
    float sum = 0;
    for (long k = 0; k < depth; k++) sum += b[k] * a[at[k] + r];
    c[r] = adds ? c[r] + sum : sum;
  }
}

void NAME(ck_sum_parts)(const float *p, long parts, long gap, long n, float *out, int adds) {
  for (long i = 0; i < n; i++) {
    float sum = adds ? out[i] : 0;
    for (long k = 0; k < parts; k++) sum += p[k * gap + i];
    out[i] = sum;
  }
}

GINLINE void NAME(gemm_finish)(float *c, const long *to, long rows, long lanes, const float *bias,
                          int relu, const float *about, double *sums, double *squares) {
  gvec add = {0}, center = {0};
  for (long l = 0; l < lanes; l++) {
    if (bias) add[l] = bias[l];
    if (about) center[l] = about[l];
  }
  gwide sum = {0}, square = {0};
  for (long r = 0; r < rows; r++) {
    float *row = c + to[r];
    gvec v = {0};
    if (lanes == GEMM_WIDTH) v = GLOAD(row);
    else for (long l = 0; l < lanes; l++) v[l] = row[l];
    v += add;
    if (relu) {
      const gvec zero = {0};
      v = (gvec)((__typeof(v < zero))v & ~(v < zero));
    }
    if (bias || relu) NAME(gemm_put)(row, v, lanes, 0);
    if (about) {
      const gwide d = __builtin_convertvector(v - center, gwide);
      sum += d;
      square += d * d;
    }
  }
  if (about)
    for (long l = 0; l < lanes; l++) {
      sums[l] += sum[l];
      squares[l] += square[l];
    }
}

void NAME(ck_gemm_finish)(float *c, const long *to, long rows, long columns, const float *bias,
                          int relu, const float *about, double *sums, double *squares) {
  for (long j = 0; j < columns; j += GEMM_WIDTH) {
    const long lanes = columns - j < GEMM_WIDTH ? columns - j : GEMM_WIDTH;
    const float *b = bias ? bias + j : 0, *m = about ? about + j : 0;
    if (lanes == GEMM_WIDTH)
      NAME(gemm_finish)(c + j, to, rows, GEMM_WIDTH, b, relu, m, sums + j, squares + j);
    else NAME(gemm_finish)(c + j, to, rows, lanes, b, relu, m, sums + j, squares + j);
  }
}
