#include "CKernels.h"

#include <stdlib.h>
#include <string.h>

extern const ck_kernels ck_plain;
#if defined(__x86_64__)
extern const ck_kernels ck_avx2, ck_avx512;
#endif

// Settled once, when the library loads, and never changed.
static const ck_kernels *chosen = &ck_plain;
static int uses_blas = 0;

__attribute__((constructor)) static void choose(void) {
  const char *forced = getenv("AURA_SIMD");
  uses_blas = forced && strcmp(forced, "blas") == 0;
#if defined(__x86_64__)
  if (forced && strcmp(forced, "plain") == 0) return;
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return;
  chosen = &ck_avx2;
  if (forced && strcmp(forced, "avx2") == 0) return;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
    chosen = &ck_avx512;
#endif
}

const ck_kernels *ck_chosen(void) { return chosen; }

int ck_uses_blas(void) { return uses_blas && ck_blas_loaded(); }
