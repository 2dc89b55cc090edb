import Images
import TerminalScreen
import WorkbenchCore

/// Draws a mask on the picture in one of its views.
package struct MaskPainter {
  private let raster: PictureRaster
  private let look: MaskLook

  package init(_ raster: PictureRaster, look: MaskLook) {
    self.raster = raster
    self.look = look
  }

  /// - Parameters:
  ///   - inside: Which pixels of the bitmap lie on the mask.
  ///   - before: Which lay on it before its last change; for the difference.
  ///   - confidence: The probability of each pixel; for the confidence.
  package func bitmap(inside: [Bool], before: [Bool]? = nil, confidence: [Float]? = nil) -> Bitmap {
    precondition(inside.count == raster.plain.width * raster.plain.height)
    switch look.view {
    case .hidden: return raster.plain
    case .fill: return filled(inside)
    case .outline: return outlined(raster.plain, inside, hasEdge: !look.isCoarse)
    case .difference: return difference(inside, before ?? inside)
    case .matte: return matte(inside)
    case .confidence:
      guard let confidence else { return outlined(raster.plain, inside, hasEdge: !look.isCoarse) }
      return outlined(heated(confidence), inside, hasEdge: false)
    }
  }

  private func filled(_ inside: [Bool]) -> Bitmap {
    let mix = Mix(look.tint, look.opacity)
    let tinted = inside.withUnsafeBufferPointer { inside in
      // A bitmap has as many pixels as there are values.
      changed(raster.plain) { index, pixel in if inside[index] { mix.apply(to: pixel) } }
    }
    return look.isCoarse ? tinted : outlined(tinted, inside, hasEdge: false)
  }

  private func difference(_ inside: [Bool], _ before: [Bool]) -> Bitmap {
    precondition(before.count == inside.count)
    let kept = Mix(look.tint, look.opacity / 2)
    let added = Mix(look.added, max(look.opacity, 0.6))
    let removed = Mix(look.removed, max(look.opacity, 0.6))
    return changed(raster.plain) { index, pixel in
      switch (before[index], inside[index]) {
      case (true, true): kept.apply(to: pixel)
      case (false, true): added.apply(to: pixel)
      case (true, false): removed.apply(to: pixel)
      case (false, false): break
      }
    }
  }

  private func matte(_ inside: [Bool]) -> Bitmap {
    let side = look.checkerSide
    let width = raster.plain.width
    return changed(raster.plain) { index, pixel in
      guard !inside[index] else { return }
      let (x, y) = (index % width, index / width)
      guard raster.isPicture(x: x, y: y) else { return }
      let color = MaskLook.checkers[(x / side + y / side) & 1]
      pixel[0] = color.red
      pixel[1] = color.green
      pixel[2] = color.blue
    }
  }

  private func heated(_ confidence: [Float]) -> Bitmap {
    precondition(confidence.count == raster.plain.width * raster.plain.height)
    let steps = 64
    let mixes = (0...steps).map { step -> Mix in
      let place = Double(step) / Double(steps) * Double(MaskLook.confidenceColors.count - 1)
      let first = min(Int(place), MaskLook.confidenceColors.count - 2)
      let part = place - Double(first)
      let (low, high) = (MaskLook.confidenceColors[first], MaskLook.confidenceColors[first + 1])
      func between(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8(Double(a) + part * (Double(b) - Double(a))) }
      return Mix(
        Theme.Pixel(
          red: between(low.red, high.red), green: between(low.green, high.green),
          blue: between(low.blue, high.blue)), MaskLook.confidenceOpacity)
    }
    let width = raster.plain.width
    return changed(raster.plain) { index, pixel in
      guard raster.isPicture(x: index % width, y: index / width) else { return }
      let grey = Self.brightness(Int(pixel[0]), Int(pixel[1]), Int(pixel[2]))
      pixel[0] = grey
      pixel[1] = grey
      pixel[2] = grey
      mixes[Int((min(max(confidence[index], 0), 1) * Float(steps)).rounded())].apply(to: pixel)
    }
  }

  /// Rec. 601 brightness, 0 to 255.
  private static func brightness(_ red: Int, _ green: Int, _ blue: Int) -> UInt8 {
    UInt8((299 * red + 587 * green + 114 * blue) / 1000)
  }

  /// Calls `change` with each pixel's number and its three bytes, for bands of rows at the same time.
  private func changed(_ bitmap: Bitmap, _ change: (Int, UnsafeMutablePointer<UInt8>) -> Void) -> Bitmap {
    var result = bitmap
    result.pixels.withUnsafeMutableBufferPointer { pixels in
      guard let first = pixels.baseAddress else { return }
      RowBands.forEach(of: bitmap.height) { rows in
        // Safe: a bitmap has three bytes for each pixel, and bands hold disjoint rows.
        var pixel = first + 3 * bitmap.width * rows.lowerBound
        for index in bitmap.width * rows.lowerBound..<bitmap.width * rows.upperBound {
          change(index, pixel)
          pixel += 3
        }
      }
    }
    return result
  }

  /// Draws the inner border of the mask, and around it a dark edge.
  private func outlined(_ bitmap: consuming Bitmap, _ inside: [Bool], hasEdge: Bool) -> Bitmap {
    let (width, height) = (bitmap.width, bitmap.height)
    bitmap.pixels.withUnsafeMutableBufferPointer { pixels in
      guard let first = pixels.baseAddress else { return }
      inside.withUnsafeBufferPointer { inside in
        RowBands.forEach(of: height) { rows in
          for y in rows {
            let row = y * width
            // A mask that goes on beyond the pane has no border there: the first and last rows and columns are their
            // own neighbours, so that every index stays inside.
            let (above, below) = (y > 0 ? -width : 0, y + 1 < height ? width : 0)
            var x = 0
            while x < width {
              let index = row + x
              if x > 0, x + 8 < width, Self.isEven(inside.baseAddress! + index, above, below) {
                x += 8
                continue
              }
              x += 1
              let here = inside[index]
              let isBorder =
                inside[index + above] != here || inside[index + below] != here
                || inside[index - (x > 1 ? 1 : 0)] != here || inside[index + (x < width ? 1 : 0)] != here
              guard isBorder, here || hasEdge else { continue }
              let color = here ? look.outline : look.edge
              // Safe: a bitmap has three bytes for each pixel, and bands hold disjoint rows.
              let pixel = first + 3 * index
              pixel[0] = color.red
              pixel[1] = color.green
              pixel[2] = color.blue
            }
          }
        }
      }
    }
    return bitmap
  }

  /// Whether eight pixels side by side and all their neighbours are alike, which most are; before and behind them is one
  /// more.
  @inline(__always)
  private static func isEven(_ inside: UnsafePointer<Bool>, _ above: Int, _ below: Int) -> Bool {
    func eight(_ offset: Int) -> UInt64 {
      // Safe: rows above and below are the mask's, and a Bool is a byte of 0 or 1.
      UnsafeRawPointer(inside + offset).loadUnaligned(as: UInt64.self)
    }
    let here = eight(0)
    return (here == 0 || here == 0x0101_0101_0101_0101) && eight(above) == here && eight(below) == here
      && inside[-1] == inside[0] && inside[8] == inside[0]
  }
}

/// A colour mixed into others: for each channel and value the value that comes of it.
struct Mix {
  /// The values of 256 reds, 256 greens and 256 blues.
  private let table: [UInt8]

  init(_ color: Theme.Pixel, _ opacity: Double) {
    table = [color.red, color.green, color.blue].flatMap { component in
      (0..<256).map { UInt8((Double($0) * (1 - opacity) + Double(component) * opacity).rounded()) }
    }
  }

  /// Mixes the colour into the three bytes of a pixel.
  @inline(__always)
  func apply(to pixel: UnsafeMutablePointer<UInt8>) {
    table.withUnsafeBufferPointer { table in
      // Safe: a byte is less than 256, and each channel has as many values.
      pixel[0] = table[Int(pixel[0])]
      pixel[1] = table[256 + Int(pixel[1])]
      pixel[2] = table[512 + Int(pixel[2])]
    }
  }

  /// A colour with this one mixed into it.
  func applied(to color: Theme.Pixel) -> Theme.Pixel {
    Theme.Pixel(
      red: table[Int(color.red)], green: table[256 + Int(color.green)], blue: table[512 + Int(color.blue)])
  }

  /// A bitmap with the colour mixed into every pixel.
  func applied(to bitmap: Bitmap) -> Bitmap {
    var result = bitmap
    result.pixels.withUnsafeMutableBufferPointer { pixels in
      // A bitmap has three bytes for each pixel.
      for index in stride(from: 0, to: pixels.count, by: 3) { apply(to: pixels.baseAddress! + index) }
    }
    return result
  }
}
