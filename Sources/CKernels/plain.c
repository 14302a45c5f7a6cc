#include "CKernels.h"
#include <math.h>
#include <string.h>

#define NAME(f) NAMED(f)
#define NAMED(f) f##_plain
#include "body.h"
#define GEMM_WIDTH 4
#define GEMM_MOST 2
#include "gemm_body.h"
#include "gemm_pack.h"
#define WIDTH 4
#include "pass_body.h"
#include "gate_body.h"
