// The loops themselves, included once an instruction set with NAME giving each its suffix.

void NAME(ck_copy)(const float *x, float *y, long n, int adds) {
  if (adds) for (long i = 0; i < n; i++) y[i] += x[i];
  else memcpy(y, x, (size_t)n * sizeof(float));
}

void NAME(ck_scale)(const float *x, float *y, long n, float factor, int adds) {
  if (adds) for (long i = 0; i < n; i++) y[i] += factor * x[i];
  else for (long i = 0; i < n; i++) y[i] = factor * x[i];
}

void NAME(ck_move)(const float *x, float *y, long n, float share) {
  for (long i = 0; i < n; i++) y[i] += share * (x[i] - y[i]);
}

void NAME(ck_add)(const float *a, const float *b, float *y, long n) {
  for (long i = 0; i < n; i++) y[i] = a[i] + b[i];
}

void NAME(ck_mul)(const float *a, const float *b, float *y, long n, int adds) {
  if (adds) for (long i = 0; i < n; i++) y[i] += a[i] * b[i];
  else for (long i = 0; i < n; i++) y[i] = a[i] * b[i];
}

// A NaN stays a NaN, as in PyTorch.
void NAME(ck_relu)(const float *x, float *y, long n) {
  for (long i = 0; i < n; i++) y[i] = x[i] < 0 ? 0 : x[i];
}

void NAME(ck_relu_back)(const float *y, const float *dy, float *dx, long n, int adds) {
  if (adds) for (long i = 0; i < n; i++) dx[i] += y[i] > 0 ? dy[i] : 0;
  else for (long i = 0; i < n; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
}

// e^x within an ulp or two, in a form that compilers turn into vectors: 2^k e^r with |r| <= ln 2 / 2
// (Cephes' polynomial). Below -87.3 and above 88.3 it stays at the ends of the floats' range.
static inline float NAME(exponential)(float x) {
  float bounded = x < -87.3f ? -87.3f : x > 88.3f ? 88.3f : x;
  float k = floorf(bounded * 1.44269504f + 0.5f);
  float r = bounded - k * 0.693359375f + k * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1;
  union { int bits; float value; } power = {.bits = ((int)k + 127) << 23};
  return x != x ? x : p * power.value;
}

// log(1 + e) for 0 <= e <= 1: twice the area hyperbolic tangent of e / (2 + e) <= 1/3.
static inline float NAME(log_of_1_and)(float e) {
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

void NAME(ck_sigmoid)(const float *x, float *y, long n) {
  for (long i = 0; i < n; i++) y[i] = 1 / (1 + NAME(exponential)(-x[i]));
}

void NAME(ck_sigmoid_back)(const float *y, const float *dy, float *dx, long n, int adds) {
  if (adds) for (long i = 0; i < n; i++) dx[i] += dy[i] * y[i] * (1 - y[i]);
  else for (long i = 0; i < n; i++) dx[i] = dy[i] * y[i] * (1 - y[i]);
}

int NAME(ck_finite)(const float *x, long n) {
  int bad = 0;
  for (long i = 0; i < n; i++) {
    unsigned bits;
    memcpy(&bits, x + i, sizeof bits);
    bad |= (bits & 0x7f800000u) == 0x7f800000u;
  }
  return !bad;
}

void NAME(ck_add_bias)(float *y, long pixels, long stride, long channels, const float *bias) {
  for (long p = 0; p < pixels; p++, y += stride)
    for (long c = 0; c < channels; c++) y[c] += bias[c];
}

void NAME(ck_upsample_row)(const float *x, float *y, long width, long channels, long factor) {
  for (long i = 0; i < width; i++, x += channels)
    for (long k = 0; k < factor; k++, y += channels)
      memcpy(y, x, (size_t)channels * sizeof(float));
}

void NAME(ck_upsample_back_row)(const float *dy, float *dx, long width, long channels,
                                long factor, int adds) {
  long stride = width * factor * channels;
  if (!adds) memset(dx, 0, (size_t)(width * channels) * sizeof(float));
  for (long i = 0; i < width; i++, dx += channels)
    for (long ky = 0; ky < factor; ky++)
      for (long kx = 0; kx < factor; kx++) {
        const float *g = dy + ky * stride + (i * factor + kx) * channels;
        for (long c = 0; c < channels; c++) dx[c] += g[c];
      }
}

static inline float NAME(cross_entropy)(float z, float t) {
  float rest = NAME(log_of_1_and)(NAME(exponential)(-fabsf(z)));
  return (z > 0 ? z : 0) - z * t + rest;
}

double NAME(ck_bce)(const float *z, const float *t, long n) {
  double sum = 0, lanes[16] = {0};
  long i = 0;
  for (; i + 16 <= n; i += 16)
    for (long l = 0; l < 16; l++) lanes[l] += NAME(cross_entropy)(z[i + l], t[i + l]);
  for (; i < n; i++) sum += NAME(cross_entropy)(z[i], t[i]);
  for (long l = 0; l < 16; l++) sum += lanes[l];
  return sum;
}

void NAME(ck_bce_back)(const float *z, const float *t, float *dz, long n, float scale, int adds) {
  for (long i = 0; i < n; i++) {
    float d = (1 / (1 + NAME(exponential)(-z[i])) - t[i]) * scale;
    dz[i] = adds ? dz[i] + d : d;
  }
}

void NAME(ck_dice_sums)(const float *p, const float *t, long n, double *out) {
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

void NAME(ck_affine)(const float *t, float *y, long n, float a, float b, int adds) {
  if (adds) for (long i = 0; i < n; i++) y[i] += a * t[i] + b;
  else for (long i = 0; i < n; i++) y[i] = a * t[i] + b;
}

static inline float NAME(contour_length)(float here, float right, float below, float epsilon) {
  float dx = right - here, dy = below - here;
  return sqrtf(dx * dx + dy * dy + epsilon);
}

double NAME(ck_contour_row)(const float *a, const float *b, long width, float epsilon) {
  double sum = 0, lanes[16] = {0};
  long x = 0;
  for (; x + 17 <= width; x += 16)
    for (long l = 0; l < 16; l++)
      lanes[l] += NAME(contour_length)(a[x + l], a[x + l + 1], b[x + l], epsilon);
  for (; x + 1 < width; x++) sum += NAME(contour_length)(a[x], a[x + 1], b[x], epsilon);
  for (long l = 0; l < 16; l++) sum += lanes[l];
  return sum;
}

// The gradient of the lengths that meet in row[x]: its own, its left neighbour's and the one above.
static inline float NAME(contour_gradient)(const float *above, const float *row,
                                           const float *below, long x, long width, float epsilon) {
  float d = 0, here = row[x];
  if (below && x + 1 < width)
    d -= (row[x + 1] - here + below[x] - here)
         / NAME(contour_length)(here, row[x + 1], below[x], epsilon);
  if (below && x > 0)
    d += (here - row[x - 1]) / NAME(contour_length)(row[x - 1], here, below[x - 1], epsilon);
  if (above && x + 1 < width)
    d += (here - above[x]) / NAME(contour_length)(above[x], above[x + 1], here, epsilon);
  return d;
}

void NAME(ck_contour_back_row)(const float *above, const float *row, const float *below,
                               long width, float epsilon, float scale, float *dp, int adds) {
  // Away from the picture's border no term is missing, and the loop has no branches.
  long first = above && below && width > 2 ? 1 : width, last = width - 1;
  for (long x = 0; x < (first < width ? first : width); x++) {
    float d = scale * NAME(contour_gradient)(above, row, below, x, width, epsilon);
    dp[x] = adds ? dp[x] + d : d;
  }
  if (first == width) return;
  for (long x = first; x < last; x++) {
    float here = row[x];
    float d = (here - row[x - 1]) / NAME(contour_length)(row[x - 1], here, below[x - 1], epsilon)
            + (here - above[x]) / NAME(contour_length)(above[x], above[x + 1], here, epsilon)
            - (row[x + 1] - here + below[x] - here)
                / NAME(contour_length)(here, row[x + 1], below[x], epsilon);
    dp[x] = adds ? dp[x] + scale * d : scale * d;
  }
  float d = scale * NAME(contour_gradient)(above, row, below, last, width, epsilon);
  dp[last] = adds ? dp[last] + d : d;
}

void NAME(ck_area_sums)(const float *p, const float *t, long n, double *out) {
  double outside = 0, inside = 0;
  for (long i = 0; i < n; i++) {
    outside += p[i] * (1 - t[i]) * (1 - t[i]);
    inside += (1 - p[i]) * t[i] * t[i];
  }
  out[0] = outside;
  out[1] = inside;
}

void NAME(ck_area_back)(const float *t, float *dp, long n, float outside, float inside,
                        int adds) {
  for (long i = 0; i < n; i++) {
    float d = outside * (1 - t[i]) * (1 - t[i]) - inside * t[i] * t[i];
    dp[i] = adds ? dp[i] + d : d;
  }
}

void NAME(ck_adam)(float *w, const float *g, float *m, float *v, long n, float rest1, float beta2,
                   float rest2, float step, float root, float epsilon) {
  for (long i = 0; i < n; i++) {
    m[i] += rest1 * (g[i] - m[i]);
    v[i] = beta2 * v[i] + rest2 * g[i] * g[i];
    w[i] -= step * m[i] / (sqrtf(v[i]) / root + epsilon);
  }
}
