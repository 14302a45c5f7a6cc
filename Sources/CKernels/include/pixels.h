#pragma once

/// What a reader does to every value, max(x * scale + shift, floor), a number a channel; nothing
/// where `scale` is null. A NaN stays one.
typedef struct {
  const float *scale, *shift, *floor;
} ck_activation;

/// Channels-last feature maps, perhaps a slice of the channels of wider ones:
/// `base[((image * height + row) * width + column) * stride + channel]`.
typedef struct {
  float *base;
  /// Floats from a pixel to the next.
  long stride;
  /// Rows and columns of an image.
  long height, width;
  long channels;
  /// What is pending for whoever reads.
  ck_activation pending;
} ck_pixels;

/// The sizes of a max pool: `rows` x `columns` windows of side `kernel` over `height` x `width`
/// pixels.
typedef struct {
  long height, width, rows, columns, channels, kernel, stride, padding;
} ck_pool;
