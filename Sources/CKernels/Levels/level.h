// All kernels for one instruction set, in the one file of it that is compiled. Before it: LEVEL,
// the table's name; PATH, what it is called; WIDTH, floats of a register; MOST, registers of
// accumulators a row of a product.

#include <math.h>
#include <string.h>

#include "CKernels.h"

#define KERNEL(result, name, parameters) static result name parameters;
#include "kernel_list.h"
#undef KERNEL

#include "Levels/vec.h"

#include "Passes/elementwise.h"
#include "Passes/losses.h"
#include "Passes/channels.h"
#include "Passes/gate.h"
#include "Passes/max_pool.h"
#include "Passes/upsample.h"

#include "Convolution/direct_products.h"
#include "Convolution/direct_packing.h"
#include "Convolution/winograd_transforms.h"
#include "Convolution/winograd_tiles.h"
#include "Convolution/winograd_products.h"
#include "Convolution/winograd_filters.h"

const ck_kernels LEVEL = {
  .path = PATH, .panel = PANEL, .lanes = WIDTH,
#define KERNEL(result, name, parameters) .name = name,
#include "kernel_list.h"
#undef KERNEL
};
