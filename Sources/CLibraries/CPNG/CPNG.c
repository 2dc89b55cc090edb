#include "CPNG.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

// Where libpng's long jumps land, and the reason of the last one.
typedef struct {
    jmp_buf landing;
    char *message;
} failure_state;

static void fail(png_structp png, png_const_charp reason) {
    failure_state *failure = png_get_error_ptr(png);
    strncpy(failure->message, reason, CPNG_MESSAGE_SIZE - 1);
    failure->message[CPNG_MESSAGE_SIZE - 1] = 0;
    longjmp(failure->landing, 1);
}

static void ignore_warning(png_structp png, png_const_charp reason) {
    (void)png;
    (void)reason;
}

// MARK: Reading

// Everything a read owns.
typedef struct {
    failure_state failure;
    png_structp png;
    png_infop info;
    const uint8_t *bytes;
    size_t remaining;
    uint8_t *rows;
} reader;

static void take_bytes(png_structp png, png_bytep destination, size_t count) {
    reader *read = png_get_io_ptr(png);
    if (count > read->remaining) png_error(png, "the file ends too early");
    memcpy(destination, read->bytes, count);
    read->bytes += count;
    read->remaining -= count;
}

static void close_reader(reader *read) {
    free(read->rows);
    png_destroy_read_struct(&read->png, &read->info, NULL);
}

// Makes the structures and reads up to the pixels. A failure jumps to the caller's setjmp; the reader lives in the
// frame above that one, so its fields keep their values.
static void open_reader(reader *read) {
    read->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &read->failure, fail, ignore_warning);
    if (read->png) read->info = png_create_info_struct(read->png);
    if (!read->info) {
        strncpy(read->failure.message, "no memory for the decoder", CPNG_MESSAGE_SIZE);
        longjmp(read->failure.landing, 1);
    }
    // The caller bounds the number of pixels; libpng's own bound on each side would hide the real reason.
    png_set_user_limits(read->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_read_fn(read->png, read, take_bytes);
    png_read_info(read->png, read->info);
}

static int read_size(reader *read, uint32_t *width, uint32_t *height) {
    if (setjmp(read->failure.landing)) return 1;
    open_reader(read);
    *width = png_get_image_width(read->png, read->info);
    *height = png_get_image_height(read->png, read->info);
    return 0;
}

int cpng_read_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height, char *message) {
    reader read = {.failure = {.message = message}, .bytes = bytes, .remaining = count};
    int failed = read_size(&read, width, height);
    close_reader(&read);
    return failed;
}

// Asks for 8-bit RGB or, where the file has transparency, RGBA. Returns the channels.
static int request_rgb(png_structp png, png_infop info) {
    int transparent = (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, info, PNG_INFO_tRNS);
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    return transparent ? 4 : 3;
}

static void composite_over_white(const uint8_t *rgba, uint8_t *rgb, size_t count) {
    for (size_t i = 0; i < count; i++, rgba += 4, rgb += 3) {
        unsigned alpha = rgba[3];
        for (int c = 0; c < 3; c++) rgb[c] = (uint8_t)((rgba[c] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}

// Reads rows without transparency; each pass of an interlaced file fills in more of them.
static void read_opaque_rows(reader *read, size_t width, size_t height, int passes, uint8_t *pixels) {
    for (int pass = 0; pass < passes; pass++)
        for (size_t y = 0; y < height; y++) png_read_row(read->png, pixels + y * width * 3, NULL);
}

static void read_transparent_rows(reader *read, size_t width, size_t height, int passes, uint8_t *pixels) {
    // Later passes of an interlaced file add to the rows of earlier ones, so all of them are kept.
    size_t kept_rows = passes > 1 ? height : 1;
    read->rows = malloc(kept_rows * width * 4);
    if (!read->rows) png_error(read->png, "no memory for the pixels");
    for (int pass = 0; pass < passes; pass++)
        for (size_t y = 0; y < height; y++) {
            uint8_t *row = read->rows + (y % kept_rows) * width * 4;
            png_read_row(read->png, row, NULL);
            if (pass == passes - 1) composite_over_white(row, pixels + y * width * 3, width);
        }
}

static int read_rgb(reader *read, uint8_t *pixels) {
    if (setjmp(read->failure.landing)) return 1;
    open_reader(read);
    size_t width = png_get_image_width(read->png, read->info);
    size_t height = png_get_image_height(read->png, read->info);
    int channels = request_rgb(read->png, read->info);
    int passes = png_set_interlace_handling(read->png);
    png_read_update_info(read->png, read->info);
    if (png_get_rowbytes(read->png, read->info) != width * channels) png_error(read->png, "unexpected row length");
    if (channels == 3)
        read_opaque_rows(read, width, height, passes, pixels);
    else
        read_transparent_rows(read, width, height, passes, pixels);
    png_read_end(read->png, NULL);
    return 0;
}

int cpng_read_rgb(const uint8_t *bytes, size_t count, uint8_t *pixels, char *message) {
    reader read = {.failure = {.message = message}, .bytes = bytes, .remaining = count};
    int failed = read_rgb(&read, pixels);
    close_reader(&read);
    return failed;
}

static int read_numbers(reader *read, uint8_t *numbers) {
    if (setjmp(read->failure.landing)) return 1;
    open_reader(read);
    size_t width = png_get_image_width(read->png, read->info);
    size_t height = png_get_image_height(read->png, read->info);
    int color = png_get_color_type(read->png, read->info);
    int is_number = color == PNG_COLOR_TYPE_PALETTE || color == PNG_COLOR_TYPE_GRAY;
    if (!is_number || png_get_bit_depth(read->png, read->info) > 8)
        png_error(read->png, "its pixels are not single numbers from 0 to 255");
    png_set_packing(read->png);
    int passes = png_set_interlace_handling(read->png);
    png_read_update_info(read->png, read->info);
    if (png_get_rowbytes(read->png, read->info) != width) png_error(read->png, "unexpected row length");
    for (int pass = 0; pass < passes; pass++)
        for (size_t y = 0; y < height; y++) png_read_row(read->png, numbers + y * width, NULL);
    png_read_end(read->png, NULL);
    return 0;
}

int cpng_read_numbers(const uint8_t *bytes, size_t count, uint8_t *numbers, char *message) {
    reader read = {.failure = {.message = message}, .bytes = bytes, .remaining = count};
    int failed = read_numbers(&read, numbers);
    close_reader(&read);
    return failed;
}

// MARK: Writing

typedef struct {
    failure_state failure;
    png_structp png;
    png_infop info;
    uint8_t *bytes;
    size_t count;
    size_t capacity;
} writer;

static void keep_bytes(png_structp png, png_bytep source, size_t count) {
    writer *write = png_get_io_ptr(png);
    if (write->count + count > write->capacity) {
        size_t capacity = 2 * write->capacity + count;
        uint8_t *grown = realloc(write->bytes, capacity);
        if (!grown) png_error(png, "no memory for the file");
        write->bytes = grown;
        write->capacity = capacity;
    }
    memcpy(write->bytes + write->count, source, count);
    write->count += count;
}

static void flush_nothing(png_structp png) { (void)png; }

// What is written: rows of bytes, `channels` to a pixel; with a palette its entries' numbers.
typedef struct {
    const uint8_t *pixels;
    uint32_t width, height;
    int channels;
    const uint8_t *palette;
    int color_count;
    int is_quick;
} picture;

static int color_type(const picture *source) {
    if (source->palette) return PNG_COLOR_TYPE_PALETTE;
    return source->channels == 1   ? PNG_COLOR_TYPE_GRAY
           : source->channels == 3 ? PNG_COLOR_TYPE_RGB
                                   : PNG_COLOR_TYPE_RGB_ALPHA;
}

static void write_palette(writer *write, const picture *source) {
    png_color colors[256];
    for (int i = 0; i < source->color_count; i++) {
        const uint8_t *rgb = source->palette + 3 * i;
        colors[i] = (png_color){.red = rgb[0], .green = rgb[1], .blue = rgb[2]};
    }
    png_set_PLTE(write->png, write->info, colors, source->color_count);
}

static int write_rows(writer *write, const picture *source) {
    if (setjmp(write->failure.landing)) return 1;
    write->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &write->failure, fail, ignore_warning);
    if (write->png) write->info = png_create_info_struct(write->png);
    if (!write->info) {
        strncpy(write->failure.message, "no memory for the encoder", CPNG_MESSAGE_SIZE);
        return 1;
    }
    png_set_user_limits(write->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_write_fn(write->png, write, keep_bytes, flush_nothing);
    png_set_IHDR(write->png, write->info, source->width, source->height, 8, color_type(source), PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (source->palette) write_palette(write, source);
    if (source->is_quick) {
        png_set_filter(write->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
        png_set_compression_strategy(write->png, Z_RLE);
    }
    png_write_info(write->png, write->info);
    for (uint32_t y = 0; y < source->height; y++)
        png_write_row(write->png, source->pixels + (size_t)y * source->width * source->channels);
    png_write_end(write->png, write->info);
    return 0;
}

static int encode(const picture *source, uint8_t **encoded, size_t *encoded_count, char *message) {
    writer write = {.failure = {.message = message}};
    int failed = write_rows(&write, source);
    png_destroy_write_struct(&write.png, &write.info);
    if (failed) {
        free(write.bytes);
        return 1;
    }
    *encoded = write.bytes;
    *encoded_count = write.count;
    return 0;
}

int cpng_write(const uint8_t *pixels, uint32_t width, uint32_t height, int channels, uint8_t **encoded,
               size_t *encoded_count, char *message) {
    picture source = {.pixels = pixels, .width = width, .height = height, .channels = channels};
    return encode(&source, encoded, encoded_count, message);
}

int cpng_write_quickly(const uint8_t *pixels, uint32_t width, uint32_t height, uint8_t **encoded, size_t *encoded_count,
                       char *message) {
    picture source = {.pixels = pixels, .width = width, .height = height, .channels = 3, .is_quick = 1};
    return encode(&source, encoded, encoded_count, message);
}

int cpng_write_indexed(const uint8_t *indices, uint32_t width, uint32_t height, const uint8_t *palette,
                       int color_count, uint8_t **encoded, size_t *encoded_count, char *message) {
    picture source = {.pixels = indices,
                      .width = width,
                      .height = height,
                      .channels = 1,
                      .palette = palette,
                      .color_count = color_count};
    return encode(&source, encoded, encoded_count, message);
}
