#pragma once

#include <stddef.h>
#include <stdint.h>

// Thin adapters to libpng, libtiff and libjpeg. Every call that can fail returns 0 when all went well and -1
// otherwise, with a sentence in `error`. Nothing here decides what a sample means. longjmp stays inside.

/// Room for the text of an error.
enum { CCODECS_ERROR_SIZE = 256 };

/// Bytes that grow as an encoder writes; free with ccodecs_free.
typedef struct {
  uint8_t *bytes;
  size_t count;
  size_t capacity;
} ccodecs_buffer;

/// Puts `count` bytes at `offset`, growing the buffer; -1 when there is no memory.
int ccodecs_put(ccodecs_buffer *buffer, size_t offset, const void *bytes, size_t count);

/// Frees what an encoder wrote.
void ccodecs_free(ccodecs_buffer *buffer);

// PNG

/// What the header of a PNG says, and its palette.
typedef struct {
  uint32_t width, height;
  int bit_depth;
  /// 1 grey or palette index, 2 grey and alpha, 3 RGB, 4 RGBA.
  int channels;
  int is_palette;
  /// Entries that the palette has, and red, green and blue of each. Filled by cpng_read.
  int palette_count;
  uint8_t palette[256 * 3];
} cpng_info;

/// Reads the header and, unless `capacity` is 0, decodes into `height * width * channels` samples: a
/// byte each up to 8 bits, native uint16_t at 16.
/// Values are as stored (1 bit: 0 or 1); palette indices stay indices; tRNS is left alone.
int cpng_read(
    const uint8_t *bytes, size_t count, uint8_t *samples, size_t capacity, cpng_info *info,
    char *error);

/// Encodes rows of grey (1 channel) or RGB (3) samples of 8 or 16 bits, native byte order, with the pixels
/// of a metre unless they are 0. Filters take differences of neighbours, which suits greys, not numbers of cells.
int cpng_write(
    const uint8_t *samples, size_t count, uint32_t width, uint32_t height, int bit_depth,
    int channels, int is_filtered, uint32_t across, uint32_t down, ccodecs_buffer *out, char *error);

// TIFF

/// What one page of a TIFF says about itself.
typedef struct {
  uint32_t width, height;
  int bits;
  /// 1 unsigned, 2 signed, 3 floating point.
  int format;
  int channels;
  int photometric;
  int compression;
  int is_planar;
  int is_tiled;
} ctiff_info;

/// An open TIFF; its warnings are dropped, the first error of a call is kept.
typedef struct ctiff_file ctiff_file;

/// Opens the file of a descriptor, which stays the caller's, or for -1 a copy of `bytes`, to read only and
/// never mapped; NULL on failure.
ctiff_file *ctiff_open(int descriptor, const uint8_t *bytes, size_t count, char *error);

/// Whether this libtiff decodes a compression.
int ctiff_decodes(int compression);

/// Closes the file and frees everything that belongs to it.
void ctiff_close(ctiff_file *file);

/// Goes to the directory at an offset in the file and reads what it says of its page.
int ctiff_header(ctiff_file *file, uint64_t offset, ctiff_info *info, char *error);

/// Bytes that the strips or tiles of the page in hand claim in the file.
uint64_t ctiff_stored_bytes(ctiff_file *file);

/// Decodes the page in hand into `height * width * channels` samples, channels side by side, or only
/// `sample` of them where that is not -1: 1 byte each up to 8 bits, 2 up to 16, else `bits / 8`; native
/// byte order.
int ctiff_read(
    ctiff_file *file, const ctiff_info *info, int sample, uint8_t *samples, size_t capacity,
    char *error);

/// Pixels in a unit of length, and the description that names the unit.
typedef struct {
  double across, down;
  const char *description;
} ctiff_scale;

/// Encodes rows of grey samples (8, 16 or, as float, 32 bits, native byte order), deflate compressed, with a
/// scale unless that is NULL.
int ctiff_write(
    const uint8_t *samples, size_t count, uint32_t width, uint32_t height, int bits,
    const ctiff_scale *scale, ccodecs_buffer *out, char *error);

// JPEG

/// What the header of a JPEG says.
typedef struct {
  uint32_t width, height;
  /// 1 grey, 3 red, green and blue.
  int channels;
  /// Bytes that its blocks take at least, a bit each.
  uint64_t least_bytes;
  /// Whether the file is sound as far as it was read, but of a form that is not read: `error` says which.
  int is_unsupported;
} cjpeg_info;

/// Reads the header and, unless `capacity` is 0, decodes into `height * width * channels` bytes, grey or
/// RGB, rows from the top as they are stored.
/// A stream that is cut short or contradicts itself is an error, never grey rows.
int cjpeg_read(
    const uint8_t *bytes, size_t count, uint8_t *samples, size_t capacity, cjpeg_info *info,
    char *error);
