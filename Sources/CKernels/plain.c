#include "CKernels.h"
#include <math.h>
#include <string.h>

#define NAME(f) f##_plain
#include "body.h"
