// Products with the left side read in place: six rows of pixels times a panel of the filter at a
// time.

// Floats between what is read and what is fetched where memory is the limit.
#define AHEAD_FLOATS 2048

static __attribute__((noinline)) void put_some(float *to, const float *v, long lanes, int adds) {
  for (long l = 0; l < lanes; l++) to[l] = adds ? to[l] + v[l] : v[l];
}

// The last vector of a row may hold fewer columns than lanes.
INLINE void put_lanes(float *to, vec v, long lanes, int adds) {
  if (lanes >= WIDTH) {
    *(vec *)to = adds ? load(to) + v : v;
  } else {
    float some[WIDTH];
    memcpy(some, &v, sizeof some);
    put_some(to, some, lanes, adds);
  }
}

// ROWS x VECTORS accumulators stay in registers. `sum` is as large as the largest kernel's; what a
// smaller one does not use is optimised away.
INLINE void add_step(const int ROWS, const int VECTORS, vec sum[][MOST], const float *left,
                     const float *b) {
  vec right[MOST];
  UNROLLED
  for (int q = 0; q < VECTORS; q++) right[q] = load(b + q * WIDTH);
  UNROLLED
  for (int r = 0; r < ROWS; r++)
    UNROLLED
    for (int q = 0; q < VECTORS; q++) sum[r][q] += (vec)(left[r]) * right[q];
}

INLINE void put_sums(const int ROWS, const int VECTORS, vec sum[][MOST], float *c, const long *to,
                     long columns, int adds) {
  UNROLLED
  for (int r = 0; r < ROWS; r++)
    UNROLLED
    for (int q = 0; q < VECTORS; q++)
      put_lanes(c + to[r] + q * WIDTH, sum[r][q], columns - q * WIDTH, adds);
}

INLINE void multiply_rows(const int ROWS, const int VECTORS, const float *a, const long *at,
                          const ck_run *runs, long count, const float *b, float *c, const long *to,
                          long columns, int adds) {
  vec sum[ROWS_AT_ONCE][MOST] = {0};
  if (!adds) {
    UNROLLED
    for (int r = 0; r < ROWS; r++) {
      UNROLLED
      for (int q = 0; q < VECTORS; q++)
        __builtin_prefetch(c + to[r] + q * WIDTH + AHEAD_FLOATS, 0, 3);
    }
  }
  for (const ck_run *run = runs; run < runs + count; run++) {
    const float *row[ROWS_AT_ONCE];
    UNROLLED
    for (int r = 0; r < ROWS; r++) row[r] = a + at[r] + run->at;
    for (long k = 0; k < run->length; k++, b += VECTORS * WIDTH) {
      float left[ROWS_AT_ONCE];
      UNROLLED
      for (int r = 0; r < ROWS; r++) left[r] = row[r][k];
      add_step(ROWS, VECTORS, sum, left, b);
    }
  }
  put_sums(ROWS, VECTORS, sum, c, to, columns, adds);
}

INLINE void multiply_transposed(const int ROWS, const int VECTORS, const float *a, const long *at,
                                long depth, const float *b, float *c, long line, long columns,
                                int adds) {
  vec sum[ROWS_AT_ONCE][MOST] = {0};
  long to[ROWS_AT_ONCE];
  UNROLLED
  for (int r = 0; r < ROWS; r++) to[r] = r * line;
  for (long k = 0; k < depth; k++, b += VECTORS * WIDTH)
    add_step(ROWS, VECTORS, sum, a + at[k], b);
  put_sums(ROWS, VECTORS, sum, c, to, columns, adds);
}

#define DEFINE(R, Q)                                                                     \
  static void rows_##R##x##Q(                                                            \
      const float *a, const long *at, const ck_run *runs, long count, const float *b,    \
      float *c, const long *to, long columns, int adds) {                                \
    multiply_rows(R, Q, a, at, runs, count, b, c, to, columns, adds);                    \
  }                                                                                      \
  static void transposed_##R##x##Q(                                                      \
      const float *a, const long *at, long depth, const float *b, float *c, long line,   \
      long columns, int adds) {                                                          \
    multiply_transposed(R, Q, a, at, depth, b, c, line, columns, adds);                  \
  }
EACH_SIZE(DEFINE)
#undef DEFINE
typedef void rows_kernel(const float *, const long *, const ck_run *, long, const float *, float *,
                         const long *, long, int);
typedef void transposed_kernel(const float *, const long *, long, const float *, float *, long,
                               long, int);
static rows_kernel *const rows_kernels[MOST][ROWS_AT_ONCE] = LIST_SIZES(rows);
static transposed_kernel *const transposed_kernels[MOST][ROWS_AT_ONCE] = LIST_SIZES(transposed);

INLINE void fetch_ahead(const ck_ahead *ahead, long first, long last) {
  for (long l = first; l < last; l++)
    for (long i = 0; i < ahead->length; i += 16)
      __builtin_prefetch(ahead->from + l * ahead->line + i, 0, 2);
}

static void product(const float *a, const long *at, long rows, const ck_run *runs, long count,
                    const float *b, float *c, const long *to, long columns, int adds,
                    const ck_ahead *ahead) {
  const long vectors = filled(columns) / WIDTH;
  rows_kernel *const *kernels = rows_kernels[vectors - 1];
  for (long r = 0; r < rows; r += ROWS_AT_ONCE) {
    const long some = rows - r < ROWS_AT_ONCE ? rows - r : ROWS_AT_ONCE;
    if (ahead) fetch_ahead(ahead, ahead->lines * r / rows, ahead->lines * (r + some) / rows);
    kernels[some - 1](a, at + r, runs, count, b, c, to + r, columns, adds);
  }
}

static void product_transposed(const float *a, const long *at, long depth, long rows,
                               const float *b, float *c, long line, long columns, int adds) {
  const long vectors = filled(columns) / WIDTH;
  transposed_kernel *const *kernels = transposed_kernels[vectors - 1];
  for (long r = 0; r < rows; r += ROWS_AT_ONCE) {
    const long some = rows - r < ROWS_AT_ONCE ? rows - r : ROWS_AT_ONCE;
    kernels[some - 1](a + r, at, depth, b, c + r * line, line, columns, adds);
  }
}

// Lanes to be summed, of four rows: their products, and what is left of the depth on lane 0.
INLINE void dots_of_four(const float *a, const long *at, long last, const ck_run *runs, long count,
                         const float *b, vec *v) {
  vec sum[4] = {{0}, {0}, {0}, {0}};
  float rest[4] = {0, 0, 0, 0};
  for (const ck_run *run = runs; run < runs + count; b += run->length, run++) {
    const float *row[4];
    UNROLLED
    for (int r = 0; r < 4; r++) row[r] = a + at[r < last ? r : last] + run->at;
    const long length = run->length;
    long k = 0;
    for (; k + WIDTH <= length; k += WIDTH) {
      const vec right = load(b + k);
      UNROLLED
      for (int r = 0; r < 4; r++) {
        __builtin_prefetch(row[r] + k + AHEAD_FLOATS, 0, 3);
        sum[r] += load(row[r] + k) * right;
      }
    }
#pragma clang loop vectorize(disable)
    for (; k < length; k++) {
      UNROLLED
      for (int r = 0; r < 4; r++) rest[r] += row[r][k] * b[k];
    }
  }
  UNROLLED
  for (int r = 0; r < 4; r++) {
    sum[r][0] += rest[r];
    v[r] = sum[r];
  }
}

// A vector of rows at a time: their lanes are summed by transposing the square they make.
static void dots(const float *a, const long *at, long rows, const ck_run *runs, long count,
                 const float *b, float *c, const long *to, int adds) {
  for (long r = 0; r < rows; r += WIDTH) {
    const long some = rows - r < WIDTH ? rows - r : WIDTH;
    vec lines[WIDTH] __attribute__((aligned(64)));
    for (long i = 0; i < WIDTH; i += 4) {
      // Rows beyond the last are read as the last, and not written.
      const long first = i < some ? i : some - 1;
      dots_of_four(a, at + r + first, some - 1 - first, runs, count, b, lines + i);
    }
    vec v[WIDTH];
    UNROLLED
    for (int i = 0; i < WIDTH; i++) v[i] = lines[i];
    transpose(v);
    vec sum = v[0];
    UNROLLED
    for (int i = 1; i < WIDTH; i++) sum += v[i];
    if (to[r + some - 1] - to[r] == some - 1) {
      put_lanes(c + to[r], sum, some, adds);
    } else {
      float lanes[WIDTH];
      memcpy(lanes, &sum, sizeof lanes);
      for (long i = 0; i < some; i++) put_some(c + to[r + i], lanes + i, 1, adds);
    }
  }
}

static void dots_transposed(const float *a, const long *at, long depth, long rows, const float *b,
                            float *c, int adds) {
  long r = 0;
  for (; r + 4 * WIDTH <= rows; r += 4 * WIDTH) {
    vec sum[4] = {{0}, {0}, {0}, {0}};
    for (long k = 0; k < depth; k++)
      for (int q = 0; q < 4; q++) sum[q] += b[k] * load(a + at[k] + r + q * WIDTH);
    for (int q = 0; q < 4; q++) put_lanes(c + r + q * WIDTH, sum[q], WIDTH, adds);
  }
  for (; r + WIDTH <= rows; r += WIDTH) {
    vec sum[2] = {{0}, {0}};
    long k = 0;
    for (; k + 2 <= depth; k += 2)
      for (int q = 0; q < 2; q++) sum[q] += b[k + q] * load(a + at[k + q] + r);
    if (k < depth) sum[0] += b[k] * load(a + at[k] + r);
    put_lanes(c + r, sum[0] + sum[1], WIDTH, adds);
  }
  for (; r < rows; r++) {
    float sum = 0;
    for (long k = 0; k < depth; k++) sum += b[k] * a[at[k] + r];
    c[r] = adds ? c[r] + sum : sum;
  }
}

static void sum_parts(const float *p, long parts, long gap, long n, float *out, int adds) {
  for (long i = 0; i < n; i++) {
    float sum = adds ? out[i] : 0;
    for (long k = 0; k < parts; k++) sum += p[k * gap + i];
    out[i] = sum;
  }
}

// Some lanes of every row; the last vector of a row may hold fewer than all.
INLINE void finish_lanes(float *c, const long *to, long rows, long lanes, const float *bias,
                         int relu, const float *about, double *sums, double *squares) {
  vec add = {0}, center = {0};
  for (long l = 0; l < lanes; l++) {
    if (bias) add[l] = bias[l];
    if (about) center[l] = about[l];
  }
  vec_double sum = {0}, square = {0};
  for (long r = 0; r < rows; r++) {
    float *row = c + to[r];
    vec v = {0};
    if (lanes == WIDTH) v = load(row);
    else for (long l = 0; l < lanes; l++) v[l] = row[l];
    v += add;
    if (relu) v = above(v, (vec)(0));
    if (bias || relu) put_lanes(row, v, lanes, 0);
    if (about) {
      const vec_double d = __builtin_convertvector(v - center, vec_double);
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

static void finish_rows(float *c, const long *to, long rows, long columns, ck_epilogue epilogue,
                        double *sums, double *squares) {
  for (long j = 0; j < columns; j += WIDTH) {
    const long lanes = columns - j < WIDTH ? columns - j : WIDTH;
    const float *bias = epilogue.bias ? epilogue.bias + j : 0;
    const float *about = epilogue.about ? epilogue.about + j : 0;
    if (lanes == WIDTH)
      finish_lanes(c + j, to, rows, WIDTH, bias, epilogue.relu, about, sums + j, squares + j);
    else
      finish_lanes(c + j, to, rows, lanes, bias, epilogue.relu, about, sums + j, squares + j);
  }
}
