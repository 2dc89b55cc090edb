import Annotations
import Foundation

/// What `vignette edit` and `vignette replay` print of a document.
struct DocumentReport: Encodable {
  struct Object: Encodable {
    var id: Int
    var `class`: String?
    var color: String?
    var origin: String
    var positiveClicks, negativeClicks: Int
    var hasBox, isSelected, isHidden: Bool
    var area: Int
    /// Left, top, width, height; nil for an empty mask.
    var boundingBox: [Int]?
    /// COCO's compressed run lengths.
    var mask: String
  }

  var width, height: Int
  /// How many steps there are, and which is shown.
  var steps, step: Int
  /// From the lowest to the topmost.
  var objects: [Object]

  init(_ document: Document) {
    (width, height) = (document.width, document.height)
    (steps, step) = (document.steps.count, document.current)
    objects = document.objects.map { object in
      let positive = object.prompts.clicks.count { $0.isPositive }
      return Object(
        id: object.id, class: object.className, color: object.color?.description,
        origin: object.origin.description, positiveClicks: positive,
        negativeClicks: object.prompts.clicks.count - positive, hasBox: object.prompts.box != nil,
        isSelected: object.id == document.selection, isHidden: document.hidden.contains(object.id),
        area: object.mask.area,
        boundingBox: object.mask.boundingBox.map { [$0.x, $0.y, $0.width, $0.height] },
        mask: object.mask.text)
    }
  }

  /// The same for people, one object per line.
  var text: String {
    let head = "\(width)×\(height), \(objects.count) objects, step \(step) of \(steps - 1)"
    let lines = objects.map { object in
      let box = object.boundingBox.map { "\($0[2])×\($0[3]) at \($0[0]),\($0[1])" } ?? "nothing"
      let mark = object.isSelected ? "*" : " "
      return "\(mark) \(object.id)  \(object.class ?? "–")  \(object.origin)  \(object.area) pixels, \(box)"
    }
    return ([head] + lines).joined(separator: "\n")
  }
}
