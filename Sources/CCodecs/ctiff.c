#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>
#include <unistd.h>

#include "CCodecs.h"

// Either a file that libtiff reads itself, or bytes with a place in them.
struct ctiff_file {
  TIFF *tiff;
  ccodecs_buffer memory;
  uint64_t offset;
  char error[CCODECS_ERROR_SIZE];
};

static int on_error(
    TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
  (void)tiff, (void)module;
  ctiff_file *file = user;
  // The first error names the cause; those after it only its consequences.
  if (file->error[0] == 0) vsnprintf(file->error, sizeof file->error, format, arguments);
  return 1;
}

static int on_warning(
    TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
  (void)tiff, (void)user, (void)module, (void)format, (void)arguments;
  return 1;
}

static tmsize_t on_read(thandle_t handle, void *into, tmsize_t size) {
  ctiff_file *file = handle;
  if (size <= 0 || file->offset >= file->memory.count) return 0;
  uint64_t left = file->memory.count - file->offset;
  tmsize_t count = (uint64_t)size < left ? size : (tmsize_t)left;
  memcpy(into, file->memory.bytes + file->offset, (size_t)count);
  file->offset += (uint64_t)count;
  return count;
}

static tmsize_t on_write(thandle_t handle, void *from, tmsize_t size) {
  ctiff_file *file = handle;
  if (size < 0 || ccodecs_put(&file->memory, file->offset, from, (size_t)size) != 0) return -1;
  file->offset += (uint64_t)size;
  return size;
}

static toff_t on_seek(thandle_t handle, toff_t offset, int whence) {
  ctiff_file *file = handle;
  if (whence == SEEK_CUR) offset += file->offset;
  if (whence == SEEK_END) offset += file->memory.count;
  return file->offset = offset;
}

static int on_close(thandle_t handle) {
  (void)handle;
  return 0;
}

static toff_t on_size(thandle_t handle) { return ((ctiff_file *)handle)->memory.count; }

// Opens in libtiff's `mode`: the file of a descriptor that is not -1, else a copy of `bytes`.
static ctiff_file *open_as(
    const char *mode, int descriptor, const uint8_t *bytes, size_t count, char *error) {
  ctiff_file *file = calloc(1, sizeof *file);
  int is_copied = file && (count == 0 || ccodecs_put(&file->memory, 0, bytes, count) == 0);
  TIFFOpenOptions *options = is_copied ? TIFFOpenOptionsAlloc() : NULL;
  if (!options) {
    snprintf(error, CCODECS_ERROR_SIZE, "out of memory");
    ctiff_close(file);
    return NULL;
  }
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)1 << 31);
  TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, file);
  TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, file);
  // libtiff closes what it is given.
  int own = descriptor < 0 ? -1 : fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (descriptor < 0)
    file->tiff = TIFFClientOpenExt(
        "memory", mode, file, on_read, on_write, on_seek, on_close, on_size, NULL, NULL, options);
  else if (own >= 0)
    file->tiff = TIFFFdOpenExt(own, "file", mode, options);
  TIFFOpenOptionsFree(options);
  if (!file->tiff) {
    if (own >= 0) close(own);
    snprintf(error, CCODECS_ERROR_SIZE, "%s", file->error);
    ctiff_close(file);
    return NULL;
  }
  return file;
}

ctiff_file *ctiff_open(int descriptor, const uint8_t *bytes, size_t count, char *error) {
  // "m" never maps: a mapped file that shrinks would kill the program. "h" reads no directory yet.
  return open_as("rmh", descriptor, bytes, count, error);
}

int ctiff_decodes(int compression) { return TIFFIsCODECConfigured((uint16_t)compression) != 0; }

void ctiff_close(ctiff_file *file) {
  if (!file) return;
  if (file->tiff) TIFFClose(file->tiff);
  ccodecs_free(&file->memory);
  free(file);
}

static int fail(ctiff_file *file, char *error, const char *otherwise) {
  snprintf(error, CCODECS_ERROR_SIZE, "%s", file->error[0] ? file->error : otherwise);
  file->error[0] = 0;
  return -1;
}

int ctiff_header(ctiff_file *file, uint64_t offset, ctiff_info *info, char *error) {
  memset(info, 0, sizeof *info);
  file->error[0] = 0;
  if (!TIFFSetSubDirectory(file->tiff, offset)) return fail(file, error, "a page is unreadable");
  uint16_t bits = 1, format = 1, channels = 1, photometric = 1, compression = 1, planar = 1;
  if (!TIFFGetField(file->tiff, TIFFTAG_IMAGEWIDTH, &info->width)
      || !TIFFGetField(file->tiff, TIFFTAG_IMAGELENGTH, &info->height))
    return fail(file, error, "it does not say its size");
  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_SAMPLEFORMAT, &format);
  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_SAMPLESPERPIXEL, &channels);
  TIFFGetField(file->tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_COMPRESSION, &compression);
  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_PLANARCONFIG, &planar);
  if (photometric == PHOTOMETRIC_YCBCR && compression == COMPRESSION_JPEG) {
    TIFFSetField(file->tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    photometric = PHOTOMETRIC_RGB;
  }
  info->bits = bits;
  info->format = format == SAMPLEFORMAT_VOID ? SAMPLEFORMAT_UINT : format;
  info->channels = channels;
  info->photometric = photometric;
  info->compression = compression;
  info->is_planar = planar == PLANARCONFIG_SEPARATE && channels > 1;
  info->is_tiled = TIFFIsTiled(file->tiff) != 0;
  file->error[0] = 0;
  return 0;
}

uint64_t ctiff_stored_bytes(ctiff_file *file) {
  uint64_t total = 0;
  uint32_t count =
      TIFFIsTiled(file->tiff) ? TIFFNumberOfTiles(file->tiff) : TIFFNumberOfStrips(file->tiff);
  for (uint32_t i = 0; i < count; i++) total += TIFFGetStrileByteCount(file->tiff, i);
  return total;
}

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

// What one tile, plane or strip holds and where it goes: `rows` rows of `from_width` pixels of `held` samples
// each, every row starting on a byte. Of the first `columns` pixels, samples `first` to `first + taken` go
// to column x, row y of a picture of `stride` samples a pixel, from its sample `channel` on.
typedef struct {
  uint32_t from_width;
  int held, first, taken, stride, channel, bits;
  uint32_t columns, rows, width, x, y;
} placement;

// Copies a block into place; samples narrower than a byte are spread out.
static void place(const uint8_t *from, const placement *p, uint8_t *samples) {
  size_t bytes = p->bits <= 8 ? 1 : p->bits <= 16 ? 2 : (size_t)p->bits / 8;
  size_t from_row = ((size_t)p->from_width * p->held * p->bits + 7) / 8;
  int is_plain = p->bits % 8 == 0, is_whole = p->taken == p->held && p->taken == p->stride;
  for (uint32_t j = 0; j < p->rows; j++) {
    const uint8_t *row = from + j * from_row;
    size_t pixel = (size_t)(p->y + j) * p->width + p->x;
    uint8_t *to = samples + (pixel * p->stride + p->channel) * bytes;
    if (is_plain && is_whole) {
      memcpy(to, row, (size_t)p->columns * p->held * bytes);
      continue;
    }
    for (size_t i = 0; i < p->columns; i++)
      for (int k = 0; k < p->taken; k++) {
        size_t sample = i * p->held + p->first + k, target = i * p->stride + k;
        if (is_plain) {
          memcpy(to + target * bytes, row + sample * bytes, bytes);
        } else {
          uint16_t value = (uint16_t)unpack(row, sample, p->bits);
          if (bytes == 1) to[target] = (uint8_t)value;
          else memcpy(to + target * 2, &value, 2);
        }
      }
  }
}

// Strips or tiles, each decoded by libtiff into `block`, then put into place: all samples, or one that is
// not -1.
static int read_blocks(
    ctiff_file *file, const ctiff_info *info, int only, uint8_t *samples, uint8_t *block,
    tmsize_t size) {
  uint32_t width = info->width, rows = 0;
  if (info->is_tiled) {
    TIFFGetField(file->tiff, TIFFTAG_TILEWIDTH, &width);
    TIFFGetField(file->tiff, TIFFTAG_TILELENGTH, &rows);
  } else {
    TIFFGetFieldDefaulted(file->tiff, TIFFTAG_ROWSPERSTRIP, &rows);
    if (rows > info->height) rows = info->height;
  }
  int held = info->is_planar ? 1 : info->channels;
  uint64_t row = ((uint64_t)width * held * info->bits + 7) / 8;
  if (width == 0 || rows == 0 || row * rows > (uint64_t)size) return -1;
  uint32_t across = (info->width - 1) / width + 1, down = (info->height - 1) / rows + 1;
  int is_part = only >= 0, planes = info->is_planar ? info->channels : 1;
  placement p = {
      .from_width = width, .held = held, .first = is_part && !info->is_planar ? only : 0,
      .taken = is_part ? 1 : held, .stride = is_part ? 1 : info->channels, .bits = info->bits,
      .width = info->width};
  for (int plane = 0; plane < planes; plane++) {
    if (is_part && info->is_planar && plane != only) continue;
    p.channel = is_part ? 0 : plane;
    uint32_t next = (uint32_t)plane * across * down;
    for (uint32_t j = 0; j < down; j++)
      for (uint32_t i = 0; i < across; i++, next++) {
        p.x = i * width;
        p.y = j * rows;
        p.rows = info->height - p.y < rows ? info->height - p.y : rows;
        p.columns = info->width - p.x < width ? info->width - p.x : width;
        tmsize_t wanted = info->is_tiled ? size : (tmsize_t)(row * p.rows);
        tmsize_t count = info->is_tiled
                             ? TIFFReadEncodedTile(file->tiff, next, block, wanted)
                             : TIFFReadEncodedStrip(file->tiff, next, block, wanted);
        if (count < (tmsize_t)(row * p.rows)) return -1;
        place(block, &p, samples);
      }
  }
  return 0;
}

int ctiff_read(
    ctiff_file *file, const ctiff_info *info, int sample, uint8_t *samples, size_t capacity,
    char *error) {
  size_t bytes = info->bits <= 8 ? 1 : info->bits <= 16 ? 2 : (size_t)info->bits / 8;
  size_t taken = sample < 0 ? (size_t)info->channels : 1;
  if (sample >= info->channels || (size_t)info->width * info->height * taken * bytes > capacity)
    return fail(file, error, "its size is not what its header said");
  file->error[0] = 0;
  tmsize_t size = info->is_tiled ? TIFFTileSize(file->tiff) : TIFFStripSize(file->tiff);
  uint8_t *block = size > 0 && size < (tmsize_t)1 << 31 ? calloc(1, (size_t)size) : NULL;
  if (!block) return fail(file, error, "its strips or tiles have an impossible size");
  int result = read_blocks(file, info, sample, samples, block, size);
  free(block);
  return result == 0 ? 0 : fail(file, error, "its strips or tiles are incomplete");
}

int ctiff_write(
    const uint8_t *samples, size_t count, uint32_t width, uint32_t height, int bits,
    const ctiff_scale *scale, ccodecs_buffer *out, char *error) {
  size_t row = (size_t)width * (size_t)(bits / 8);
  snprintf(error, CCODECS_ERROR_SIZE, "a TIFF of this form cannot be written");
  if ((bits != 8 && bits != 16 && bits != 32) || row == 0 || row * height != count) return -1;
  ctiff_file *file = open_as("wlm", -1, NULL, 0, error);
  if (!file) return -1;
  TIFF *tiff = file->tiff;
  uint32_t strip = row > 65536 ? 1 : (uint32_t)(65536 / row);
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, bits == 32 ? SAMPLEFORMAT_IEEEFP : SAMPLEFORMAT_UINT);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
  // Without a predictor: ImageJ's own reader undoes none with deflation, and shows the differences.
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, strip < height ? strip : height);
  if (scale) {
    TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, scale->description);
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_NONE);
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, scale->across);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, scale->down);
  }
  int result = 0;
  for (uint32_t y = 0; y < height && result == 0; y += strip) {
    tmsize_t size = (tmsize_t)(row * (height - y < strip ? height - y : strip));
    if (TIFFWriteEncodedStrip(tiff, y / strip, (void *)(samples + row * y), size) < 0) result = -1;
  }
  if (result == 0 && !TIFFFlush(tiff)) result = -1;
  TIFFClose(tiff);
  if (file->error[0]) snprintf(error, CCODECS_ERROR_SIZE, "%s", file->error);
  *out = file->memory;
  free(file);
  return result;
}
