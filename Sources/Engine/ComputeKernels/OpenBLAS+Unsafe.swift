import COpenBLAS
import Glibc

/// The system's OpenBLAS, which serves the largest dynamic products; loaded at the first use, for its start takes
/// milliseconds.
enum OpenBLAS {
  /// `cblas_sgemm`, on the calling thread alone; nil where the library is missing.
  static let sgemm: openblas_sgemm_function? = {
    guard let library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL),
      let product = dlsym(library, "cblas_sgemm"),
      let setThreadCount = dlsym(library, "openblas_set_num_threads")
    else { return nil }
    // Safe: the signatures of these functions are those of the library's C interface.
    unsafeBitCast(setThreadCount, to: openblas_set_thread_count_function.self)(1)
    return unsafeBitCast(product, to: openblas_sgemm_function.self)
  }()

  /// Whether a product is so large that the library's blocking for all caches beats packed panels.
  ///
  /// Measured on Zen 4, one thread: at 2048 cubed 66 GFLOP/s against 52; at 1024 cubed and for any smaller or
  /// thinner product the packed panels are as fast or faster.
  static func pays(rows: Int, columns: Int, depth: Int) -> Bool { min(rows, columns, depth) >= 1536 }
}
