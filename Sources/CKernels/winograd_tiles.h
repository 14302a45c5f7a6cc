// Pictures to transformed tiles and back. Loops run over channels, WIDTH at a time; a transform's
// first half goes through a small buffer, since its 36 vectors do not fit in registers.

struct NAME(place) {
  // Offset of the picture's first pixel.
  size_t picture;
  int row, column;
};

// The picture, tile row and tile column of tile `index`.
INLINE struct NAME(place) NAME(place)(
    const struct ck_wino_range *range, const struct ck_wino_pixels *x, int index) {
  const int each = range->across * range->down;
  struct NAME(place) place;
  place.picture = (size_t)(index / each) * x->height * x->width * x->stride;
  place.row = index % each / range->across;
  place.column = index % range->across;
  return place;
}

struct NAME(window) {
  // The window's first pixel, which may lie outside the picture.
  const float *corner;
  // Its rows and columns that lie inside.
  int row0, row1, column0, column1;
};

INLINE int NAME(least)(int a, int b) { return a < b ? a : b; }

INLINE struct NAME(window) NAME(window)(
    const struct ck_wino_pixels *x, const struct ck_wino_range *range, int index, int step,
    int margin, int side) {
  const struct NAME(place) place = NAME(place)(range, x, index);
  const int row = place.row * step - margin, column = place.column * step - margin;
  struct NAME(window) window;
  window.corner = x->pixels + place.picture
    + ((ptrdiff_t)row * x->width + column) * (ptrdiff_t)x->stride;
  window.row0 = row < 0 ? -row : 0;
  window.column0 = column < 0 ? -column : 0;
  window.row1 = NAME(least)(side, x->height - row);
  window.column1 = NAME(least)(side, x->width - column);
  return window;
}

// One channel vector of one tile: t = B^T d B, or m = A y A^T when `margin` is 0.
INLINE void NAME(turn)(
    int transform, int margin, int ahead, int side, int places, int inside, int active,
    const struct NAME(window) *window, const struct ck_wino_pixels *x, int c, float *to,
    size_t gap) {
  const size_t stride = x->stride, line = (size_t)x->width * stride;
  ALIGNED float half[36 * WIDTH];
  vec scale, shift, floor;
  if (active) {
    scale = load(x->scale + c);
    shift = load(x->shift + c);
    floor = load(x->floor + c);
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
        if (active) d[i] = NAME(raise)(d[i] * scale + shift, floor);
      } else {
        d[i] = (vec)(0);
      }
    }
    if (margin) NAME(input_1d)(transform, d, t);
    else NAME(gradient_1d)(transform, d, t);
    UNROLLED for (int i = 0; i < places; i++) store(half + (i * 6 + j) * WIDTH, t[i]);
  }
  ROLLED for (int i = 0; i < places; i++, to += places * gap) {
    vec d[6], t[6];
    UNROLLED for (int j = 0; j < side; j++) d[j] = load(half + (i * 6 + j) * WIDTH);
    if (margin) NAME(input_1d)(transform, d, t);
    else NAME(gradient_1d)(transform, d, t);
    UNROLLED for (int j = 0; j < places; j++) store(to + j * gap, t[j]);
  }
}

INLINE void NAME(turn_all)(
    int transform, int margin, int step, int side, int places, int active,
    const struct ck_wino_pixels *x, const struct ck_wino_range *range,
    const struct ck_wino_tiles *v) {
  for (int t = 0; t < range->count; t++) {
    const struct NAME(window) window =
      NAME(window)(x, range, range->first + t, step, margin, side);
    const int inside = window.row0 == 0 && window.column0 == 0 && window.row1 == side
      && window.column1 == side;
    for (int c0 = 0, part = 0; c0 < x->channels; c0 += v->depth, part++) {
      float *to = v->values + part * v->part + (size_t)t * v->depth;
      const int c1 = NAME(least)(c0 + v->depth, x->channels);
      if (inside)
        for (int c = c0; c < c1; c += WIDTH)
          NAME(turn)(
              transform, margin, step, side, places, 1, active, &window, x, c, to + (c - c0),
              v->gap);
      else
        for (int c = c0; c < c1; c += WIDTH)
          NAME(turn)(
              transform, margin, step, side, places, 0, active, &window, x, c, to + (c - c0),
              v->gap);
    }
  }
}

#define INPUT(transform, step)                                                                \
  if (x->scale)                                                                               \
    NAME(turn_all)(                                                                           \
        transform, 1, step, NAME(reads)(transform), NAME(places)(transform), 1, x, range, v); \
  else                                                                                        \
    NAME(turn_all)(                                                                           \
        transform, 1, step, NAME(reads)(transform), NAME(places)(transform), 0, x, range, v); \
  break

void NAME(ck_wino_input)(
    int transform, const struct ck_wino_pixels *x, const struct ck_wino_range *range,
    const struct ck_wino_tiles *v) {
  switch (transform) {
    case 0: INPUT(0, 4);
    case 1: INPUT(1, 2);
    case 2: INPUT(2, 4);
    case 3: INPUT(3, 2);
    case 4: INPUT(4, 2);
    default: INPUT(5, 1);
  }
}
#undef INPUT

#define GRADIENT(kind, side, places)                                          \
  if (dy->scale)                                                              \
    NAME(turn_all)(kind, 0, side, side, places, 1, dy, range, m);             \
  else                                                                        \
    NAME(turn_all)(kind, 0, side, side, places, 0, dy, range, m);             \
  break

void NAME(ck_wino_gradient)(
    int kind, const struct ck_wino_pixels *dy, const struct ck_wino_range *range,
    const struct ck_wino_tiles *m) {
  switch (kind) {
    case 0: GRADIENT(0, 4, 6);
    case 1: GRADIENT(1, 2, 4);
    case 2: GRADIENT(2, 4, 5);
    default: GRADIENT(3, 2, 3);
  }
}
#undef GRADIENT

struct NAME(sums) {
  vec about, sum, squares;
};

INLINE void NAME(put)(
    const struct ck_wino_epilogue *epilogue, int moments, float *to, vec value, vec bias,
    struct NAME(sums) *sums) {
  value += bias;
  if (moments) {
    const vec gap = value - sums->about;
    sums->sum += gap;
    sums->squares += gap * gap;
  } else {
    if (epilogue->relu) value = NAME(raise)(value, (vec)(0));
    if (epilogue->adds) value += load(to);
  }
  store(to, value);
}

// One channel vector of one tile.
INLINE void NAME(back)(
    int transform, int inside, int moments, const float *m, size_t gap,
    const struct ck_wino_epilogue *epilogue, const struct NAME(window) *window,
    const struct ck_wino_pixels *y, int c) {
  const int places = NAME(places)(transform), side = NAME(writes)(transform);
  ALIGNED float half[4 * 6 * WIDTH];
  ROLLED for (int j = 0; j < places; j++) {
    vec d[6], t[4];
    UNROLLED for (int i = 0; i < places; i++) d[i] = load(m + (i * places + j) * gap);
    NAME(output_1d)(transform, d, t);
    UNROLLED for (int i = 0; i < side; i++) store(half + (i * 6 + j) * WIDTH, t[i]);
  }
  const vec bias = epilogue->bias ? load(epilogue->bias + c) : (vec)(0);
  struct NAME(sums) sums;
  if (moments) sums = (struct NAME(sums)){load(epilogue->about + c), (vec)(0), (vec)(0)};
  float *to = (float *)window->corner + c;
  const int rows = inside ? side : window->row1;
  ROLLED for (int i = 0; i < rows; i++, to += (size_t)y->width * y->stride) {
    vec d[6], t[4];
    UNROLLED for (int j = 0; j < places; j++) d[j] = load(half + (i * 6 + j) * WIDTH);
    NAME(output_1d)(transform, d, t);
    UNROLLED for (int j = 0; j < side; j++)
      if (inside || j < window->column1) {
        __builtin_prefetch(to + (j + side) * y->stride, 1, 3);
        NAME(put)(epilogue, moments, to + j * y->stride, t[j], bias, &sums);
      }
  }
  if (moments) {
    store(epilogue->sums + c, load(epilogue->sums + c) + sums.sum);
    store(epilogue->squares + c, load(epilogue->squares + c) + sums.squares);
  }
}

INLINE void NAME(back_all)(
    int transform, int moments, const struct ck_wino_tiles *m, const struct ck_wino_range *range,
    const struct ck_wino_epilogue *epilogue, int k0, int width, const struct ck_wino_pixels *y) {
  const int side = NAME(writes)(transform);
  for (int t = 0; t < range->count; t++) {
    const struct NAME(window) window = NAME(window)(y, range, range->first + t, side, 0, side);
    const int inside = window.row1 == side && window.column1 == side;
    const float *from = m->values + (size_t)t * m->depth;
    if (inside)
      for (int c = 0; c < width; c += WIDTH)
        NAME(back)(transform, 1, moments, from + c, m->gap, epilogue, &window, y, k0 + c);
    else
      for (int c = 0; c < width; c += WIDTH)
        NAME(back)(transform, 0, moments, from + c, m->gap, epilogue, &window, y, k0 + c);
  }
}

#define OUTPUT(transform)                                                           \
  if (epilogue->about) NAME(back_all)(transform, 1, m, range, epilogue, k0, width, y); \
  else NAME(back_all)(transform, 0, m, range, epilogue, k0, width, y);              \
  break

void NAME(ck_wino_output)(
    int transform, const struct ck_wino_tiles *m, const struct ck_wino_range *range,
    const struct ck_wino_epilogue *epilogue, int k0, int width, const struct ck_wino_pixels *y) {
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
