import TerminalScreen

/// Six rows of pixels on their way to sixels.
///
/// For each colour it holds, column by column, the bits of the rows in which the colour occurs: bit 0 is the top
/// row. Only colours that occur are cleared and read, each in the range of its columns.
struct SixelBand {
  private let width: Int
  /// `width` columns for each colour.
  private var bits: [UInt8]
  /// For each colour, the columns in which it occurs; empty ranges have first > last.
  private var first: [Int]
  private var last: [Int]

  /// Offsets to components in a 4 x 4 pattern (Bayer 1973), spread over the distance of palette entries.
  private static let pattern: [Int] = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5].map {
    $0 * 2 - 15
  }

  init(width: Int, colorCount: Int) {
    self.width = width
    bits = Array(repeating: 0, count: width * colorCount)
    first = Array(repeating: width, count: colorCount)
    last = Array(repeating: -1, count: colorCount)
  }

  /// The colours that occur.
  var colors: [Int] { first.indices.filter { first[$0] <= last[$0] } }

  /// Takes at most six rows of a bitmap of this width.
  ///
  /// - Parameters:
  ///   - left: The column of the picture, of which the bitmap may be a part, where it begins.
  ///   - top: Likewise the row.
  mutating func fill(
    _ bitmap: Bitmap, rows: Range<Int>, lookup: inout ColorLookup, dithering: SixelEncoder.Dithering,
    left: Int = 0, top: Int = 0
  ) {
    take(bitmap, rows: rows) { pixels, pen in
      for (bit, row) in rows.enumerated() {
        var index = row * bitmap.width * 3
        let sixel = UInt8(1 << bit)
        for x in 0..<bitmap.width {
          let (red, green, blue) = (pixels[index], pixels[index + 1], pixels[index + 2])
          index += 3
          let offset = dithering == .ordered ? Self.pattern[((row + top) & 3) << 2 | (x + left) & 3] : 0
          pen.mark(x, lookup.entry(red: red, green: green, blue: blue, offset: offset), sixel)
        }
      }
    }
  }

  /// Takes at most six rows of a bitmap of this width as squares of two by two pixels, each in the colour of its upper left
  /// one, not dithered, or in a reserved colour that any of its pixels has. The first row is an upper one; squares at the
  /// right and the lower edge are cut.
  mutating func fillSquares(_ bitmap: Bitmap, rows: Range<Int>, lookup: inout ColorLookup) {
    let width = bitmap.width
    take(bitmap, rows: rows) { pixels, pen in
      for row in stride(from: rows.lowerBound, to: rows.upperBound, by: 2) {
        let sixels: UInt8 = row + 1 < rows.upperBound ? 0b11 : 0b1
        let sixel = sixels << UInt8(row - rows.lowerBound)
        // How far the other pixels of a square are in memory: to the right, below, and both.
        let below = row + 1 < rows.upperBound ? 3 * width : 0
        var x = 0
        while x < width {
          let index = 3 * (row * width + x)
          let end = min(x + 1, width - 1)
          var color = lookup.entry(
            red: pixels[index], green: pixels[index + 1], blue: pixels[index + 2], offset: 0)
          let right = 3 * (end - x)
          for other in [index + right, index + below, index + below + right] {
            let reserved = lookup.reservedEntry(
              red: pixels[other], green: pixels[other + 1], blue: pixels[other + 2])
            if let reserved { color = reserved }
          }
          pen.mark(x, color, sixel)
          pen.mark(end, color, sixel)
          x += 2
        }
      }
    }
  }

  /// Sets bits of colours.
  private struct Pen {
    let width: Int
    let bits: UnsafeMutablePointer<UInt8>
    let first, last: UnsafeMutablePointer<Int>

    /// Gives pixels of a column a colour of the palette.
    @inline(__always)
    func mark(_ x: Int, _ color: Int, _ sixel: UInt8) {
      // Safe: lookups give entries of the palette, and each of these has `width` columns.
      bits[color * width + x] |= sixel
      if x < first[color] { first[color] = x }
      if x > last[color] { last[color] = x }
    }
  }

  /// Forgets what the band holds and has its body take some rows of a bitmap of this width, of which it may read the bytes.
  @inline(__always)
  private mutating func take(
    _ bitmap: Bitmap, rows: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>, Pen) -> Void
  ) {
    precondition(bitmap.width == width && rows.count <= 6 && rows.upperBound <= bitmap.height)
    clear()
    let width = width
    bitmap.pixels.withUnsafeBufferPointer { pixels in
      bits.withUnsafeMutableBufferPointer { bits in
        first.withUnsafeMutableBufferPointer { first in
          last.withUnsafeMutableBufferPointer { last in
            guard let bits = bits.baseAddress, let first = first.baseAddress, let last = last.baseAddress
            else { return }
            body(pixels, Pen(width: width, bits: bits, first: first, last: last))
          }
        }
      }
    }
  }

  private mutating func clear() {
    bits.withUnsafeMutableBufferPointer { bits in
      for color in first.indices where first[color] <= last[color] {
        // The range of a colour that occurs lies inside its row of `bits`.
        let row = color * width
        bits[row + first[color]...row + last[color]].update(repeating: 0)
        first[color] = width
        last[color] = -1
      }
    }
  }

  /// Returns the band's sixels: for each colour its number and its columns, with `$` between colours.
  func encoded() -> [UInt8] {
    let colors = self.colors
    guard !colors.isEmpty else { return [] }
    // A run takes no more bytes than it has columns. To these come `$`, `#`, the colour's number and the columns before
    // its first, which take six bytes where there are a million of them.
    let capacity = colors.reduce(0) { $0 + last[$1] - first[$1] + 1 + 16 }
    return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      var output = Output(place: buffer.baseAddress!)
      bits.withUnsafeBufferPointer { bits in
        for (index, color) in colors.enumerated() {
          if index > 0 { output.append(UInt8(ascii: "$")) }
          output.append(UInt8(ascii: "#"))
          output.append(color)
          output.appendRun(of: 0, count: first[color])
          // The range of a colour that occurs lies inside its row of `bits`, and each run inside the range.
          let row = bits.baseAddress! + color * width
          var x = first[color]
          while x <= last[color] {
            let end = Self.endOfRun(in: row, from: x, limit: last[color] + 1)
            output.appendRun(of: row[x], count: end - x)
            x = end
          }
        }
      }
      count = output.place - buffer.baseAddress!
    }
  }

  /// Returns where a run of one sixel ends, `limit` at the latest.
  @inline(__always)
  private static func endOfRun(in row: UnsafePointer<UInt8>, from start: Int, limit: Int) -> Int {
    let sixel = row[start]
    let eight = UInt64(sixel) &* 0x0101_0101_0101_0101
    var end = start + 1
    // Most of a colour's columns are empty: eight at a time, none of them beyond the limit.
    while end + 8 <= limit, UnsafeRawPointer(row + end).loadUnaligned(as: UInt64.self) == eight { end += 8 }
    while end < limit, row[end] == sixel { end += 1 }
    return end
  }

  /// Bytes written one after the other, for which there must be room.
  private struct Output {
    var place: UnsafeMutablePointer<UInt8>

    @inline(__always)
    mutating func append(_ byte: UInt8) {
      place.initialize(to: byte)
      place += 1
    }

    mutating func append(_ number: Int) {
      if number >= 10 { append(number / 10) }
      append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    /// Writes a sixel several times, the short way.
    @inline(__always)
    mutating func appendRun(of sixel: UInt8, count: Int) {
      let character = sixel + 0x3F
      if count > 3 {
        append(UInt8(ascii: "!"))
        append(count)
        append(character)
      } else {
        for _ in 0..<count { append(character) }
      }
    }
  }
}
