// Average and maximum pooling of channels-last images.
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef struct {
  const float *input;
  ptrdiff_t input_stride;   // from pixel to pixel
  ptrdiff_t input_height, input_width;
  ptrdiff_t channels;
  ptrdiff_t kernel_height, kernel_width;
  ptrdiff_t vertical_stride, horizontal_stride, vertical_dilation, horizontal_dilation;
  ptrdiff_t top_padding, left_padding, bottom_padding, right_padding;
  float *output;
  ptrdiff_t output_stride;
  ptrdiff_t output_height, output_width;
  bool takes_maximum;
  bool counts_padding;      // averages divide by the window's size, padding included
  // Work items: output rows of all images; or, for global pooling, images x slabs of channels.
  ptrdiff_t slab;           // channels per slab, a multiple of 16
} pooling_arguments;
