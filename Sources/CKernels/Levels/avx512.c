#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target( \
    "avx512f,avx512vl,avx512dq,avx512bw,fma,avx2,prfchw"))), apply_to = function)
#define LEVEL ck_avx512
#define PATH "avx512"
#define WIDTH 16
#define MOST 4
#include "Levels/level.h"
#pragma clang attribute pop
#endif
