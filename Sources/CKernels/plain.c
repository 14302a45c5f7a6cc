#include "CKernels.h"
#include <math.h>
#include <string.h>

// Vectors of four floats: NEON's on aarch64, whose 32 registers hold four of them a row.
#define NAME(f) NAMED(f)
#define NAMED(f) f##_plain
#include "body.h"
#define GEMM_WIDTH 4
#if defined(__aarch64__)
#define GEMM_MOST 4
#else
#define GEMM_MOST 2
#endif
#include "gemm_body.h"
#include "gemm_pack.h"
#define WIDTH 4
#include "pass_body.h"
#include "gate_body.h"
