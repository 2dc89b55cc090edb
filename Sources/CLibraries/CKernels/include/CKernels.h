// The CPU kernels of the inference engine: fp32, channels last.
//
// Every pointer is to floats unless said otherwise; strides count floats. A kernel may read up to 64 bytes behind
// the last element of any input (`TensorStorage.readableTail`), and never writes outside its outputs.
#pragma once

#include "activation.h"
#include "color_fit.h"
#include "convolution.h"
#include "depthwise_convolution.h"
#include "elementwise.h"
#include "instruction_set.h"
#include "machine_peak.h"
#include "matrix_product.h"
#include "normalization.h"
#include "pooling.h"
#include "reduction.h"
#include "resize.h"
#include "row_pipeline.h"
#include "strided_copy.h"
#include "winograd.h"
#include "worker_pool.h"
