// Feature maps to transformed tiles and back. Loops run over channels, WIDTH at a time; a
// transform's first half goes through a small buffer, since its 36 vectors do not fit in registers.

struct tile_window {
  // The window's first pixel, which may lie outside the image.
  const float *corner;
  // Its rows and columns that lie inside.
  int row0, row1, column0, column1;
};

INLINE struct tile_window window_of(
    const ck_pixels *x, const ck_tile_range *range, int index, int step, int margin, int side) {
  const int each = range->across * range->down;
  const int row = index % each / range->across * step - margin;
  const int column = index % range->across * step - margin;
  const size_t image = (size_t)(index / each) * x->height * x->width * x->stride;
  struct tile_window window;
  window.corner = x->base + image + ((ptrdiff_t)row * x->width + column) * x->stride;
  window.row0 = row < 0 ? -row : 0;
  window.column0 = column < 0 ? -column : 0;
  window.row1 = least(side, (int)x->height - row);
  window.column1 = least(side, (int)x->width - column);
  return window;
}

// One channel vector of one tile: t = B^T d B, or m = A y A^T when `margin` is 0.
INLINE void transform_tile(
    int transform, int margin, int ahead, int side, int places, int inside, int active,
    const struct tile_window *window, const ck_pixels *x, int c, float *to, size_t gap) {
  const size_t stride = (size_t)x->stride, line = (size_t)x->width * stride;
  ALIGNED float half[36 * WIDTH];
  vec scale, shift, floor;
  if (active) {
    scale = load(x->pending.scale + c);
    shift = load(x->pending.shift + c);
    floor = load(x->pending.floor + c);
  }
  const float *from = window->corner + c;
  ROLLED for (int j = 0; j < side; j++, from += stride) {
    vec d[6], t[6];
    if (!inside && (j < window->column0 || j >= window->column1)) {
      UNROLLED for (int i = 0; i < places; i++) store(half + (i * 6 + j) * WIDTH, (vec)(0));
      continue;
    }
    // The columns that are new to the next tile come while this one is worked on.
    if (inside && j >= side - ahead)
      UNROLLED for (int i = 0; i < side; i++)
        __builtin_prefetch(from + i * line + ahead * stride, 0, 3);
    UNROLLED for (int i = 0; i < side; i++) {
      if (inside || (i >= window->row0 && i < window->row1)) {
        d[i] = load(from + i * line);
        if (active) d[i] = above(d[i] * scale + shift, floor);
      } else {
        d[i] = (vec)(0);
      }
    }
    if (margin) input_1d(transform, d, t);
    else gradient_1d(transform, d, t);
    UNROLLED for (int i = 0; i < places; i++) store(half + (i * 6 + j) * WIDTH, t[i]);
  }
  ROLLED for (int i = 0; i < places; i++, to += places * gap) {
    vec d[6], t[6];
    UNROLLED for (int j = 0; j < side; j++) d[j] = load(half + (i * 6 + j) * WIDTH);
    if (margin) input_1d(transform, d, t);
    else gradient_1d(transform, d, t);
    UNROLLED for (int j = 0; j < places; j++) store(to + j * gap, t[j]);
  }
}

INLINE void transform_all(
    int transform, int margin, int step, int side, int places, int active,
    const ck_pixels *x, const ck_tile_range *range,
    const ck_tiles *v) {
  for (int t = 0; t < range->count; t++) {
    const struct tile_window window =
      window_of(x, range, range->first + t, step, margin, side);
    const int inside = window.row0 == 0 && window.column0 == 0 && window.row1 == side
      && window.column1 == side;
    for (int c0 = 0, part = 0; c0 < x->channels; c0 += v->depth, part++) {
      float *to = v->values + part * v->part + (size_t)t * v->depth;
      const int c1 = least(c0 + v->depth, (int)x->channels);
      if (inside)
        for (int c = c0; c < c1; c += WIDTH)
          transform_tile(
              transform, margin, step, side, places, 1, active, &window, x, c, to + (c - c0),
              v->gap);
      else
        for (int c = c0; c < c1; c += WIDTH)
          transform_tile(
              transform, margin, step, side, places, 0, active, &window, x, c, to + (c - c0),
              v->gap);
    }
  }
}

// One side's transform, with and without an activation pending.
#define TRANSFORM(kind, margin, step, side, places, x, v)                                          \
  if (x.pending.scale) transform_all(kind, margin, step, side, places, 1, &x, &range, &v);        \
  else transform_all(kind, margin, step, side, places, 0, &x, &range, &v);                        \
  break
#define INPUT(kind, step) TRANSFORM(kind, 1, step, pixels_read(kind), places_of(kind), x, v)
#define GRADIENT(kind, side, places) TRANSFORM(kind, 0, side, side, places, dy, m)

static void winograd_input(int transform, ck_pixels x, ck_tile_range range, ck_tiles v) {
  switch (transform) {
    case 0: INPUT(0, 4);
    case 1: INPUT(1, 2);
    case 2: INPUT(2, 4);
    case 3: INPUT(3, 2);
    case 4: INPUT(4, 2);
    default: INPUT(5, 1);
  }
}

static void winograd_gradient(int kind, ck_pixels dy, ck_tile_range range, ck_tiles m) {
  switch (kind) {
    case 0: GRADIENT(0, 4, 6);
    case 1: GRADIENT(1, 2, 4);
    case 2: GRADIENT(2, 4, 5);
    default: GRADIENT(3, 2, 3);
  }
}
#undef TRANSFORM
#undef INPUT
#undef GRADIENT

struct tile_sums {
  vec about, sum, squares;
};

INLINE void put_pixel(
    const ck_epilogue *epilogue, int moments, float *to, vec value, vec bias,
    struct tile_sums *sums) {
  value += bias;
  if (moments) {
    const vec gap = value - sums->about;
    sums->sum += gap;
    sums->squares += gap * gap;
  } else {
    if (epilogue->relu) value = above(value, (vec)(0));
    if (epilogue->adds) value += load(to);
  }
  store(to, value);
}

// One channel vector of one tile.
INLINE void write_tile(
    int transform, int inside, int moments, const float *m, size_t gap,
    const ck_epilogue *epilogue, float *all_sums, float *all_squares,
    const struct tile_window *window, const ck_pixels *y, int c) {
  const int places = places_of(transform), side = pixels_written(transform);
  ALIGNED float half[4 * 6 * WIDTH];
  ROLLED for (int j = 0; j < places; j++) {
    vec d[6], t[4];
    UNROLLED for (int i = 0; i < places; i++) d[i] = load(m + (i * places + j) * gap);
    output_1d(transform, d, t);
    UNROLLED for (int i = 0; i < side; i++) store(half + (i * 6 + j) * WIDTH, t[i]);
  }
  const vec bias = epilogue->bias ? load(epilogue->bias + c) : (vec)(0);
  struct tile_sums sums;
  if (moments) sums = (struct tile_sums){load(epilogue->about + c), (vec)(0), (vec)(0)};
  float *to = (float *)window->corner + c;
  const int rows = inside ? side : window->row1;
  ROLLED for (int i = 0; i < rows; i++, to += (size_t)y->width * y->stride) {
    vec d[6], t[4];
    UNROLLED for (int j = 0; j < places; j++) d[j] = load(half + (i * 6 + j) * WIDTH);
    output_1d(transform, d, t);
    UNROLLED for (int j = 0; j < side; j++)
      if (inside || j < window->column1) {
        __builtin_prefetch(to + (j + side) * y->stride, 1, 3);
        put_pixel(epilogue, moments, to + j * y->stride, t[j], bias, &sums);
      }
  }
  if (moments) {
    store(all_sums + c, load(all_sums + c) + sums.sum);
    store(all_squares + c, load(all_squares + c) + sums.squares);
  }
}

INLINE void write_all(
    int transform, int moments, const ck_tiles *m, const ck_tile_range *range,
    const ck_epilogue *epilogue, float *sums, float *squares, int k0, int width,
    const ck_pixels *y) {
  const int side = pixels_written(transform);
  for (int t = 0; t < range->count; t++) {
    const struct tile_window window = window_of(y, range, range->first + t, side, 0, side);
    const int inside = window.row1 == side && window.column1 == side;
    const float *from = m->values + (size_t)t * m->depth;
    if (inside)
      for (int c = 0; c < width; c += WIDTH)
        write_tile(
            transform, 1, moments, from + c, m->gap, epilogue, sums, squares, &window, y, k0 + c);
    else
      for (int c = 0; c < width; c += WIDTH)
        write_tile(
            transform, 0, moments, from + c, m->gap, epilogue, sums, squares, &window, y, k0 + c);
  }
}

#define OUTPUT(transform)                                                              \
  if (epilogue.about)                                                                  \
    write_all(transform, 1, &m, &range, &epilogue, sums, squares, k0, width, &y);      \
  else                                                                                 \
    write_all(transform, 0, &m, &range, &epilogue, sums, squares, k0, width, &y);      \
  break

static void winograd_output(int transform, ck_tiles m, ck_tile_range range, ck_epilogue epilogue,
                            float *sums, float *squares, int k0, int width, ck_pixels y) {
  switch (transform) {
    case 0: OUTPUT(0);
    case 1: OUTPUT(1);
    case 2: OUTPUT(2);
    case 3: OUTPUT(3);
    case 4: OUTPUT(4);
    default: OUTPUT(5);
  }
}
#undef OUTPUT
