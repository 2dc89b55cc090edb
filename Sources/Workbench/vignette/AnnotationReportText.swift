import AnnotationFormats

// What exports and imports say to people.
extension AnnotationExport.Report {
  var text: String {
    let head = "\(count(objects, "object")) of \(count(photos, "photo")) in \(count(files.count, "file"))"
    return ([head] + losses.lines).joined(separator: "\n")
  }
}

extension AnnotationImport.Report {
  var text: String {
    var lines = ["\(count(objects, "object")) added to \(count(photos.count, "photo"))"]
    if let first = strangers.first {
      lines.append("\(count(strangers.count, "photo")) of the file not asked for, such as \(first)")
    }
    return lines.joined(separator: "\n")
  }
}

extension ExportLosses {
  /// What is lost, a line each.
  var lines: [String] {
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

private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
