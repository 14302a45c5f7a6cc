#include <png.h>
#include <stdio.h>
#include <string.h>

#include "CCodecs.h"

// What libpng's callbacks need: where the bytes are, and where an error's text goes.
typedef struct {
  const uint8_t *bytes;
  size_t count, offset;
  ccodecs_buffer *out;
  char *error;
} cpng_source;

static void on_error(png_structp png, png_const_charp message) {
  cpng_source *source = png_get_error_ptr(png);
  snprintf(source->error, CCODECS_ERROR_SIZE, "%s", message);
  png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message) {
  (void)png, (void)message;
}

static void on_read(png_structp png, png_bytep into, png_size_t count) {
  cpng_source *source = png_get_io_ptr(png);
  if (count > source->count - source->offset) png_error(png, "the file ends too early");
  memcpy(into, source->bytes + source->offset, count);
  source->offset += count;
}

static void on_write(png_structp png, png_bytep from, png_size_t count) {
  cpng_source *source = png_get_io_ptr(png);
  if (ccodecs_put(source->out, source->out->count, from, count) != 0)
    png_error(png, "out of memory");
}

static void on_flush(png_structp png) { (void)png; }

// Rows of 16 bits are big-endian in the file.
static void set_byte_order(png_structp png, int bit_depth) {
  const uint16_t probe = 1;
  if (bit_depth == 16 && *(const uint8_t *)&probe) png_set_swap(png);
}

int cpng_read(
    const uint8_t *bytes, size_t count, uint8_t *samples, size_t capacity, cpng_info *info,
    char *error) {
  cpng_source source = {.bytes = bytes, .count = count, .error = error};
  memset(info, 0, sizeof *info);
  png_structp png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, &source, on_error, on_warning);
  png_infop details = png ? png_create_info_struct(png) : NULL;
  if (!details) {
    png_destroy_read_struct(&png, NULL, NULL);
    snprintf(error, CCODECS_ERROR_SIZE, "out of memory");
    return -1;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &details, NULL);
    return -1;
  }
  png_set_read_fn(png, &source, on_read);
  png_set_benign_errors(png, 1);
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
  // Checksums would keep a fuzzer out of everything behind them.
  png_set_crc_action(png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
#endif
  png_read_info(png, details);
  info->width = png_get_image_width(png, details);
  info->height = png_get_image_height(png, details);
  info->bit_depth = png_get_bit_depth(png, details);
  info->channels = png_get_channels(png, details);
  info->is_palette = png_get_color_type(png, details) == PNG_COLOR_TYPE_PALETTE;
  if (capacity > 0) {
    png_colorp colors = NULL;
    int color_count = 0;
    if (info->is_palette && png_get_PLTE(png, details, &colors, &color_count))
      for (int i = 0; i < color_count && i < 256; i++, info->palette_count++) {
        info->palette[3 * i] = colors[i].red;
        info->palette[3 * i + 1] = colors[i].green;
        info->palette[3 * i + 2] = colors[i].blue;
      }
    if (info->bit_depth < 8) png_set_packing(png);
    set_byte_order(png, info->bit_depth);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, details);
    size_t row = png_get_rowbytes(png, details);
    if (row != (size_t)info->width * info->channels * (info->bit_depth == 16 ? 2 : 1)
        || row * info->height > capacity)
      png_error(png, "its rows have an unexpected length");
    for (int pass = 0; pass < passes; pass++)
      for (uint32_t y = 0; y < info->height; y++) png_read_row(png, samples + y * row, NULL);
    png_read_end(png, NULL);
  }
  png_destroy_read_struct(&png, &details, NULL);
  return 0;
}

int cpng_write(
    const uint8_t *samples, size_t count, uint32_t width, uint32_t height, int bit_depth,
    int channels, int is_filtered, uint32_t across, uint32_t down, ccodecs_buffer *out, char *error) {
  cpng_source source = {.out = out, .error = error};
  size_t row = (size_t)width * channels * (bit_depth / 8);
  if ((bit_depth != 8 && bit_depth != 16) || (channels != 1 && channels != 3)
      || row * height != count) {
    snprintf(error, CCODECS_ERROR_SIZE, "a PNG of this form cannot be written");
    return -1;
  }
  png_structp png =
      png_create_write_struct(PNG_LIBPNG_VER_STRING, &source, on_error, on_warning);
  png_infop details = png ? png_create_info_struct(png) : NULL;
  if (!details) {
    png_destroy_write_struct(&png, NULL);
    snprintf(error, CCODECS_ERROR_SIZE, "out of memory");
    return -1;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &details);
    return -1;
  }
  png_set_write_fn(png, &source, on_write, on_flush);
  png_set_IHDR(
      png, details, width, height, bit_depth,
      channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
      PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (!is_filtered) png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  if (across && down) png_set_pHYs(png, details, across, down, PNG_RESOLUTION_METER);
  png_write_info(png, details);
  set_byte_order(png, bit_depth);
  for (uint32_t y = 0; y < height; y++) png_write_row(png, samples + y * row);
  png_write_end(png, NULL);
  png_destroy_write_struct(&png, &details);
  return 0;
}
