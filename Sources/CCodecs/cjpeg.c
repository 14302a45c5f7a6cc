#include <setjmp.h>
#include <stdio.h>
// After stdio.h, which they take FILE from.
#include <jpeglib.h>
#include <jerror.h>
#include <string.h>

#include "CCodecs.h"

// Scans of a progressive picture that are read at most; encoders write about ten, and each costs a whole pass.
enum { MOST_SCANS = 200 };

// What libjpeg's callbacks need; it hands back the first field, which is why that comes first.
typedef struct {
  struct jpeg_error_mgr manager;
  struct jpeg_progress_mgr progress;
  jmp_buf back;
  const uint8_t *bytes;
  cjpeg_info *info;
  char *error;
} cjpeg_source;

static void fail(j_common_ptr jpeg, const char *text) {
  cjpeg_source *source = (cjpeg_source *)jpeg->err;
  snprintf(source->error, CCODECS_ERROR_SIZE, "%s", text);
  longjmp(source->back, 1);
}

static void fail_as_unsupported(j_common_ptr jpeg, const char *text) {
  ((cjpeg_source *)jpeg->err)->info->is_unsupported = 1;
  fail(jpeg, text);
}

static void on_error(j_common_ptr jpeg) {
  switch (jpeg->err->msg_code) {
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CCIR601_NOTIMPL:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_SOF_UNSUPPORTED:
      ((cjpeg_source *)jpeg->err)->info->is_unsupported = 1;
  }
  char text[JMSG_LENGTH_MAX];
  jpeg->err->format_message(jpeg, text);
  fail(jpeg, text);
}

// Some cameras fill up with zeros before the end, which is no sign of damage.
static int is_padding(j_common_ptr jpeg) {
  const struct jpeg_error_mgr *manager = jpeg->err;
  if (manager->msg_code != JWRN_EXTRANEOUS_DATA || manager->msg_parm.i[1] != JPEG_EOI) return 0;
  const uint8_t *end = ((j_decompress_ptr)jpeg)->src->next_input_byte;
  const ptrdiff_t count = manager->msg_parm.i[0];
  if (count > end - ((cjpeg_source *)jpeg->err)->bytes) return 0;
  for (ptrdiff_t i = 1; i <= count; i++)
    if (end[-i] != 0) return 0;
  return 1;
}

// A level below 0 is a warning: libjpeg would go on, with grey where data are missing.
static void on_message(j_common_ptr jpeg, int level) {
  const int code = jpeg->err->msg_code;
  if (level >= 0 || code == JWRN_JFIF_MAJOR || code == JWRN_NOT_SEQUENTIAL || is_padding(jpeg))
    return;
  on_error(jpeg);
}

static void on_progress(j_common_ptr jpeg) {
  if (((j_decompress_ptr)jpeg)->input_scan_number > MOST_SCANS)
    fail(jpeg, "it has more scans than a picture needs");
}

static void read_header(j_decompress_ptr jpeg, cjpeg_info *info) {
  const j_common_ptr common = (j_common_ptr)jpeg;
  jpeg_read_header(jpeg, TRUE);
  if (jpeg->data_precision != 8) fail_as_unsupported(common, "it has more than 8 bits a sample");
  // A few of its bytes can stand for any number of pixels, and it fills up what is missing without a word.
  if (jpeg->arith_code) fail_as_unsupported(common, "it has arithmetic coding");
  if (jpeg->num_components == 4)
    fail_as_unsupported(common, "its colours are those of print, CMYK");
  if (jpeg->num_components != 1 && jpeg->num_components != 3)
    fail_as_unsupported(common, "it has neither 1 nor 3 channels");
  info->width = jpeg->image_width;
  info->height = jpeg->image_height;
  info->channels = jpeg->num_components;
  uint64_t blocks = 0;
  for (int i = 0; i < jpeg->num_components; i++)
    blocks += (uint64_t)jpeg->comp_info[i].width_in_blocks * jpeg->comp_info[i].height_in_blocks;
  info->least_bytes = blocks / 8;
}

static void decode(j_decompress_ptr jpeg, uint8_t *samples, size_t capacity) {
  const j_common_ptr common = (j_common_ptr)jpeg;
  jpeg->out_color_space = jpeg->num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  // Named here so that another library's defaults change no pixel.
  jpeg->dct_method = JDCT_ISLOW;
  jpeg->do_fancy_upsampling = TRUE;
  jpeg->do_block_smoothing = FALSE;
  jpeg_start_decompress(jpeg);
  const size_t row = (size_t)jpeg->output_width * jpeg->output_components;
  if (jpeg->output_components != jpeg->num_components || row * jpeg->output_height > capacity)
    fail(common, "its rows have an unexpected length");
  while (jpeg->output_scanline < jpeg->output_height) {
    JSAMPROW into = samples + row * jpeg->output_scanline;
    jpeg_read_scanlines(jpeg, &into, 1);
  }
  for (int i = 0; i < jpeg->num_components; i++)
    if (!jpeg->comp_info[i].quant_table) fail(common, "a channel's scan is missing");
  jpeg_finish_decompress(jpeg);
}

int cjpeg_read(
    const uint8_t *bytes, size_t count, uint8_t *samples, size_t capacity, cjpeg_info *info,
    char *error) {
  cjpeg_source source = {.bytes = bytes, .info = info, .error = error};
  struct jpeg_decompress_struct jpeg = {0};
  memset(info, 0, sizeof *info);
  jpeg.err = jpeg_std_error(&source.manager);
  source.manager.error_exit = on_error;
  source.manager.emit_message = on_message;
  source.progress.progress_monitor = on_progress;
  if (setjmp(source.back)) {
    jpeg_destroy_decompress(&jpeg);
    return -1;
  }
  jpeg_create_decompress(&jpeg);
  jpeg.progress = &source.progress;
  jpeg_mem_src(&jpeg, bytes, count);
  read_header(&jpeg, info);
  if (capacity > 0) decode(&jpeg, samples, capacity);
  jpeg_destroy_decompress(&jpeg);
  return 0;
}
