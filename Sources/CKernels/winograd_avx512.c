#include "CKernels.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target( \
    "avx512f,avx512vl,avx512dq,avx512bw,fma,avx2,prfchw"))), apply_to = function)
#define NAME(f) NAMED(f)
#define NAMED(f) f##_avx512
#define WIDTH 16
#define MOST 4
#include "winograd_vectors.h"
#include "winograd_tiles.h"
#include "winograd_products.h"
#include "winograd_filters.h"
#pragma clang attribute pop
#endif
