// The table of kernels for each instruction set.
#include "instruction_set.h"

#define DECLARE(suffix) \
  void f32_igemm_##suffix(const igemm_tile *); \
  void f32_dot_##suffix(const igemm_tile *); \
  void unary_row_##suffix(const epilogue *, const float *, float *, ptrdiff_t); \
  void f32_depthwise_convolution_line_##suffix( \
      const depthwise_convolution_arguments *, const depthwise_convolution_line *); \
  void f32_binary_task_##suffix(void *, ptrdiff_t, ptrdiff_t, ptrdiff_t); \
  void unary_task_##suffix(void *, ptrdiff_t, ptrdiff_t, ptrdiff_t); \
  void f32_pooling_task_##suffix(void *, ptrdiff_t, ptrdiff_t, ptrdiff_t); \
  void f32_global_pooling_task_##suffix(void *, ptrdiff_t, ptrdiff_t, ptrdiff_t); \
  void f32_bilinear_resize_row_##suffix( \
      const resize_arguments *, const float *, const float *, float, float *); \
  void f32_winograd_input_##suffix(const float *const *, ptrdiff_t, float *, ptrdiff_t); \
  void f32_winograd_output_##suffix( \
      const float *, ptrdiff_t, ptrdiff_t, const float *, const epilogue *, const winograd_results *); \
  void f32_winograd_weights_##suffix(const float *, ptrdiff_t, ptrdiff_t, float *, ptrdiff_t, ptrdiff_t); \
  void f32_transpose_##suffix(const float *, ptrdiff_t, float *, ptrdiff_t, ptrdiff_t, ptrdiff_t); \
  void f32_color_fit_##suffix(const color_fit_arguments *); \
  void f32_color_function_row_##suffix(const color_function_row *); \
  void f32_softmax_task_##suffix(void *, ptrdiff_t, ptrdiff_t, ptrdiff_t); \
  void f32_layer_normalization_task_##suffix(void *, ptrdiff_t, ptrdiff_t, ptrdiff_t); \
  void f32_reduction_task_##suffix(void *, ptrdiff_t, ptrdiff_t, ptrdiff_t); \
  void f32_multiply_add_task_##suffix(void *, ptrdiff_t, ptrdiff_t, ptrdiff_t); \
  void f32_scaled_copy_task_##suffix(void *, ptrdiff_t, ptrdiff_t, ptrdiff_t);

#define TABLE(name, vector_lanes, rows) \
  static const kernel_table name##_kernels = { \
      .suffix = #name, \
      .lanes = vector_lanes, \
      .tile_rows = rows, \
      .tile_columns = 2 * vector_lanes, \
      .igemm = f32_igemm_##name, \
      .dot = f32_dot_##name, \
      .unary_row = unary_row_##name, \
      .depthwise_line = f32_depthwise_convolution_line_##name, \
      .binary_task = f32_binary_task_##name, \
      .unary_task = unary_task_##name, \
      .pooling_task = f32_pooling_task_##name, \
      .global_pooling_task = f32_global_pooling_task_##name, \
      .bilinear_resize_row = f32_bilinear_resize_row_##name, \
      .winograd_input = f32_winograd_input_##name, \
      .winograd_output = f32_winograd_output_##name, \
      .winograd_weights = f32_winograd_weights_##name, \
      .transpose = f32_transpose_##name, \
      .color_fit = f32_color_fit_##name, \
      .color_function_row = f32_color_function_row_##name, \
      .softmax_task = f32_softmax_task_##name, \
      .layer_normalization_task = f32_layer_normalization_task_##name, \
      .reduction_task = f32_reduction_task_##name, \
      .multiply_add_task = f32_multiply_add_task_##name, \
      .scaled_copy_task = f32_scaled_copy_task_##name, \
  };

DECLARE(portable)
TABLE(portable, 4, 4)

#if defined(__x86_64__)
DECLARE(avx2)
TABLE(avx2, 8, 6)
DECLARE(avx512)
TABLE(avx512, 16, 12)

bool instruction_set_is_available(instruction_set set) {
  __builtin_cpu_init();
  switch (set) {
  case instruction_set_portable: return true;
  case instruction_set_avx2:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
  case instruction_set_avx512:
    return instruction_set_is_available(instruction_set_avx2) && __builtin_cpu_supports("avx512f")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512bw");
  }
  return false;
}

const kernel_table *kernel_table_for(instruction_set set) {
  switch (set) {
  case instruction_set_avx512: return &avx512_kernels;
  case instruction_set_avx2: return &avx2_kernels;
  default: return &portable_kernels;
  }
}
#else
bool instruction_set_is_available(instruction_set set) { return set == instruction_set_portable; }
const kernel_table *kernel_table_for(instruction_set set) { return &portable_kernels; }
#endif
