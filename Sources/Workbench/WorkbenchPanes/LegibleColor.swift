import Foundation
import Images
import WorkbenchCore

/// Chooses the mask's colour so that it stands out from the picture under it.
package enum LegibleColor {
  /// Colours to fall back on: hues around the circle, each light and dark enough to tint.
  private static let candidates: [Theme.Pixel] = [
    Theme.Pixel(red: 0x1F, green: 0x9C, blue: 0xF0), Theme.Pixel(red: 0xFF, green: 0x8A, blue: 0x1E),
    Theme.Pixel(red: 0xE0, green: 0x3C, blue: 0xC8), Theme.Pixel(red: 0x2C, green: 0xD6, blue: 0x6A),
    Theme.Pixel(red: 0xFF, green: 0xE0, blue: 0x3C), Theme.Pixel(red: 0x5A, green: 0x3C, blue: 0xE6),
  ]
  /// A tint this far from the picture's colour is plain to see; one unit is about a just noticeable difference
  /// in CIELAB.
  private static let enough = 45.0

  /// Returns the theme's colour, or where the picture is too much like it the candidate farthest from it.
  package static func tint(_ own: Theme.Pixel, over mean: Theme.Pixel) -> Theme.Pixel {
    let ground = lab(mean)
    func distance(_ color: Theme.Pixel) -> Double {
      let difference = lab(color) - ground
      return (difference * difference).sum().squareRoot()
    }
    guard distance(own) < enough else { return own }
    return candidates.max { distance($0) < distance($1) } ?? own
  }

  /// CIELAB of an sRGB colour under daylight (CIE 15:2004, white point D65).
  package static func lab(_ color: Theme.Pixel) -> SIMD3<Double> {
    func linear(_ value: UInt8) -> Double {
      let part = Double(value) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    let (red, green, blue) = (linear(color.red), linear(color.green), linear(color.blue))
    func bend(_ value: Double) -> Double {
      value > 216.0 / 24389 ? pow(value, 1.0 / 3) : (24389.0 / 27 * value + 16) / 116
    }
    let x = bend((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    let y = bend(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    let z = bend((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return SIMD3(116 * y - 16, 500 * (x - y), 200 * (y - z))
  }
}

extension Image {
  /// The mean colour of the pixels inside a mask, by a grid of samples; grey where there are none.
  func meanColor(inside: (_ columns: [Int], _ rows: [Int]) -> [Bool]) -> Theme.Pixel {
    let steps = 160
    let columns = Array(stride(from: 0, to: width, by: max(width / steps, 1)))
    let rows = Array(stride(from: 0, to: height, by: max(height / steps, 1)))
    let covered = inside(columns, rows)
    var sum = (red: 0, green: 0, blue: 0, count: 0)
    for (y, row) in rows.enumerated() {
      for (x, column) in columns.enumerated() where covered[y * columns.count + x] {
        let pixel = self[column, row]
        sum.red += Int(pixel.red)
        sum.green += Int(pixel.green)
        sum.blue += Int(pixel.blue)
        sum.count += 1
      }
    }
    guard sum.count > 0 else { return Theme.Pixel(red: 128, green: 128, blue: 128) }
    return Theme.Pixel(
      red: UInt8(sum.red / sum.count), green: UInt8(sum.green / sum.count), blue: UInt8(sum.blue / sum.count))
  }
}
