// Winograd's transforms in one dimension, and their numbers.

// The transforms' numbers: transformed positions of a side, pixels read, pixels written.
INLINE int positions_of(int kind) {
  return kind == CK_WINOGRAD_F4 ? 6 : kind == CK_WINOGRAD_F2 ? 4 : kind == CK_WINOGRAD_UP4 ? 5 : 3;
}
// Places of a side that are stored: behind a doubling, 2 and -2 share one of the small side.
INLINE int places_of(int transform) {
  return transform == 4 ? 4 : transform == 5 ? 3 : positions_of(transform);
}
// Pixels of a side that an input transform reads.
INLINE int pixels_read(int transform) {
  return transform == 4 ? 4 : transform == 5 ? 3 : transform & 1 ? 4 : 6;
}
// Pixels of a side that an output transform writes.
INLINE int pixels_written(int transform) {
  return transform == 4 ? 2 : transform == 5 ? 1 : transform & 1 ? 2 : 4;
}
// Which place a position has on the side that shares.
INLINE int shared_place(int kind, int i) { return kind == CK_WINOGRAD_UP4 && i > 2 ? i - 1 : i; }

#define PA 0.75f
#define PB 1.5f
#define A2 (PA * PA)
#define B2 (PB * PB)
// Over the product of a point's distances: (0) a^2 b^2; (+-a) 2 a^2 (a^2 - b^2); (+-b) likewise.
#define N0 (1 / (A2 * B2))
#define NA (1 / (2 * A2 * (A2 - B2)))
#define NB (1 / (2 * B2 * (B2 - A2)))

// t = B^T d: B^T holds the coefficients of m(x) / (x - p) for each point p.
INLINE void input_1d(int transform, const vec *d, vec *t) {
  switch (transform) {
    case CK_WINOGRAD_F4: {
      const vec even1 = d[4] - B2 * d[2], odd1 = d[3] - B2 * d[1];
      const vec even2 = d[4] - A2 * d[2], odd2 = d[3] - A2 * d[1];
      t[0] = A2 * B2 * d[0] + (d[4] - (A2 + B2) * d[2]);
      t[1] = even1 + PA * odd1;
      t[2] = even1 - PA * odd1;
      t[3] = even2 + PB * odd2;
      t[4] = even2 - PB * odd2;
      t[5] = A2 * B2 * d[1] + (d[5] - (A2 + B2) * d[3]);
      break;
    }
    case CK_WINOGRAD_F2:
      t[0] = d[0] - d[2];
      t[1] = d[1] + d[2];
      t[2] = d[2] - d[1];
      t[3] = d[3] - d[1];
      break;
    case CK_WINOGRAD_UP4: {
      const vec even = d[4] - d[2], odd = d[3] - d[1];
      t[0] = 4 * (d[0] - d[2]) + even;
      t[1] = (d[4] + d[3]) - 4 * (d[2] + d[1]);
      t[2] = even + 2 * odd;
      t[3] = even - 2 * odd;
      t[4] = (d[5] - d[3]) - 4 * odd;
      break;
    }
    case CK_WINOGRAD_UP2:
      t[0] = d[0] - d[2];
      t[1] = d[1] + d[2];
      t[2] = d[3] - d[1];
      break;
    case CK_WINOGRAD_SMALL + CK_WINOGRAD_UP4: {
      const vec gap = d[2] - d[1];
      t[0] = 4 * (d[0] - d[1]) + gap;
      t[1] = d[2] - 4 * d[1];
      t[2] = gap;
      t[3] = (d[3] - d[2]) - 4 * gap;
      break;
    }
    default:
      t[0] = d[0] - d[1];
      t[1] = d[1];
      t[2] = d[2] - d[1];
  }
}

// y = A^T m: the values of the powers at the points. The small ones are sums of two neighbours.
INLINE void output_1d(int transform, const vec *m, vec *y) {
  switch (transform) {
    case CK_WINOGRAD_F4: {
      const vec sum1 = m[1] + m[2], gap1 = m[1] - m[2], sum2 = m[3] + m[4], gap2 = m[3] - m[4];
      y[0] = m[0] + (sum1 + sum2);
      y[1] = PA * gap1 + PB * gap2;
      y[2] = A2 * sum1 + B2 * sum2;
      y[3] = A2 * PA * gap1 + (B2 * PB * gap2 + m[5]);
      break;
    }
    case CK_WINOGRAD_F2:
      y[0] = m[0] + (m[1] + m[2]);
      y[1] = (m[1] - m[2]) + m[3];
      break;
    case CK_WINOGRAD_UP4: {
      const vec sum = m[2] + m[3], gap = m[2] - m[3];
      y[0] = (m[0] + m[1]) + sum;
      y[1] = m[1] + 2 * gap;
      y[2] = m[1] + 4 * sum;
      y[3] = (m[1] + m[4]) + 8 * gap;
      break;
    }
    case CK_WINOGRAD_UP2:
      y[0] = m[0] + m[1];
      y[1] = m[1] + m[2];
      break;
    case CK_WINOGRAD_SMALL + CK_WINOGRAD_UP4:
      y[0] = m[0] + (m[1] + m[2]);
      y[1] = (m[1] + m[3]) + 4 * m[2];
      break;
    default: y[0] = m[0] + (m[1] + m[2]);
  }
}

// m = A y, the transpose of output_1d.
INLINE void gradient_1d(int kind, const vec *y, vec *m) {
  switch (kind) {
    case CK_WINOGRAD_F4: {
      const vec even1 = y[0] + A2 * y[2], odd1 = y[1] + A2 * y[3];
      const vec even2 = y[0] + B2 * y[2], odd2 = y[1] + B2 * y[3];
      m[0] = y[0];
      m[1] = even1 + PA * odd1;
      m[2] = even1 - PA * odd1;
      m[3] = even2 + PB * odd2;
      m[4] = even2 - PB * odd2;
      m[5] = y[3];
      break;
    }
    case CK_WINOGRAD_F2:
      m[0] = y[0];
      m[1] = y[0] + y[1];
      m[2] = y[0] - y[1];
      m[3] = y[1];
      break;
    case CK_WINOGRAD_UP4: {
      const vec even = y[0] + 4 * y[2], odd = y[1] + 4 * y[3];
      m[0] = y[0];
      m[1] = (y[0] + y[1]) + (y[2] + y[3]);
      m[2] = even + 2 * odd;
      m[3] = even - 2 * odd;
      m[4] = y[3];
      break;
    }
    default:
      m[0] = y[0];
      m[1] = y[0] + y[1];
      m[2] = y[1];
  }
}

// u = G g: the filter's values at the points, over the product of the point's distances.
INLINE void filter_1d(int kind, vec g0, vec g1, vec g2, vec *u) {
  switch (kind) {
    case CK_WINOGRAD_F4: {
      const vec even1 = NA * (g0 + A2 * g2), odd1 = NA * PA * g1;
      const vec even2 = NB * (g0 + B2 * g2), odd2 = NB * PB * g1;
      u[0] = N0 * g0;
      u[1] = even1 + odd1;
      u[2] = even1 - odd1;
      u[3] = even2 + odd2;
      u[4] = even2 - odd2;
      u[5] = g2;
      break;
    }
    case CK_WINOGRAD_F2: {
      const vec half = 0.5f * (g0 + g2);
      u[0] = g0;
      u[1] = half + 0.5f * g1;
      u[2] = half - 0.5f * g1;
      u[3] = g2;
      break;
    }
    case CK_WINOGRAD_UP4: {
      const vec even = g0 + 4 * g2;
      u[0] = 0.25f * g0;
      u[1] = (g0 + g1 + g2) * (-1.0f / 3);
      u[2] = 0.125f * (even + 2 * g1);
      u[3] = (even - 2 * g1) * (-1.0f / 24);
      u[4] = g2;
      break;
    }
    default:
      u[0] = g0;
      u[1] = (g0 + g2) + g1;
      u[2] = g2;
  }
}

// g = G^T u, the transpose of filter_1d.
INLINE void filter_gradient_1d(int kind, const vec *u, vec *g) {
  switch (kind) {
    case CK_WINOGRAD_F4: {
      const vec sum1 = NA * (u[1] + u[2]), sum2 = NB * (u[3] + u[4]);
      g[0] = N0 * u[0] + (sum1 + sum2);
      g[1] = NA * PA * (u[1] - u[2]) + NB * PB * (u[3] - u[4]);
      g[2] = A2 * sum1 + (B2 * sum2 + u[5]);
      break;
    }
    case CK_WINOGRAD_F2: {
      const vec half = 0.5f * (u[1] + u[2]);
      g[0] = u[0] + half;
      g[1] = 0.5f * (u[1] - u[2]);
      g[2] = half + u[3];
      break;
    }
    case CK_WINOGRAD_UP4: {
      const vec third = (-1.0f / 3) * u[1], two = 0.125f * u[2], less = (-1.0f / 24) * u[3];
      g[0] = (0.25f * u[0] + third) + (two + less);
      g[1] = third + 2 * (two - less);
      g[2] = (third + u[4]) + 4 * (two + less);
      break;
    }
    default:
      g[0] = u[0] + u[1];
      g[1] = u[1];
      g[2] = u[1] + u[2];
  }
}
