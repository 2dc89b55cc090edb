import Annotations
import Foundation
import Images
import VisionTasks
import WorkbenchCore

/// What is under the crosshair, in a few words: place, colour, class, and how sure the network is of it.
enum PixelReadout {
  static func text(_ state: State) -> String? {
    guard let view = state.view, view.crosshair.isVisible else { return nil }
    let x = Int(view.crosshair.position.x)
    let y = Int(view.crosshair.position.y)
    guard view.image.bounds.contains(PixelRect(x: x, y: y, width: 1, height: 1)) else { return nil }
    let pixel = view.image[x, y]
    var words = ["\(x),\(y)", String(format: "#%02x%02x%02x", pixel.red, pixel.green, pixel.blue)]
    if let document = state.document, document.hasObjects {
      // The topmost object is the one that is seen.
      let object = document.objects.last { $0.mask.sampled(columns: [x], rows: [y])[0] }
      words.append(object.map { $0.className ?? "object" } ?? "ground")
      if let map = document.segmentation?.probabilities {
        words.append(String(format: "%.2f", map.values(columns: [x], rows: [y])[0]))
      }
    }
    words += part(state, x: x, y: y)
    return words.joined(separator: " ")
  }

  /// The likeliest part of a face and its probability, where faces are shown.
  private static func part(_ state: State, x: Int, y: Int) -> [String] {
    guard let faces = state.faces, state.hasPartTable, state.peopleView != .map,
      let shares = faces.parsing.partProbabilities(x: x, y: y), let best = shares.max(),
      let part = shares.firstIndex(of: best).flatMap({ FacePart(rawValue: UInt8($0)) })
    else { return [] }
    return [part.name, String(format: "%.2f", best)]
  }
}
