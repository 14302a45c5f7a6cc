#include <stdio.h>
#include <string.h>
#include <tiffio.h>

#include "CCodecs.h"

// The file being written: it only grows, and libtiff moves back to fill in its directory.
typedef struct {
  ccodecs_buffer *out;
  uint64_t offset;
  char *error;
} ctiff_sink;

static int on_message(
    TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
  (void)tiff, (void)module;
  if (user) vsnprintf(((ctiff_sink *)user)->error, CCODECS_ERROR_SIZE, format, arguments);
  return 1;
}

static tmsize_t on_read(thandle_t handle, void *into, tmsize_t size) {
  ctiff_sink *sink = handle;
  if (size <= 0 || sink->offset >= sink->out->count) return 0;
  uint64_t left = sink->out->count - sink->offset;
  tmsize_t count = (uint64_t)size < left ? size : (tmsize_t)left;
  memcpy(into, sink->out->bytes + sink->offset, (size_t)count);
  sink->offset += (uint64_t)count;
  return count;
}

static tmsize_t on_write(thandle_t handle, void *from, tmsize_t size) {
  ctiff_sink *sink = handle;
  if (size < 0 || ccodecs_put(sink->out, sink->offset, from, (size_t)size) != 0) return -1;
  sink->offset += (uint64_t)size;
  return size;
}

static toff_t on_seek(thandle_t handle, toff_t offset, int whence) {
  ctiff_sink *sink = handle;
  if (whence == SEEK_CUR) offset += sink->offset;
  if (whence == SEEK_END) offset += sink->out->count;
  return sink->offset = offset;
}

static int on_close(thandle_t handle) {
  (void)handle;
  return 0;
}

static toff_t on_size(thandle_t handle) { return ((ctiff_sink *)handle)->out->count; }

int ctiff_write(
    const uint8_t *samples, size_t count, uint32_t width, uint32_t height, int bits,
    ccodecs_buffer *out, char *error) {
  size_t row = (size_t)width * (size_t)(bits / 8);
  snprintf(error, CCODECS_ERROR_SIZE, "a TIFF of this form cannot be written");
  if ((bits != 8 && bits != 16 && bits != 32) || row == 0 || row * height != count) return -1;
  ctiff_sink sink = {.out = out, .error = error};
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  if (!options) return -1;
  TIFFOpenOptionsSetErrorHandlerExtR(options, on_message, &sink);
  TIFFOpenOptionsSetWarningHandlerExtR(options, on_message, NULL);
  TIFF *tiff = TIFFClientOpenExt(
      "memory", "wlm", &sink, on_read, on_write, on_seek, on_close, on_size, NULL, NULL, options);
  TIFFOpenOptionsFree(options);
  if (!tiff) return -1;
  uint32_t strip = row > 65536 ? 1 : (uint32_t)(65536 / row);
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, bits == 32 ? SAMPLEFORMAT_IEEEFP : SAMPLEFORMAT_UINT);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
  TIFFSetField(tiff, TIFFTAG_PREDICTOR, bits == 32 ? PREDICTOR_FLOATINGPOINT : PREDICTOR_HORIZONTAL);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, strip < height ? strip : height);
  int result = 0;
  for (uint32_t y = 0; y < height && result == 0; y += strip) {
    tmsize_t size = (tmsize_t)(row * (height - y < strip ? height - y : strip));
    if (TIFFWriteEncodedStrip(tiff, y / strip, (void *)(samples + row * y), size) < 0) result = -1;
  }
  if (result == 0 && !TIFFFlush(tiff)) result = -1;
  TIFFClose(tiff);
  return result;
}
