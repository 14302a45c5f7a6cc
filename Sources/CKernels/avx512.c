#include "CKernels.h"
#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,fma,avx2"))), apply_to = function)
#define NAME(f) NAMED(f)
#define NAMED(f) f##_avx512
#include "body.h"
#define GEMM_WIDTH 16
#define GEMM_MOST 4
#include "gemm_body.h"
#include "gemm_pack.h"
#define WIDTH 16
#include "pass_body.h"
#include "gate_body.h"
#pragma clang attribute pop
#endif
