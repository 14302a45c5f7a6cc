#include "CKernels.h"

void ck_wino_moments(
    const float *sums, int pieces, int channels, double count, const float *about, float *mean,
    float *variance) {
  for (int c = 0; c < channels; c++) {
    double sum = 0, squares = 0;
    for (int piece = 0; piece < pieces; piece++) {
      const float *pair = sums + (size_t)piece * 2 * channels + c;
      sum += pair[0];
      squares += pair[channels];
    }
    const double gap = sum / count;
    mean[c] = (float)(about[c] + gap);
    const double spread = squares / count - gap * gap;
    variance[c] = (float)(spread < 0 ? 0 : spread);
  }
}
