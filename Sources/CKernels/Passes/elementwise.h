// Loops over values whose places do not matter, in a form that compilers turn into vectors.

static void scale(const float *x, float *y, long n, float factor, int adds) {
  if (adds) for (long i = 0; i < n; i++) y[i] += factor * x[i];
  else for (long i = 0; i < n; i++) y[i] = factor * x[i];
}

static void approach(const float *x, float *y, long n, float share) {
  for (long i = 0; i < n; i++) y[i] += share * (x[i] - y[i]);
}

static void multiply(const float *a, const float *b, float *y, long n, int adds) {
  if (adds) for (long i = 0; i < n; i++) y[i] += a[i] * b[i];
  else for (long i = 0; i < n; i++) y[i] = a[i] * b[i];
}

// A NaN stays a NaN, as in PyTorch.
static void relu_forward(const float *x, float *y, long n) {
  for (long i = 0; i < n; i++) y[i] = x[i] < 0 ? 0 : x[i];
}

static void relu_backward(const float *y, const float *dy, float *dx, long n, int adds) {
  if (adds) for (long i = 0; i < n; i++) dx[i] += y[i] > 0 ? dy[i] : 0;
  else for (long i = 0; i < n; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
}

// e^x within an ulp or two, in a form that compilers turn into vectors: 2^k e^r with |r| <= ln 2 /
// 2 (Cephes' polynomial). Below -87.3 and above 88.3 it stays at the ends of the floats' range.
static inline float exponential(float x) {
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

static void sigmoid_forward(const float *x, float *y, long n) {
  for (long i = 0; i < n; i++) y[i] = 1 / (1 + exponential(-x[i]));
}

static void sigmoid_backward(const float *y, const float *dy, float *dx, long n, int adds) {
  if (adds) for (long i = 0; i < n; i++) dx[i] += dy[i] * y[i] * (1 - y[i]);
  else for (long i = 0; i < n; i++) dx[i] = dy[i] * y[i] * (1 - y[i]);
}

static int is_finite(const float *x, long n) {
  int bad = 0;
  for (long i = 0; i < n; i++) {
    unsigned bits;
    memcpy(&bits, x + i, sizeof bits);
    bad |= (bits & 0x7f800000u) == 0x7f800000u;
  }
  return !bad;
}

static void affine(const float *t, float *y, long n, float a, float b, int adds) {
  if (adds) for (long i = 0; i < n; i++) y[i] += a * t[i] + b;
  else for (long i = 0; i < n; i++) y[i] = a * t[i] + b;
}

static void adam_step(float *w, const float *g, float *m, float *v, long n, float rest1,
                      float beta2, float rest2, float step, float root, float epsilon) {
  for (long i = 0; i < n; i++) {
    m[i] += rest1 * (g[i] - m[i]);
    v[i] = beta2 * v[i] + rest2 * g[i] * g[i];
    w[i] -= step * m[i] / (sqrtf(v[i]) / root + epsilon);
  }
}
