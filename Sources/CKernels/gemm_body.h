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
// Floats between what is read and what is fetched where memory is the limit.
#define GEMM_AHEAD 2048
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
  if (!adds) {
    GUNROLL
    for (int r = 0; r < ROWS; r++) {
      GUNROLL
      for (int q = 0; q < VECTORS; q++)
        __builtin_prefetch(c + to[r] + q * GEMM_WIDTH + GEMM_AHEAD, 1, 3);
    }
  }
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

GINLINE void NAME(gemm_fetch)(const ck_ahead *ahead, long first, long last) {
  for (long l = first; l < last; l++)
    for (long i = 0; i < ahead->length; i += 16)
      __builtin_prefetch(ahead->from + l * ahead->line + i, 0, 2);
}

void NAME(ck_gemm)(const float *a, const long *at, long rows, const ck_run *runs, long count,
                   const float *b, float *c, const long *to, long columns, int adds,
                   const ck_ahead *ahead) {
  const long vectors = NAME(gemm_filled)(columns) / GEMM_WIDTH;
  const NAME(gemm_rows_of) *kernels = NAME(gemm_row_kernels)[vectors - 1];
  for (long r = 0; r < rows; r += GEMM_ROWS) {
    const long some = rows - r < GEMM_ROWS ? rows - r : GEMM_ROWS;
    if (ahead) NAME(gemm_fetch)(ahead, ahead->lines * r / rows, ahead->lines * (r + some) / rows);
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

// The lanes of the two results of exchanging blocks of `s` between two rows.
#define GLOW(e, s) ((e) & (s) ? GEMM_WIDTH + (e) - (s) : (e))
#define GHIGH(e, s) ((e) & (s) ? GEMM_WIDTH + (e) : (e) + (s))
#define GLANES4(f, s, o) f(o, s), f(o + 1, s), f(o + 2, s), f(o + 3, s)
#if GEMM_WIDTH == 16
#define GLANES(f, s) GLANES4(f, s, 0), GLANES4(f, s, 4), GLANES4(f, s, 8), GLANES4(f, s, 12)
#elif GEMM_WIDTH == 8
#define GLANES(f, s) GLANES4(f, s, 0), GLANES4(f, s, 4)
#else
#define GLANES(f, s) GLANES4(f, s, 0)
#endif
#define GSTAGE(s)                                                                                 \
  GUNROLL                                                                                         \
  for (int i = 0; i < GEMM_WIDTH; i++)                                                            \
    if (!(i & (s))) {                                                                             \
      const gvec low = __builtin_shufflevector(v[i], v[i + (s)], GLANES(GLOW, s));                \
      v[i + (s)] = __builtin_shufflevector(v[i], v[i + (s)], GLANES(GHIGH, s));                   \
      v[i] = low;                                                                                 \
    }

// Makes rows of columns in a square of vectors.
GINLINE void NAME(gemm_turn)(gvec *v) {
  GSTAGE(1)
  GSTAGE(2)
#if GEMM_WIDTH > 4
  GSTAGE(4)
#endif
#if GEMM_WIDTH > 8
  GSTAGE(8)
#endif
}
#undef GLOW
#undef GHIGH
#undef GLANES4
#undef GLANES
#undef GSTAGE

// Lanes to be summed, of four rows: their products, and what is left of the depth on lane 0.
GINLINE void NAME(gemm_dots)(const float *a, const long *at, long last, const ck_run *runs,
                             long count, const float *b, gvec *v) {
  gvec sum[4] = {{0}, {0}, {0}, {0}};
  float rest[4] = {0, 0, 0, 0};
  for (const ck_run *run = runs; run < runs + count; b += run->length, run++) {
    const float *row[4];
    GUNROLL
    for (int r = 0; r < 4; r++) row[r] = a + at[r < last ? r : last] + run->at;
    const long length = run->length;
    long k = 0;
    for (; k + GEMM_WIDTH <= length; k += GEMM_WIDTH) {
      const gvec right = GLOAD(b + k);
      GUNROLL
      for (int r = 0; r < 4; r++) {
        __builtin_prefetch(row[r] + k + GEMM_AHEAD, 0, 3);
        sum[r] += GLOAD(row[r] + k) * right;
      }
    }
#pragma clang loop vectorize(disable)
    for (; k < length; k++) {
      GUNROLL
      for (int r = 0; r < 4; r++) rest[r] += row[r][k] * b[k];
    }
  }
  GUNROLL
  for (int r = 0; r < 4; r++) {
    sum[r][0] += rest[r];
    v[r] = sum[r];
  }
}

// A vector of rows at a time: their lanes are summed by turning the square they make.
void NAME(ck_dots)(const float *a, const long *at, long rows, const ck_run *runs, long count,
                   const float *b, float *c, const long *to, int adds) {
  for (long r = 0; r < rows; r += GEMM_WIDTH) {
    const long some = rows - r < GEMM_WIDTH ? rows - r : GEMM_WIDTH;
    gvec lines[GEMM_WIDTH] __attribute__((aligned(64)));
    for (long i = 0; i < GEMM_WIDTH; i += 4) {
      // Rows beyond the last are read as the last, and not written.
      const long first = i < some ? i : some - 1;
      NAME(gemm_dots)(a, at + r + first, some - 1 - first, runs, count, b, lines + i);
    }
    gvec v[GEMM_WIDTH];
    GUNROLL
    for (int i = 0; i < GEMM_WIDTH; i++) v[i] = lines[i];
    NAME(gemm_turn)(v);
    gvec sum = v[0];
    GUNROLL
    for (int i = 1; i < GEMM_WIDTH; i++) sum += v[i];
    if (to[r + some - 1] - to[r] == some - 1) {
      NAME(gemm_put)(c + to[r], sum, some, adds);
    } else {
      float lanes[GEMM_WIDTH];
      memcpy(lanes, &sum, sizeof lanes);
      for (long i = 0; i < some; i++) NAME(gemm_put_some)(c + to[r + i], lanes + i, 1, adds);
    }
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
