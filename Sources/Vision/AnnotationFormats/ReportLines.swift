import Foundation

// What exports and imports say to people, a line for each thing.
extension AnnotationExport.Report {
  /// What was written, and what was lost.
  public var lines: [String] {
    ["\(count(objects, "object")) of \(count(photos, "photo")) in \(count(files.count, "file"))"]
      + losses.lines
  }
}

extension AnnotationImport.Report {
  /// Whether all that the file tells was added.
  public var isComplete: Bool { withoutMask == 0 && strangers.isEmpty }

  /// What was added, and what was passed over.
  public var lines: [String] {
    let names = photos.map { ($0 as NSString).lastPathComponent }
    var lines = ["\(count(objects, "object")) added to \(count(photos.count, "photo"))\(list(names))"]
    if boxes > 0 {
      lines.append("\(count(boxes, "box gets its mask", "boxes get masks")) when opened")
    }
    if withoutMask > 0 {
      lines.append("\(count(withoutMask, "annotation")) without a mask or a box left out")
    }
    if !strangers.isEmpty {
      lines.append("\(count(strangers.count, "name")) in the file without a photo here\(list(strangers))")
    }
    return lines
  }
}

extension ExportLosses {
  /// What is lost.
  public var lines: [String] {
    var lines: [String] = []
    if emptyObjects > 0 { lines.append("\(count(emptyObjects, "object")) without pixels left out") }
    if coveredPixels > 0 { lines.append("\(count(coveredPixels, "pixel")) under other objects lost") }
    if greatestDistance > 0 || changedPixels > 0 {
      let distance = (greatestDistance * 100).rounded() / 100
      lines.append(
        "polygons at most \(distance) pixels from the outlines; \(count(changedPixels, "pixel")) changed")
    }
    return lines
  }
}

/// The first of some names, behind a colon.
private func list(_ names: [String]) -> String {
  let shown = names.prefix(3).joined(separator: ", ")
  return names.isEmpty ? "" : ": \(shown)\(names.count > 3 ? ", …" : "")"
}

private func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
}
