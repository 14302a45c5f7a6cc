#include "CKernels.h"
#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,fma,avx2"))), apply_to = function)
#define NAME(f) f##_avx512
#include "body.h"
#pragma clang attribute pop
#endif
