// Filters to transformed filters and back; memory holds them `[tap][input][output]`.

// The transpose of WIDTH x WIDTH floats, to lines of WIDTH.
INLINE void transpose_into(const float *from, size_t line, float *to) {
  vec v[WIDTH];
  UNROLLED for (int i = 0; i < WIDTH; i++) v[i] = load(from + i * line);
  transpose(v);
  UNROLLED for (int i = 0; i < WIDTH; i++) store(to + i * WIDTH, v[i]);
}

// The nine taps of WIDTH outputs, `tap` floats apart, to positions that are `gap` floats apart.
INLINE void transform_filter(
    int kind, const float *w, ptrdiff_t tap, vec scale, float *u, size_t gap, size_t ahead) {
  const int positions = positions_of(kind);
  ALIGNED float half[6 * 3 * WIDTH];
  ROLLED for (int j = 0; j < 3; j++, w += tap) {
    vec t[6];
    if (ahead)
      UNROLLED for (int i = 0; i < 3; i++) __builtin_prefetch(w + 3 * i * tap + ahead, 0, 3);
    filter_1d(
        kind, scale * load(w), scale * load(w + 3 * tap), scale * load(w + 6 * tap), t);
    UNROLLED for (int i = 0; i < positions; i++) store(half + (i * 3 + j) * WIDTH, t[i]);
  }
  ROLLED for (int i = 0; i < positions; i++, u += positions * gap) {
    vec t[6];
    const float *from = half + i * 3 * WIDTH;
    filter_1d(kind, load(from), load(from + WIDTH), load(from + 2 * WIDTH), t);
    UNROLLED for (int j = 0; j < positions; j++) store(u + j * gap, t[j]);
  }
}

// Where the columns `k ..< k + WIDTH` of line `c` lie in a position of U.
INLINE size_t within(int k, int width, int c, int depth) {
  const int panel = k / PANEL * PANEL, columns = least(width - panel, PANEL);
  return (size_t)panel * depth + (size_t)c * columns + (k - panel);
}

// Lines of a filter that are asked for ahead of their use.
#define FILTER_AHEAD 4

INLINE void transform_filters(
    int kind, const ck_filter_part *f, float *u, int depth, int line) {
  const size_t tap = (size_t)f->inputs * f->outputs;
  const size_t gap = (size_t)depth * f->k_count + CK_WINOGRAD_PAD;
  for (int c = 0; c < f->c_count; c++)
    for (int k = 0; k < f->k_count; k += WIDTH) {
      const vec scale = f->scale ? load(f->scale + f->k0 + k) : (vec)(1);
      transform_filter(
          kind, f->w + (size_t)(f->c0 + c) * f->outputs + f->k0 + k, (ptrdiff_t)tap, scale,
          u + within(k, f->k_count, line + c, depth), gap, FILTER_AHEAD * f->outputs);
    }
}

// The same of the filter that gives dx, whose lines are the layer's outputs.
INLINE void transform_adjoint(
    int kind, const ck_filter_part *f, float *u, int depth, int line) {
  const size_t tap = (size_t)f->inputs * f->outputs;
  const size_t gap = (size_t)depth * f->k_count + CK_WINOGRAD_PAD;
  ALIGNED float taps[9 * WIDTH * WIDTH];
  for (int k = 0; k < f->k_count; k += WIDTH)
    for (int c = 0; c < f->c_count; c += WIDTH) {
      const float *w = f->w + (size_t)(f->k0 + k) * f->outputs + f->c0 + c;
      ROLLED for (int i = 0; i < 9; i++)
        transpose_into(w + (8 - i) * tap, f->outputs, taps + i * WIDTH * WIDTH);
      for (int l = 0; l < WIDTH; l++)
        transform_filter(
            kind, taps + l * WIDTH, WIDTH * WIDTH, (vec)(1),
            u + within(k, f->k_count, line + c + l, depth), gap, 0);
    }
}

#define FILTER(kind)                                                          \
  if (filter.is_adjoint) transform_adjoint(kind, &filter, u, depth, line);    \
  else transform_filters(kind, &filter, u, depth, line);                      \
  break

static void winograd_filter(int kind, ck_filter_part filter, float *u, int depth, int line) {
  switch (kind) {
    case 0: FILTER(0);
    case 1: FILTER(1);
    case 2: FILTER(2);
    default: FILTER(3);
  }
}
#undef FILTER

INLINE void filter_gradients(
    int kind, const float *du, size_t gap, int line, int copies, size_t copy,
    const ck_filter_part *f, int adds) {
  const int positions = positions_of(kind);
  const size_t tap = (size_t)f->inputs * f->outputs;
  for (int c = 0; c < f->c_count; c++)
    for (int k = 0; k < f->k_count; k += WIDTH) {
      ALIGNED float half[3 * 6 * WIDTH];
      const float *from = du + (size_t)c * line + k;
      ROLLED for (int j = 0; j < positions; j++, from += gap) {
        vec d[6], t[3];
        UNROLLED for (int i = 0; i < positions; i++) {
          d[i] = load(from + i * positions * gap);
          for (int other = 1; other < copies; other++)
            d[i] += load(from + i * positions * gap + other * copy);
        }
        filter_gradient_1d(kind, d, t);
        UNROLLED for (int i = 0; i < 3; i++) store(half + (i * 6 + j) * WIDTH, t[i]);
      }
      float *to = f->w + (size_t)(f->c0 + c) * f->outputs + f->k0 + k;
      ROLLED for (int i = 0; i < 3; i++) {
        vec d[6], t[3];
        UNROLLED for (int j = 0; j < positions; j++) d[j] = load(half + (i * 6 + j) * WIDTH);
        filter_gradient_1d(kind, d, t);
        UNROLLED for (int j = 0; j < 3; j++, to += tap) {
          __builtin_prefetch(to + FILTER_AHEAD * f->outputs, 1, 3);
          store(to, adds ? load(to) + t[j] : t[j]);
        }
      }
    }
}

static void winograd_filter_backward(int kind, const float *du, size_t gap, int line, int copies,
                                     size_t copy, ck_filter_part dw, int adds) {
  switch (kind) {
    case 0: filter_gradients(0, du, gap, line, copies, copy, &dw, adds); break;
    case 1: filter_gradients(1, du, gap, line, copies, copy, &dw, adds); break;
    case 2: filter_gradients(2, du, gap, line, copies, copy, &dw, adds); break;
    default: filter_gradients(3, du, gap, line, copies, copy, &dw, adds);
  }
}
