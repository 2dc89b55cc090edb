import Annotations
import Foundation
import WorkbenchCore

/// What the workbench is to open: files, or folders that it reads while it is on the screen, and their classes.
struct ImageSources {
  /// The images, where no folder must be read for them.
  var files = FileList(paths: [])
  /// What was named, where folders are among it.
  var folders: [String] = []
  /// The classes of the first folder that names any.
  var classes = ClassList()

  /// - Throws: `Failure` for a name that nothing has, a folder without images, and a mistake in a file of classes.
  init(_ sources: [String]) throws(Failure) {
    var places: [String] = []
    for source in sources {
      if try Failure.mapping({ try FileList.isFolder(source) }) {
        folders = sources
        places.append(source)
        try Failure.mapping { try FileList.checkImages(in: source) }
      } else {
        places.append((source as NSString).deletingLastPathComponent)
      }
    }
    if folders.isEmpty { files = FileList(paths: sources) }
    for place in places where classes.isEmpty {
      classes = try Failure.mapping { try ClassList(folder: place) } ?? classes
    }
  }
}
