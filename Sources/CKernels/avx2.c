#include "CKernels.h"
#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define NAME(f) NAMED(f)
#define NAMED(f) f##_avx2
#include "body.h"
#define GEMM_WIDTH 8
#define GEMM_MOST 2
#include "gemm_body.h"
#include "gemm_pack.h"
#define WIDTH 8
#include "pass_body.h"
#include "gate_body.h"
#pragma clang attribute pop
#endif
