#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctiff_file.h"

static int on_error(
    TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
  (void)tiff;
  (void)module;
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
  if (size <= 0 || file->offset >= file->count) return 0;
  uint64_t left = file->count - file->offset;
  tmsize_t count = (uint64_t)size < left ? size : (tmsize_t)left;
  memcpy(into, file->bytes + file->offset, (size_t)count);
  file->offset += (uint64_t)count;
  return count;
}

static tmsize_t on_write(thandle_t handle, void *from, tmsize_t size) {
  (void)handle, (void)from, (void)size;
  return -1;
}

static toff_t on_seek(thandle_t handle, toff_t offset, int whence) {
  ctiff_file *file = handle;
  if (whence == SEEK_CUR) offset += file->offset;
  if (whence == SEEK_END) offset += file->count;
  return file->offset = offset;
}

static int on_close(thandle_t handle) {
  (void)handle;
  return 0;
}

static toff_t on_size(thandle_t handle) { return ((ctiff_file *)handle)->count; }

// Opens by path where one is given, else over the bytes of `file`. "r" reads only, "m" never maps:
// a mapped file that shrinks would kill the program.
static ctiff_file *open_file(ctiff_file *file, const char *path, char *error) {
  TIFFOpenOptions *options = file ? TIFFOpenOptionsAlloc() : NULL;
  if (!options) {
    snprintf(error, CCODECS_ERROR_SIZE, "out of memory");
    free(file);
    return NULL;
  }
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)1 << 31);
  TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, file);
  TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, file);
  file->tiff = path ? TIFFOpenExt(path, "rm", options)
                    : TIFFClientOpenExt(
                        "memory", "rm", file, on_read, on_write, on_seek, on_close, on_size, NULL,
                        NULL, options);
  TIFFOpenOptionsFree(options);
  if (!file->tiff) {
    snprintf(error, CCODECS_ERROR_SIZE, "%s", file->error);
    free(file);
    return NULL;
  }
  return file;
}

ctiff_file *ctiff_open_path(const char *path, char *error) {
  return open_file(calloc(1, sizeof(ctiff_file)), path, error);
}

ctiff_file *ctiff_open_memory(const uint8_t *bytes, size_t count, char *error) {
  ctiff_file *file = calloc(1, sizeof *file);
  if (file) {
    file->bytes = bytes;
    file->count = count;
  }
  return open_file(file, NULL, error);
}

void ctiff_close(ctiff_file *file) {
  if (!file) return;
  TIFFClose(file->tiff);
  free(file);
}
