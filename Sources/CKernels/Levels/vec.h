// The one vocabulary of vectors. `vec` is a register of WIDTH floats, what products and transforms
// are made of. `vec16` is 16 floats in as many registers as they take: the passes work on whole
// cache lines, so that a channel count that is a multiple of 16 never meets the scalar loops behind
// them, and so that the order in which they sum is the same everywhere.

// Whatever takes or gives a vector is inlined, so that no calling convention for it matters.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float vec __attribute__((ext_vector_type(WIDTH), aligned(4), may_alias));
typedef double vec_double __attribute__((ext_vector_type(WIDTH), aligned(8)));

typedef float vec16 __attribute__((ext_vector_type(16), aligned(4), may_alias));
typedef float vec16_whole __attribute__((ext_vector_type(16), may_alias));
typedef double vec16_double __attribute__((ext_vector_type(16), aligned(8), may_alias));
typedef int vec16_int __attribute__((ext_vector_type(16)));
typedef unsigned char vec16_byte __attribute__((ext_vector_type(16), aligned(1), may_alias));

#define INLINE static inline __attribute__((always_inline))
// Unrolled before anything else, so that an array of vectors becomes registers.
#define UNROLLED _Pragma("clang loop unroll(full)")
#define ROLLED _Pragma("clang loop unroll(disable)")
// A buffer for vectors: across cache lines they would be stored and loaded twice.
#define ALIGNED __attribute__((aligned(64)))

INLINE vec load(const float *p) { return *(const vec *)p; }
INLINE void store(float *p, vec v) { *(vec *)p = v; }
INLINE vec16 load16(const float *p) { return *(const vec16 *)p; }
INLINE void store16(float *p, vec16 v) { *(vec16 *)p = v; }

// Past the caches where `streams`.
INLINE void put16(float *p, vec16 v, int streams) {
  if (streams) __builtin_nontemporal_store((vec16_whole)v, (vec16_whole *)p);
  else store16(p, v);
}

// What is below `floor` becomes it; a NaN stays one.
INLINE vec above(vec v, vec floor) { return v < floor ? floor : v; }
INLINE vec16 above16(vec16 v, vec16 floor) { return v < floor ? floor : v; }
INLINE float above1(float v, float floor) { return v < floor ? floor : v; }

// What is pending, for the channels from `c` on.
INLINE vec16 activate16(vec16 v, ck_activation a, long c) {
  return above16(v * load16(a.scale + c) + load16(a.shift + c), load16(a.floor + c));
}
INLINE float activate1(float v, ck_activation a, long c) {
  return above1(v * a.scale[c] + a.shift[c], a.floor[c]);
}

INLINE void add_to_doubles(double *sums, vec16 v) {
  *(vec16_double *)sums += __builtin_convertvector(v, vec16_double);
}

INLINE int least(int a, int b) { return a < b ? a : b; }

// Columns of a product's panel, and the floats of a row that are filled up to whole vectors.
#define PANEL (MOST * WIDTH)
INLINE long filled(long columns) { return (columns + WIDTH - 1) / WIDTH * WIDTH; }

// Products keep this many rows of accumulators in registers, of up to MOST vectors each. One
// function a size, made by DEFINE(rows, vectors), and a table of them.
#define ROWS_AT_ONCE 6
#define EACH_ROWS(DEFINE, q) \
  DEFINE(1, q) DEFINE(2, q) DEFINE(3, q) DEFINE(4, q) DEFINE(5, q) DEFINE(6, q)
#define LIST_ROWS(f, q) {f##_1x##q, f##_2x##q, f##_3x##q, f##_4x##q, f##_5x##q, f##_6x##q}
#if MOST == 4
#define EACH_SIZE(DEFINE) \
  EACH_ROWS(DEFINE, 1) EACH_ROWS(DEFINE, 2) EACH_ROWS(DEFINE, 3) EACH_ROWS(DEFINE, 4)
#define LIST_SIZES(f) {LIST_ROWS(f, 1), LIST_ROWS(f, 2), LIST_ROWS(f, 3), LIST_ROWS(f, 4)}
#else
#define EACH_SIZE(DEFINE) EACH_ROWS(DEFINE, 1) EACH_ROWS(DEFINE, 2)
#define LIST_SIZES(f) {LIST_ROWS(f, 1), LIST_ROWS(f, 2)}
#endif

// The lanes of the two results of exchanging blocks of `s` between two rows.
#define LOW(e, s) ((e) & (s) ? WIDTH + (e) - (s) : (e))
#define HIGH(e, s) ((e) & (s) ? WIDTH + (e) : (e) + (s))
#define LANES4(f, s, o) f(o, s), f(o + 1, s), f(o + 2, s), f(o + 3, s)
#if WIDTH == 16
#define LANES(f, s) LANES4(f, s, 0), LANES4(f, s, 4), LANES4(f, s, 8), LANES4(f, s, 12)
#elif WIDTH == 8
#define LANES(f, s) LANES4(f, s, 0), LANES4(f, s, 4)
#else
#define LANES(f, s) LANES4(f, s, 0)
#endif
#define EXCHANGE(s)                                                             \
  UNROLLED for (int i = 0; i < WIDTH; i++) if (!(i & (s))) {                    \
    const vec low = __builtin_shufflevector(v[i], v[i + (s)], LANES(LOW, s));   \
    v[i + (s)] = __builtin_shufflevector(v[i], v[i + (s)], LANES(HIGH, s));     \
    v[i] = low;                                                                 \
  }

// Makes rows of columns in a square of vectors.
INLINE void transpose(vec *v) {
  EXCHANGE(1)
  EXCHANGE(2)
#if WIDTH > 4
  EXCHANGE(4)
#endif
#if WIDTH > 8
  EXCHANGE(8)
#endif
}
#undef LOW
#undef HIGH
#undef LANES4
#undef LANES
#undef EXCHANGE
