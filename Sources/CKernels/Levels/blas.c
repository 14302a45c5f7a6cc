#include "blas.h"

#include <cblas.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

_Static_assert(
    CblasRowMajor == CK_ROW_MAJOR && CblasNoTrans == CK_PLAIN && CblasTrans == CK_TRANSPOSED &&
        sizeof(blasint) == sizeof(int),
    "OpenBLAS is called by other numbers than its header has");

static ck_blas blas;
static int is_loaded = 0;

static void load(void) {
  // Two pools of threads on the same cores ruin each other, and its own is started by loading it.
  setenv("OPENBLAS_NUM_THREADS", "1", 1);
  setenv("OMP_NUM_THREADS", "1", 1);
  void *library = dlopen("libopenblas.so.0", RTLD_NOW);
  if (!library) return;
  // POSIX lets a pointer from dlsym be a function's; ISO C has no word for it.
  *(void **)&blas.sgemm = dlsym(library, "cblas_sgemm");
  *(void **)&blas.config = dlsym(library, "openblas_get_config");
  *(void **)&blas.core = dlsym(library, "openblas_get_corename");
  is_loaded = blas.sgemm && blas.config && blas.core;
}

const ck_blas *ck_blas_loaded(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded ? &blas : NULL;
}
