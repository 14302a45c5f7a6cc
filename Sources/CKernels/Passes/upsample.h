// Nearest-neighbour doubling of a row of pixels.

static void upsample_row_forward(const float *x, float *y, long width, long channels) {
  for (long i = 0; i < width; i++, x += channels)
    for (long k = 0; k < 2; k++, y += channels)
      memcpy(y, x, (size_t)channels * sizeof(float));
}

static void upsample_row_backward(const float *dy, float *dx, long width, long channels,
                                  int adds) {
  long stride = width * 2 * channels;
  if (!adds) memset(dx, 0, (size_t)(width * channels) * sizeof(float));
  for (long i = 0; i < width; i++, dx += channels)
    for (long ky = 0; ky < 2; ky++)
      for (long kx = 0; kx < 2; kx++) {
        const float *g = dy + ky * stride + (i * 2 + kx) * channels;
        for (long c = 0; c < channels; c++) dx[c] += g[c];
      }
}
