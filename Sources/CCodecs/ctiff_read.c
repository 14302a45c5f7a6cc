#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctiff_file.h"

static int fail(ctiff_file *file, char *error, const char *otherwise) {
  snprintf(error, CCODECS_ERROR_SIZE, "%s", file->error[0] ? file->error : otherwise);
  file->error[0] = 0;
  return -1;
}

int ctiff_pages(ctiff_file *file) { return (int)TIFFNumberOfDirectories(file->tiff); }

int ctiff_header(ctiff_file *file, int page, ctiff_info *info, char *error) {
  memset(info, 0, sizeof *info);
  file->error[0] = 0;
  if (!TIFFSetDirectory(file->tiff, (tdir_t)page)) return fail(file, error, "no such page");
  uint16_t bits = 1, format = 1, channels = 1, photometric = 1, compression = 1, planar = 1;
  uint16_t extra = 0, *kinds = NULL;
  if (!TIFFGetField(file->tiff, TIFFTAG_IMAGEWIDTH, &info->width)
      || !TIFFGetField(file->tiff, TIFFTAG_IMAGELENGTH, &info->height))
    return fail(file, error, "it does not say its size");
  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_SAMPLEFORMAT, &format);
  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_SAMPLESPERPIXEL, &channels);
  TIFFGetFieldDefaulted(file->tiff, TIFFTAG_EXTRASAMPLES, &extra, &kinds);
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
  info->extra_channels = extra;
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

int ctiff_palette(ctiff_file *file, int bits, int index, uint16_t rgb[3]) {
  uint16_t *red, *green, *blue;
  if (bits < 1 || bits > 16 || index < 0 || index >= 1 << bits) return -1;
  if (!TIFFGetField(file->tiff, TIFFTAG_COLORMAP, &red, &green, &blue)) return -1;
  rgb[0] = red[index];
  rgb[1] = green[index];
  rgb[2] = blue[index];
  return 0;
}

// One strip or tile, decoded by libtiff into `block`, then put into place.
static int read_blocks(
    ctiff_file *file, const ctiff_info *info, uint8_t *samples, uint8_t *block, tmsize_t size) {
  uint32_t width = info->width, rows = 0;
  if (info->is_tiled) {
    TIFFGetField(file->tiff, TIFFTAG_TILEWIDTH, &width);
    TIFFGetField(file->tiff, TIFFTAG_TILELENGTH, &rows);
  } else {
    TIFFGetFieldDefaulted(file->tiff, TIFFTAG_ROWSPERSTRIP, &rows);
    if (rows > info->height) rows = info->height;
  }
  int channels = info->is_planar ? 1 : info->channels;
  uint64_t row = ((uint64_t)width * channels * info->bits + 7) / 8;
  if (width == 0 || rows == 0 || row * rows > (uint64_t)size) return -1;
  uint32_t across = (info->width - 1) / width + 1, down = (info->height - 1) / rows + 1;
  uint32_t planes = info->is_planar ? (uint32_t)info->channels : 1, next = 0;
  for (uint32_t plane = 0; plane < planes; plane++)
    for (uint32_t j = 0; j < down; j++)
      for (uint32_t i = 0; i < across; i++, next++) {
        uint32_t x = i * width, y = j * rows;
        uint32_t high = info->height - y < rows ? info->height - y : rows;
        uint32_t wide = info->width - x < width ? info->width - x : width;
        tmsize_t wanted = info->is_tiled ? size : (tmsize_t)(row * high);
        tmsize_t count = info->is_tiled
                             ? TIFFReadEncodedTile(file->tiff, next, block, wanted)
                             : TIFFReadEncodedStrip(file->tiff, next, block, wanted);
        if (count < (tmsize_t)(row * high)) return -1;
        ctiff_place(block, width, channels, wide, high, info, samples, x, y, (int)plane);
      }
  return 0;
}

int ctiff_read(
    ctiff_file *file, const ctiff_info *info, uint8_t *samples, size_t capacity, char *error) {
  size_t bytes = info->bits <= 8 ? 1 : info->bits <= 16 ? 2 : (size_t)info->bits / 8;
  if ((size_t)info->width * info->height * info->channels * bytes > capacity)
    return fail(file, error, "its size is not what its header said");
  file->error[0] = 0;
  tmsize_t size = info->is_tiled ? TIFFTileSize(file->tiff) : TIFFStripSize(file->tiff);
  uint8_t *block = size > 0 && size < (tmsize_t)1 << 31 ? calloc(1, (size_t)size) : NULL;
  if (!block) return fail(file, error, "its strips or tiles have an impossible size");
  int result = read_blocks(file, info, samples, block, size);
  free(block);
  return result == 0 ? 0 : fail(file, error, "its strips or tiles are incomplete");
}
