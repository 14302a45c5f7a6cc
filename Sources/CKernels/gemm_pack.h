// What brings pictures and filters into the order in which gemm_body.h reads them.

GINLINE void NAME(gemm_activate)(const ck_pixels *x, const float *from, long first, long channels,
                            float *restrict to) {
  // Pictures larger than the caches come at memory's speed only if asked for in time.
  for (long c = 0; c < channels; c += 16) __builtin_prefetch(from + c + GEMM_AHEAD, 0, 3);
  if (!x->scale) {
    long c = 0;
    for (; c + GEMM_WIDTH <= channels; c += GEMM_WIDTH) *(gvec *)(to + c) = GLOAD(from + c);
    for (; c < channels; c++) to[c] = from[c];
    return;
  }
  const float *scale = x->scale + first, *shift = x->shift + first, *floor = x->floor + first;
  for (long c = 0; c < channels; c++) {
    const float v = from[c] * scale[c] + shift[c];
    to[c] = v < floor[c] ? floor[c] : v;
  }
}

void NAME(ck_window)(const ck_pixels *x, long image, long top, long left, long rows, long columns,
                     float *out, long pixel) {
  const long channels = x->channels;
  const float *picture = x->base + image * x->height * x->width * x->stride;
  const long start = left < 0 ? -left : 0;
  const long end = left + columns > x->width ? x->width - left : columns;
  for (long y = 0; y < rows; y++, out += columns * pixel) {
    if (top + y < 0 || top + y >= x->height || start >= end) {
      memset(out, 0, (size_t)(columns * pixel) * sizeof(float));
      continue;
    }
    memset(out, 0, (size_t)(start * pixel) * sizeof(float));
    const float *from = picture + ((top + y) * x->width + left + start) * x->stride;
    float *to = out + start * pixel;
    if (!x->scale && x->stride == channels && pixel == channels) {
      memcpy(to, from, (size_t)((end - start) * channels) * sizeof(float));
    } else {
      for (long p = start; p < end; p++, from += x->stride, to += pixel)
        NAME(gemm_activate)(x, from, 0, channels, to);
    }
    memset(out + end * pixel, 0, (size_t)((columns - end) * pixel) * sizeof(float));
  }
}

void NAME(ck_pack_panel)(const float *w, long row, long depth, long columns, const float *scale,
                         float *restrict out) {
  const long filled = NAME(gemm_filled)(columns);
  for (long k = 0; k < depth; k++, w += row, out += filled) {
    long j = 0;
    if (scale) {
      for (; j < columns; j++) out[j] = w[j] * scale[j];
    } else {
      for (; j + GEMM_WIDTH <= columns; j += GEMM_WIDTH) *(gvec *)(out + j) = GLOAD(w + j);
      for (; j < columns; j++) out[j] = w[j];
    }
    for (; j < filled; j++) out[j] = 0;
  }
}

void NAME(ck_pack_pixels)(const ck_pixels *x, long pixel, long depth, long first, long columns,
                          float *out) {
  const long filled = NAME(gemm_filled)(columns);
  for (long k = 0; k < depth; k++, out += filled) {
    NAME(gemm_activate)(x, x->base + (pixel + k) * x->stride + first, first, columns, out);
    for (long j = columns; j < filled; j++) out[j] = 0;
  }
}

void NAME(ck_pack_column)(const ck_pixels *x, long pixel, long depth, float *out) {
  for (long k = 0; k < depth; k++) {
    const float v = x->base[(pixel + k) * x->stride];
    const float y = x->scale ? v * x->scale[0] + x->shift[0] : v;
    out[k] = x->scale && y < x->floor[0] ? x->floor[0] : y;
  }
}

void NAME(ck_scale_rows)(const float *w, long rows, long columns, const float *scale,
                         float *restrict out) {
  if (!scale) {
    memcpy(out, w, (size_t)(rows * columns) * sizeof(float));
    return;
  }
  for (long r = 0; r < rows; r++, w += columns, out += columns)
    for (long c = 0; c < columns; c++) out[c] = w[c] * scale[c];
}

// out[k * line + j] = w[j * row + k] of a square of GEMM_WIDTH.
GINLINE void NAME(gemm_turn_filter)(const float *w, long row, float *out, long line) {
  gvec v[GEMM_WIDTH];
  GUNROLL
  for (int j = 0; j < GEMM_WIDTH; j++) v[j] = GLOAD(w + j * row);
  NAME(gemm_turn)(v);
  GUNROLL
  for (int k = 0; k < GEMM_WIDTH; k++) *(gvec *)(out + k * line) = v[k];
}

void NAME(ck_pack_turned)(const float *w, long row, long depth, long columns, float *out) {
  const long filled = NAME(gemm_filled)(columns);
  for (long j = 0; j < filled; j += GEMM_WIDTH) {
    long k = 0;
    if (j + GEMM_WIDTH <= columns)
      for (; k + GEMM_WIDTH <= depth; k += GEMM_WIDTH)
        NAME(gemm_turn_filter)(w + j * row + k, row, out + k * filled + j, filled);
    for (; k < depth; k++)
      for (long l = j; l < j + GEMM_WIDTH; l++)
        out[k * filled + l] = l < columns ? w[l * row + k] : 0;
  }
}
