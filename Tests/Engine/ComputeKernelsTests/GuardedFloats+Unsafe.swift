import Glibc

/// Floats whose readable tail of 64 bytes ends where an unmapped page begins, so that reading further traps.
///
/// The tail, and the 64 bytes before the floats, hold a pattern that tells whether a kernel wrote there.
final class GuardedFloats {
  let pointer: UnsafeMutablePointer<Float>
  let count: Int
  private let mapping: UnsafeMutableRawPointer
  private let mappedByteCount: Int
  private static let tail = 16
  private static let pattern = Float(bitPattern: 0x7FC0_5A5A)

  init(_ values: [Float]) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let needed = (values.count + 2 * Self.tail) * MemoryLayout<Float>.stride
    let readable = (needed + page - 1) / page * page
    mappedByteCount = readable + page
    // Safe: an anonymous mapping of whole pages; the last one is made inaccessible.
    mapping = mmap(nil, mappedByteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)!
    precondition(mapping != MAP_FAILED && mprotect(mapping + readable, page, PROT_NONE) == 0)
    let end = (mapping + readable).assumingMemoryBound(to: Float.self)
    pointer = end - Self.tail - values.count
    count = values.count
    for (index, value) in values.enumerated() { pointer[index] = value }
    for index in 0..<Self.tail {
      pointer[count + index] = Self.pattern
      pointer[-1 - index] = Self.pattern
    }
  }

  deinit { munmap(mapping, mappedByteCount) }

  /// The floats as they are now.
  var values: [Float] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  /// Whether nothing was written around the floats.
  var isIntact: Bool {
    (0..<Self.tail).allSatisfy {
      pointer[count + $0].bitPattern == Self.pattern.bitPattern
        && pointer[-1 - $0].bitPattern == Self.pattern.bitPattern
    }
  }
}
