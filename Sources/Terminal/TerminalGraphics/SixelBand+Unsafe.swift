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
    precondition(bitmap.width == width && rows.count <= 6 && rows.upperBound <= bitmap.height)
    clear()
    let width = width
    // Every index below is in bounds: pixels by the precondition, colours because the lookup gives entries of the
    // palette, and `bits` has `width` columns for each of these.
    bitmap.pixels.withUnsafeBufferPointer { pixels in
      bits.withUnsafeMutableBufferPointer { bits in
        first.withUnsafeMutableBufferPointer { first in
          last.withUnsafeMutableBufferPointer { last in
            for (bit, row) in rows.enumerated() {
              var index = row * width * 3
              let sixel = UInt8(1 << bit)
              for x in 0..<width {
                let (red, green, blue) = (pixels[index], pixels[index + 1], pixels[index + 2])
                index += 3
                let offset = dithering == .ordered ? Self.pattern[((row + top) & 3) << 2 | (x + left) & 3] : 0
                let color = lookup.entry(red: red, green: green, blue: blue, offset: offset)
                bits[color * width + x] |= sixel
                if x < first[color] { first[color] = x }
                if x > last[color] { last[color] = x }
              }
            }
          }
        }
      }
    }
  }

  private mutating func clear() {
    for color in first.indices where first[color] <= last[color] {
      for index in color * width + first[color]...color * width + last[color] { bits[index] = 0 }
      first[color] = width
      last[color] = -1
    }
  }

  /// Returns the band's sixels: for each colour its number and its columns, with `$` between colours.
  func encoded() -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(width * 4)
    var isFirst = true
    for color in first.indices where first[color] <= last[color] {
      if !isFirst { output.append(UInt8(ascii: "$")) }
      isFirst = false
      output.append(UInt8(ascii: "#"))
      Self.append(color, to: &output)
      Self.appendRun(of: 0, count: first[color], to: &output)
      var x = first[color]
      bits.withUnsafeBufferPointer { bits in
        // The range of a colour that occurs lies inside its row of `bits`.
        let row = color * width
        while x <= last[color] {
          let sixel = bits[row + x]
          var end = x + 1
          while end <= last[color], bits[row + end] == sixel { end += 1 }
          Self.appendRun(of: sixel, count: end - x, to: &output)
          x = end
        }
      }
    }
    return output
  }

  /// Writes a sixel several times, the short way.
  private static func appendRun(of sixel: UInt8, count: Int, to output: inout [UInt8]) {
    let character = sixel + 0x3F
    if count > 3 {
      output.append(UInt8(ascii: "!"))
      append(count, to: &output)
      output.append(character)
    } else {
      for _ in 0..<count { output.append(character) }
    }
  }

  private static func append(_ number: Int, to output: inout [UInt8]) {
    if number >= 10 { append(number / 10, to: &output) }
    output.append(UInt8(ascii: "0") + UInt8(number % 10))
  }
}
