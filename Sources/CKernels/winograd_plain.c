#include "CKernels.h"

#define NAME(f) NAMED(f)
#define NAMED(f) f##_plain
#define WIDTH 4
#if defined(__aarch64__)
#define MOST 4
#else
#define MOST 2
#endif
#include "winograd_vectors.h"
#include "winograd_tiles.h"
#include "winograd_products.h"
#include "winograd_filters.h"
