#include <string.h>

#include "CCodecs.h"

// Sample `index` of a row of packed samples, the most significant bit first.
static unsigned unpack(const uint8_t *row, size_t index, int bits) {
  size_t at = index * (size_t)bits;
  unsigned value = 0;
  for (int left = bits; left > 0;) {
    int offset = (int)(at % 8), taken = 8 - offset < left ? 8 - offset : left;
    unsigned piece = row[at / 8] >> (8 - offset - taken) & ((1u << taken) - 1);
    value = value << taken | piece;
    at += (size_t)taken;
    left -= taken;
  }
  return value;
}

void ctiff_place(
    const uint8_t *from, uint32_t from_width, int channels, uint32_t columns, uint32_t rows,
    const ctiff_info *info, uint8_t *samples, uint32_t x, uint32_t y, int channel) {
  int bits = info->bits, stride = info->channels;
  size_t bytes = bits <= 8 ? 1 : bits <= 16 ? 2 : (size_t)bits / 8;
  size_t from_row = ((size_t)from_width * channels * bits + 7) / 8;
  size_t count = (size_t)columns * channels;
  for (uint32_t j = 0; j < rows; j++) {
    const uint8_t *row = from + j * from_row;
    uint8_t *to = samples + (((size_t)(y + j) * info->width + x) * stride + channel) * bytes;
    if (bits % 8 == 0 && channels == stride) {
      memcpy(to, row, count * bytes);
      continue;
    }
    // Either one plane of several, whose samples lie `stride` apart, or samples that share bytes.
    size_t step = (channels == stride ? 1 : (size_t)stride) * bytes;
    for (size_t i = 0; i < count; i++) {
      if (bits % 8 == 0) {
        memcpy(to + i * step, row + i * bytes, bytes);
      } else {
        uint16_t value = (uint16_t)unpack(row, i, bits);
        if (bytes == 1) to[i * step] = (uint8_t)value;
        else memcpy(to + i * step, &value, 2);
      }
    }
  }
}
