#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LEVEL ck_avx2
#define PATH "avx2"
#define WIDTH 8
#define MOST 2
#include "Levels/level.h"
#pragma clang attribute pop
#endif
