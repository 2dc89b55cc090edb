import Annotations
import VisionTasks
import WorkbenchCore

/// The colours of the objects of a photo, on it and beside their names: one that the user chose stays as it is, any other
/// gives way where the picture under the mask is too much like it.
struct ObjectTints {
  private let theme: Theme
  private var path: String?
  private var known: [AnnotatedObject.ID: (mask: RunLengths, tint: Theme.Pixel)] = [:]

  init(theme: Theme) { self.theme = theme }

  /// The colour that an object was last shown in.
  subscript(id: AnnotatedObject.ID) -> Theme.Pixel? { known[id]?.tint }

  /// The colour of an object with a mask.
  ///
  /// - Parameter chosen: The colour that the user chose for it or its class.
  mutating func tint(
    of id: AnnotatedObject.ID, mask: RunLengths, chosen: ObjectColor?, in view: PictureView
  ) -> Theme.Pixel {
    if path != view.path { known = [:] }
    path = view.path
    if let chosen {
      known[id] = (mask, Theme.Pixel(chosen))
    } else if known[id]?.mask != mask || known[id]?.tint == nil {
      let mean = view.image.meanColor(inside: { mask.sampled(columns: $0, rows: $1) })
      known[id] = (mask, LegibleColor.tint(usual(id), over: mean))
    }
    return known[id]?.tint ?? usual(id)
  }

  /// The first object has the theme's colour for masks, others those of the palette by their numbers.
  func usual(_ id: AnnotatedObject.ID) -> Theme.Pixel {
    let color = ObjectColor.byNumber(id)
    return color == ObjectColor.byNumber(1) ? theme.pixel(.mask) : Theme.Pixel(color)
  }
}

extension Theme.Pixel {
  init(_ color: ObjectColor) { self.init(red: color.red, green: color.green, blue: color.blue) }
}
