// What brings feature maps and filters into the order in which products read them.

INLINE void activate_pixel(ck_activation a, const float *from, long first, long channels,
                           float *restrict to) {
  // Feature maps larger than the caches come at memory's speed only if asked for in time.
  for (long c = 0; c < channels; c += 16) __builtin_prefetch(from + c + AHEAD_FLOATS, 0, 3);
  if (!a.scale) {
    long c = 0;
    for (; c + WIDTH <= channels; c += WIDTH) store(to + c, load(from + c));
    for (; c < channels; c++) to[c] = from[c];
    return;
  }
  for (long c = 0; c < channels; c++) to[c] = activate1(from[c], a, first + c);
}

static void window(ck_pixels x, long image, long top, long left, long rows, long columns,
                   float *out, long pixel) {
  const long channels = x.channels;
  const ck_activation a = x.pending;
  const float *whole = x.base + image * x.height * x.width * x.stride;
  const long start = left < 0 ? -left : 0;
  const long end = left + columns > x.width ? x.width - left : columns;
  for (long y = 0; y < rows; y++, out += columns * pixel) {
    if (top + y < 0 || top + y >= x.height || start >= end) {
      memset(out, 0, (size_t)(columns * pixel) * sizeof(float));
      continue;
    }
    memset(out, 0, (size_t)(start * pixel) * sizeof(float));
    const float *from = whole + ((top + y) * x.width + left + start) * x.stride;
    float *to = out + start * pixel;
    if (!a.scale && x.stride == channels && pixel == channels) {
      memcpy(to, from, (size_t)((end - start) * channels) * sizeof(float));
    } else {
      for (long p = start; p < end; p++, from += x.stride, to += pixel)
        activate_pixel(a, from, 0, channels, to);
    }
    memset(out + end * pixel, 0, (size_t)((columns - end) * pixel) * sizeof(float));
  }
}

static void pack_panel(const float *w, long row, long depth, long columns, const float *scale,
                       float *restrict out) {
  const long line = filled(columns);
  for (long k = 0; k < depth; k++, w += row, out += line) {
    long j = 0;
    if (scale) {
      for (; j < columns; j++) out[j] = w[j] * scale[j];
    } else {
      for (; j + WIDTH <= columns; j += WIDTH) store(out + j, load(w + j));
      for (; j < columns; j++) out[j] = w[j];
    }
    for (; j < line; j++) out[j] = 0;
  }
}

static void pack_pixels(ck_pixels x, long pixel, long depth, long first, long columns, float *out) {
  const long line = filled(columns);
  for (long k = 0; k < depth; k++, out += line) {
    activate_pixel(x.pending, x.base + (pixel + k) * x.stride + first, first, columns, out);
    for (long j = columns; j < line; j++) out[j] = 0;
  }
}

static void pack_column(ck_pixels x, long pixel, long depth, float *out) {
  const ck_activation a = x.pending;
  for (long k = 0; k < depth; k++) {
    const float v = x.base[(pixel + k) * x.stride];
    out[k] = a.scale ? activate1(v, a, 0) : v;
  }
}

static void scale_rows(const float *w, long rows, long columns, const float *scale,
                       float *restrict out) {
  if (!scale) {
    memcpy(out, w, (size_t)(rows * columns) * sizeof(float));
    return;
  }
  for (long r = 0; r < rows; r++, w += columns, out += columns)
    for (long c = 0; c < columns; c++) out[c] = w[c] * scale[c];
}

// out[k * line + j] = w[j * row + k] of a square of WIDTH.
INLINE void transpose_square(const float *w, long row, float *out, long line) {
  vec v[WIDTH];
  UNROLLED
  for (int j = 0; j < WIDTH; j++) v[j] = load(w + j * row);
  transpose(v);
  UNROLLED
  for (int k = 0; k < WIDTH; k++) store(out + k * line, v[k]);
}

static void pack_panel_transposed(const float *w, long row, long depth, long columns, float *out) {
  const long line = filled(columns);
  for (long j = 0; j < line; j += WIDTH) {
    long k = 0;
    if (j + WIDTH <= columns)
      for (; k + WIDTH <= depth; k += WIDTH)
        transpose_square(w + j * row + k, row, out + k * line + j, line);
    for (; k < depth; k++)
      for (long l = j; l < j + WIDTH; l++)
        out[k * line + l] = l < columns ? w[l * row + k] : 0;
  }
}
