// Nearest-neighbour upsampling of a row of pixels.

static void upsample_row_forward(const float *x, float *y, long width, long channels, long factor) {
  for (long i = 0; i < width; i++, x += channels)
    for (long k = 0; k < factor; k++, y += channels)
      memcpy(y, x, (size_t)channels * sizeof(float));
}

static void upsample_row_backward(const float *dy, float *dx, long width, long channels,
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
