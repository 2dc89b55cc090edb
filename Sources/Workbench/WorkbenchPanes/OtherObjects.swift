import Annotations
import TerminalScreen
import WorkbenchCore

/// An object that is drawn but not selected.
struct OtherObject: Equatable {
  var mask: RunLengths
  var color: Theme.Pixel
}

extension PictureRaster {
  /// How much of an object's colour is mixed into the picture, of 256.
  private static let share = 90

  /// Returns the picture with objects on it, each in its colour with a full outline, the topmost last.
  ///
  /// - Parameter isCoarse: Whether pixels are too large for outlines.
  func showing(_ objects: [OtherObject], isCoarse: Bool) -> PictureRaster {
    var result = self
    let width = plain.width
    for object in objects {
      let inside = inside(object.mask)
      let color = [object.color.red, object.color.green, object.color.blue].map(Int.init)
      for place in inside.indices where inside[place] {
        let x = place % width
        let isInner =
          isCoarse
          || x > 0 && inside[place - 1] && x + 1 < width && inside[place + 1]
            && place >= width && inside[place - width] && place + width < inside.count
            && inside[place + width]
        for channel in 0..<3 {
          let value = Int(result.plain.pixels[3 * place + channel])
          result.plain.pixels[3 * place + channel] =
            isInner
            ? UInt8((value * (256 - Self.share) + color[channel] * Self.share) / 256) : UInt8(color[channel])
        }
      }
    }
    return result
  }
}
