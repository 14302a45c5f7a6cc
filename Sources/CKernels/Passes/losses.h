// Losses: sums over values, and gradients.

// log(1 + e) for 0 <= e <= 1: twice the area hyperbolic tangent of e / (2 + e) <= 1/3.
static inline float log_of_1_and(float e) {
  float s = e / (2 + e), q = s * s;
  float p = 1.0f / 15;
  p = p * q + 1.0f / 13;
  p = p * q + 1.0f / 11;
  p = p * q + 1.0f / 9;
  p = p * q + 1.0f / 7;
  p = p * q + 1.0f / 5;
  p = p * q + 1.0f / 3;
  return 2 * s * (p * q + 1);
}

static inline float cross_entropy(float z, float t) {
  float rest = log_of_1_and(exponential(-fabsf(z)));
  return (z > 0 ? z : 0) - z * t + rest;
}

static double cross_entropy_forward(const float *z, const float *t, long n) {
  double sum = 0, lanes[16] = {0};
  long i = 0;
  for (; i + 16 <= n; i += 16)
    for (long l = 0; l < 16; l++) lanes[l] += cross_entropy(z[i + l], t[i + l]);
  for (; i < n; i++) sum += cross_entropy(z[i], t[i]);
  for (long l = 0; l < 16; l++) sum += lanes[l];
  return sum;
}

static void cross_entropy_backward(const float *z, const float *t, float *dz, long n, float scale,
                                   int adds) {
  for (long i = 0; i < n; i++) {
    float d = (1 / (1 + exponential(-z[i])) - t[i]) * scale;
    dz[i] = adds ? dz[i] + d : d;
  }
}

static double weighted_cross_entropy_forward(const float *z, const float *t, const float *weights,
                                             long n) {
  double sum = 0, lanes[16] = {0};
  long i = 0;
  for (; i + 16 <= n; i += 16)
    for (long l = 0; l < 16; l++)
      lanes[l] += weights[i + l] * cross_entropy(z[i + l], t[i + l]);
  for (; i < n; i++) sum += weights[i] * cross_entropy(z[i], t[i]);
  for (long l = 0; l < 16; l++) sum += lanes[l];
  return sum;
}

static void weighted_cross_entropy_backward(const float *z, const float *t, const float *weights,
                                            float *dz, long n, float scale, int adds) {
  for (long i = 0; i < n; i++) {
    float d = weights[i] * (1 / (1 + exponential(-z[i])) - t[i]) * scale;
    dz[i] = adds ? dz[i] + d : d;
  }
}

static void overlap_sums(const float *p, const float *t, long n, double *out) {
  double both = 0, a = 0, b = 0;
  for (long i = 0; i < n; i++) {
    both += (double)p[i] * t[i];
    a += p[i];
    b += t[i];
  }
  out[0] = both;
  out[1] = a;
  out[2] = b;
}

static inline float contour_length(float here, float right, float below, float epsilon) {
  float dx = right - here, dy = below - here;
  return sqrtf(dx * dx + dy * dy + epsilon);
}

// With `known` only the lengths of pixels where it is not 0 are added, each times it.
static double contour_row_forward(const float *a, const float *b, const float *known, long width,
                                  float epsilon) {
  double sum = 0, lanes[16] = {0};
  long x = 0;
  if (known) {
    for (; x + 1 < width; x++)
      if (known[x] != 0) sum += known[x] * contour_length(a[x], a[x + 1], b[x], epsilon);
    return sum;
  }
  for (; x + 17 <= width; x += 16)
    for (long l = 0; l < 16; l++)
      lanes[l] += contour_length(a[x + l], a[x + l + 1], b[x + l], epsilon);
  for (; x + 1 < width; x++) sum += contour_length(a[x], a[x + 1], b[x], epsilon);
  for (long l = 0; l < 16; l++) sum += lanes[l];
  return sum;
}

// The gradient of the lengths that meet in row[x]: its own, its left neighbour's and the one above,
// each times its `known`, which is given for the rows of `here` and of `above` or not at all.
static inline float contour_gradient(const float *above, const float *row, const float *below,
                                     const float *known, const float *known_above, long x,
                                     long width, float epsilon) {
  float d = 0, here = row[x];
  if (below && x + 1 < width)
    d -= (known ? known[x] : 1) * (row[x + 1] - here + below[x] - here)
         / contour_length(here, row[x + 1], below[x], epsilon);
  if (below && x > 0)
    d += (known ? known[x - 1] : 1) * (here - row[x - 1])
         / contour_length(row[x - 1], here, below[x - 1], epsilon);
  if (above && x + 1 < width)
    d += (known_above ? known_above[x] : 1) * (here - above[x])
         / contour_length(above[x], above[x + 1], here, epsilon);
  return d;
}

static void contour_row_backward(const float *above, const float *row, const float *below,
                                 const float *known, const float *known_above, long width,
                                 float epsilon, float scale, float *dp, int adds) {
  // Away from the image's border no term is missing, and the loop has no branches.
  long first = above && below && !known && width > 2 ? 1 : width, last = width - 1;
  for (long x = 0; x < (first < width ? first : width); x++) {
    float d = scale * contour_gradient(above, row, below, known, known_above, x, width, epsilon);
    dp[x] = adds ? dp[x] + d : d;
  }
  if (first == width) return;
  for (long x = first; x < last; x++) {
    float here = row[x];
    float d = (here - row[x - 1]) / contour_length(row[x - 1], here, below[x - 1], epsilon)
            + (here - above[x]) / contour_length(above[x], above[x + 1], here, epsilon)
            - (row[x + 1] - here + below[x] - here)
                / contour_length(here, row[x + 1], below[x], epsilon);
    dp[x] = adds ? dp[x] + scale * d : scale * d;
  }
  float d = scale * contour_gradient(above, row, below, known, known_above, last, width, epsilon);
  dp[last] = adds ? dp[last] + d : d;
}

static void area_forward(const float *p, const float *t, long n, double *out) {
  double outside = 0, inside = 0;
  for (long i = 0; i < n; i++) {
    outside += p[i] * (1 - t[i]) * (1 - t[i]);
    inside += (1 - p[i]) * t[i] * t[i];
  }
  out[0] = outside;
  out[1] = inside;
}

static void area_backward(const float *t, float *dp, long n, float outside, float inside,
                          int adds) {
  for (long i = 0; i < n; i++) {
    float d = outside * (1 - t[i]) * (1 - t[i]) - inside * t[i] * t[i];
    dp[i] = adds ? dp[i] + d : d;
  }
}
