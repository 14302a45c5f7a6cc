#include "CKernels.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define NAME(f) NAMED(f)
#define NAMED(f) f##_avx2
#define WIDTH 8
#define MOST 2
#include "winograd_vectors.h"
#include "winograd_tiles.h"
#include "winograd_products.h"
#include "winograd_filters.h"
#pragma clang attribute pop
#endif
