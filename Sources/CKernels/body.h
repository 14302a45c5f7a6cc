// The loops themselves, included once an instruction set with NAME giving each its suffix.

void NAME(ck_copy)(const float *x, float *y, long n, int adds) {
  if (adds) for (long i = 0; i < n; i++) y[i] += x[i];
  else memcpy(y, x, (size_t)n * sizeof(float));
}

void NAME(ck_scale)(const float *x, float *y, long n, float factor, int adds) {
  if (adds) for (long i = 0; i < n; i++) y[i] += factor * x[i];
  else for (long i = 0; i < n; i++) y[i] = factor * x[i];
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

void NAME(ck_sigmoid)(const float *x, float *y, long n) {
  for (long i = 0; i < n; i++) y[i] = 1 / (1 + expf(-x[i]));
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

void NAME(ck_gate)(const float *g, const float *x, float *y, long pixels, long channels,
                   int adds) {
  for (long p = 0; p < pixels; p++) NAME(ck_scale)(x + p * channels, y + p * channels, channels, g[p], adds);
}

void NAME(ck_gate_dot)(const float *x, const float *dy, float *dg, long pixels, long channels,
                       int adds) {
  for (long p = 0; p < pixels; p++) {
    const float *a = x + p * channels, *b = dy + p * channels;
    float lane[16] = {0}, sum = 0;
    long c = 0;
    for (; c + 16 <= channels; c += 16)
      for (int l = 0; l < 16; l++) lane[l] += a[c + l] * b[c + l];
    for (; c < channels; c++) sum += a[c] * b[c];
    for (int l = 0; l < 16; l++) sum += lane[l];
    dg[p] = adds ? dg[p] + sum : sum;
  }
}

void NAME(ck_copy_channels)(const float *x, long x_stride, float *y, long y_stride, long pixels,
                            long channels, int adds) {
  for (long p = 0; p < pixels; p++) NAME(ck_copy)(x + p * x_stride, y + p * y_stride, channels, adds);
}

// Sums over pixels run in floats over eight pixels and in doubles above that: as exact as doubles
// throughout to within one float rounding of an eight-pixel sum, and bandwidth-bound.
#define GROUP 8

void NAME(ck_channel_sums)(const float *x, long pixels, long channels, double *sum) {
  long p = 0;
  for (; p + GROUP <= pixels; p += GROUP, x += GROUP * channels)
    for (long c = 0; c < channels; c++) {
      float s = 0;
      for (int k = 0; k < GROUP; k++) s += x[k * channels + c];
      sum[c] += s;
    }
  for (; p < pixels; p++, x += channels)
    for (long c = 0; c < channels; c++) sum[c] += x[c];
}

void NAME(ck_add_bias)(float *y, long pixels, long channels, const float *bias) {
  for (long p = 0; p < pixels; p++, y += channels)
    for (long c = 0; c < channels; c++) y[c] += bias[c];
}

void NAME(ck_norm_sums)(const float *x, const float *shift, long pixels, long channels,
                        double *sum, double *squares) {
  for (long p = 0; p < pixels; p += GROUP, x += GROUP * channels) {
    long group = pixels - p < GROUP ? pixels - p : GROUP;
    if (group == GROUP) {
      for (long c = 0; c < channels; c++) {
        float s = 0, q = 0;
        for (int k = 0; k < GROUP; k++) {
          float d = x[k * channels + c] - shift[c];
          s += d;
          q += d * d;
        }
        sum[c] += s;
        squares[c] += q;
      }
    } else {
      for (long k = 0; k < group; k++)
        for (long c = 0; c < channels; c++) {
          float d = x[k * channels + c] - shift[c];
          sum[c] += d;
          squares[c] += d * d;
        }
    }
  }
}

void NAME(ck_norm_apply)(const float *x, float *y, long pixels, long channels, const float *mean,
                         const float *scale, const float *bias) {
  for (long p = 0; p < pixels; p++, x += channels, y += channels)
    for (long c = 0; c < channels; c++) y[c] = (x[c] - mean[c]) * scale[c] + bias[c];
}

void NAME(ck_norm_back_sums)(const float *x, const float *dy, const float *mean, long pixels,
                             long channels, double *sum, double *products) {
  for (long p = 0; p < pixels; p += GROUP, x += GROUP * channels, dy += GROUP * channels) {
    long group = pixels - p < GROUP ? pixels - p : GROUP;
    if (group == GROUP) {
      for (long c = 0; c < channels; c++) {
        float s = 0, q = 0;
        for (int k = 0; k < GROUP; k++) {
          float g = dy[k * channels + c];
          s += g;
          q += g * (x[k * channels + c] - mean[c]);
        }
        sum[c] += s;
        products[c] += q;
      }
    } else {
      for (long k = 0; k < group; k++)
        for (long c = 0; c < channels; c++) {
          float g = dy[k * channels + c];
          sum[c] += g;
          products[c] += g * (x[k * channels + c] - mean[c]);
        }
    }
  }
}

void NAME(ck_norm_back)(const float *x, const float *dy, float *dx, long pixels, long channels,
                        const float *mean, const float *scale, const float *a, const float *b,
                        int adds) {
  for (long p = 0; p < pixels; p++, x += channels, dy += channels, dx += channels) {
    if (adds)
      for (long c = 0; c < channels; c++)
        dx[c] += scale[c] * (dy[c] - a[c] - (x[c] - mean[c]) * b[c]);
    else
      for (long c = 0; c < channels; c++)
        dx[c] = scale[c] * (dy[c] - a[c] - (x[c] - mean[c]) * b[c]);
  }
}

void NAME(ck_max_pool_row)(const float *image, long height, long width, long channels,
                           long kernel, long stride, long padding, long row, long columns,
                           float *y, unsigned char *which) {
  for (long ox = 0; ox < columns; ox++, y += channels, which += channels) {
    for (long c = 0; c < channels; c++) {
      y[c] = -INFINITY;
      which[c] = 0;
    }
    int first = 1;
    for (long ky = 0; ky < kernel; ky++) {
      long iy = row * stride - padding + ky;
      if (iy < 0 || iy >= height) continue;
      for (long kx = 0; kx < kernel; kx++) {
        long ix = ox * stride - padding + kx;
        if (ix < 0 || ix >= width) continue;
        const float *x = image + (iy * width + ix) * channels;
        unsigned char place = (unsigned char)(ky * kernel + kx);
        // The window's first pixel wins ties, and a NaN wins over everything, as in PyTorch.
        if (first) {
          for (long c = 0; c < channels; c++) {
            y[c] = x[c];
            which[c] = place;
          }
          first = 0;
        } else {
          for (long c = 0; c < channels; c++) {
            int wins = x[c] > y[c] || x[c] != x[c];
            y[c] = wins ? x[c] : y[c];
            which[c] = wins ? place : which[c];
          }
        }
      }
    }
  }
}

void NAME(ck_max_pool_back_row)(const float *dy, const unsigned char *which, long rows,
                                long columns, long channels, long kernel, long stride,
                                long padding, long row, long width, float *dx, int adds) {
  if (!adds) memset(dx, 0, (size_t)(width * channels) * sizeof(float));
  for (long ix = 0; ix < width; ix++, dx += channels)
    for (long ky = 0; ky < kernel; ky++) {
      long y = row + padding - ky;
      if (y < 0 || y % stride || y / stride >= rows) continue;
      for (long kx = 0; kx < kernel; kx++) {
        long x = ix + padding - kx;
        if (x < 0 || x % stride || x / stride >= columns) continue;
        long at = (y / stride * columns + x / stride) * channels;
        const float *g = dy + at;
        const unsigned char *w = which + at;
        unsigned char place = (unsigned char)(ky * kernel + kx);
        for (long c = 0; c < channels; c++) dx[c] += w[c] == place ? g[c] : 0;
      }
    }
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

void NAME(ck_gather)(const ck_lattice *l, const float *source, long first, long last,
                     float *out) {
  long channels = l->channels;
  size_t pixel = (size_t)channels * sizeof(float);
  long x = first % l->columns, y = first / l->columns % l->rows;
  long n = first / (l->columns * l->rows);
  for (long p = first; p < last; p++) {
    const float *image = source + n * l->height * l->width * channels;
    for (long r = 0; r < l->runs; r++) {
      long length = l->run_length[r];
      long sy = y * l->step + l->run_y[r], sx = x * l->step + l->run_x[r];
      if (sy < 0 || sy >= l->height) {
        memset(out, 0, (size_t)length * pixel);
        out += length * channels;
      } else if (sx >= 0 && sx + length <= l->width) {
        memcpy(out, image + (sy * l->width + sx) * channels, (size_t)length * pixel);
        out += length * channels;
      } else {
        for (long k = 0; k < length; k++, sx++, out += channels) {
          if (sx < 0 || sx >= l->width) memset(out, 0, pixel);
          else memcpy(out, image + (sy * l->width + sx) * channels, pixel);
        }
      }
    }
    if (++x == l->columns) {
      x = 0;
      if (++y == l->rows) {
        y = 0;
        n++;
      }
    }
  }
}

void NAME(ck_pack_filter)(const float *w, long channels, long taps, const long *list,
                          long listed, float *out, long stride) {
  for (long k = 0; k < listed; k++)
    for (long i = 0; i < channels; i++) out[k * stride + i] = w[i * taps + list[k]];
}

void NAME(ck_unpack_filter)(const float *p, long parts, long part_stride, long channels,
                            long taps, float *dw, int adds) {
  for (long t = 0; t < taps; t++)
    for (long i = 0; i < channels; i++) {
      float sum = adds ? dw[i * taps + t] : 0;
      for (long k = 0; k < parts; k++) sum += p[k * part_stride + t * channels + i];
      dw[i * taps + t] = sum;
    }
}

double NAME(ck_bce)(const float *z, const float *t, long n) {
  double sum = 0;
  for (long i = 0; i < n; i++)
    sum += (z[i] > 0 ? z[i] : 0) - z[i] * t[i] + log1pf(expf(-fabsf(z[i])));
  return sum;
}

void NAME(ck_bce_back)(const float *z, const float *t, float *dz, long n, float scale, int adds) {
  for (long i = 0; i < n; i++) {
    float d = (1 / (1 + expf(-z[i])) - t[i]) * scale;
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
  double sum = 0;
  for (long x = 0; x + 1 < width; x++) sum += NAME(contour_length)(a[x], a[x + 1], b[x], epsilon);
  return sum;
}

void NAME(ck_contour_back_row)(const float *above, const float *row, const float *below,
                               long width, float epsilon, float scale, float *dp, int adds) {
  for (long x = 0; x < width; x++) {
    float d = 0, here = row[x];
    if (below && x + 1 < width)
      d -= (row[x + 1] - here + below[x] - here)
           / NAME(contour_length)(here, row[x + 1], below[x], epsilon);
    if (below && x > 0)
      d += (here - row[x - 1]) / NAME(contour_length)(row[x - 1], here, below[x - 1], epsilon);
    if (above && x + 1 < width)
      d += (here - above[x]) / NAME(contour_length)(above[x], above[x + 1], here, epsilon);
    dp[x] = adds ? dp[x] + scale * d : scale * d;
  }
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
