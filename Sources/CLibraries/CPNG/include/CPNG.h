// A face of libpng without its long jumps, which Swift code must not be crossed by.
//
// Every function returns 0 when it succeeds. Otherwise it returns 1 and leaves libpng's reason, cut to
// CPNG_MESSAGE_SIZE - 1 bytes and ended by a zero, in `message`.

#ifndef CPNG_H
#define CPNG_H

#include <stddef.h>
#include <stdint.h>

/// Bytes that `message` must have room for.
#define CPNG_MESSAGE_SIZE 160

/// Reads the size of the PNG file in `bytes`, without decoding pixels.
int cpng_read_size(const uint8_t *bytes, size_t count, uint32_t *width, uint32_t *height, char *message);

/// Decodes the PNG file in `bytes` to 8-bit RGB, transparency over white, gamma ignored.
///
/// `pixels` has room for 3 * width * height bytes of the size that `cpng_read_size` found.
int cpng_read_rgb(const uint8_t *bytes, size_t count, uint8_t *pixels, char *message);

/// Reads the numbers that the pixels of a grey or palette PNG file of at most 8 bits are stored as, without scaling them
/// or looking them up.
///
/// `numbers` has room for width * height bytes of the size that `cpng_read_size` found.
int cpng_read_numbers(const uint8_t *bytes, size_t count, uint8_t *numbers, char *message);

/// Encodes rows of 8-bit grey (`channels` 1), RGB (3) or RGBA (4) pixels.
///
/// On success `*encoded` holds `*encoded_count` bytes, which the caller frees with `free`.
int cpng_write(const uint8_t *pixels, uint32_t width, uint32_t height, int channels, uint8_t **encoded,
               size_t *encoded_count, char *message);

/// Encodes rows of 8-bit RGB pixels in a fraction of the time, to somewhat more bytes: one filter for all rows, and no
/// search for repeated parts.
///
/// On success `*encoded` holds `*encoded_count` bytes, which the caller frees with `free`.
int cpng_write_quickly(const uint8_t *pixels, uint32_t width, uint32_t height, uint8_t **encoded, size_t *encoded_count,
                       char *message);

/// Encodes rows of numbers of a palette's colours.
///
/// `palette` holds red, green and blue of `color_count` colours, from 1 to 256; `indices` are below `color_count`.
int cpng_write_indexed(const uint8_t *indices, uint32_t width, uint32_t height, const uint8_t *palette,
                       int color_count, uint8_t **encoded, size_t *encoded_count, char *message);

#endif
