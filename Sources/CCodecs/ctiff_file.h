#pragma once

#include <tiffio.h>

#include "CCodecs.h"

// Either a path that libtiff has opened, or bytes with a place in them.
struct ctiff_file {
  TIFF *tiff;
  const uint8_t *bytes;
  uint64_t count, offset;
  char error[CCODECS_ERROR_SIZE];
};
