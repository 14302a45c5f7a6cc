#include <stdlib.h>
#include <string.h>

#include "CCodecs.h"

int ccodecs_put(ccodecs_buffer *buffer, size_t offset, const void *bytes, size_t count) {
  if (offset > SIZE_MAX / 4 || count > SIZE_MAX / 4) return -1;
  size_t end = offset + count;
  if (end > buffer->capacity) {
    size_t capacity = buffer->capacity < 4096 ? 4096 : buffer->capacity;
    while (capacity < end) capacity *= 2;
    uint8_t *grown = realloc(buffer->bytes, capacity);
    if (!grown) return -1;
    memset(grown + buffer->capacity, 0, capacity - buffer->capacity);
    buffer->bytes = grown;
    buffer->capacity = capacity;
  }
  memcpy(buffer->bytes + offset, bytes, count);
  if (end > buffer->count) buffer->count = end;
  return 0;
}

void ccodecs_free(ccodecs_buffer *buffer) {
  free(buffer->bytes);
  memset(buffer, 0, sizeof *buffer);
}
