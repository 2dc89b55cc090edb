// The part of OpenBLAS that the engine calls, found in the shared library at first use; nothing links against it.
#pragma once

/// `cblas_sgemm`: C = alpha * op(A) * op(B) + beta * C, with the constants of `cblas.h`.
typedef void (*openblas_sgemm_function)(
    int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a, int lda,
    const float *b, int ldb, float beta, float *c, int ldc);

/// `openblas_set_num_threads`.
typedef void (*openblas_set_thread_count_function)(int);

