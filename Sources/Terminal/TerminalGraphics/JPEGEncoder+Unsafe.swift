import CTurboJPEG
import TerminalScreen

/// JPEG files through libturbojpeg.
enum JPEGEncoder {
  /// Returns a bitmap as a JPEG file; empty when it cannot be made.
  static func encode(_ bitmap: Bitmap, quality: PictureQuality) -> [UInt8] {
    guard bitmap.width > 0, bitmap.height > 0, let encoder = tjInitCompress() else { return [] }
    defer { tjDestroy(encoder) }
    let isFull = quality == .full
    let subsampling = isFull ? TJSAMP_444 : TJSAMP_420
    let (width, height) = (Int32(clamping: bitmap.width), Int32(clamping: bitmap.height))
    let capacity = tjBufSize(width, height, Int32(subsampling.rawValue))
    var count = capacity
    return [UInt8](unsafeUninitializedCapacity: Int(capacity)) { buffer, used in
      var start = buffer.baseAddress
      // Safe: the bitmap has three bytes for each pixel; the buffer has the size that the library asks for, and
      // the flag keeps it from taking another one.
      let status = tjCompress2(
        encoder, bitmap.pixels, width, 0, height, TJPF_RGB.rawValue, &start, &count,
        Int32(subsampling.rawValue), isFull ? 95 : 70, TJFLAG_NOREALLOC)
      used = status == 0 ? Int(count) : 0
    }
  }
}
