/// What can be wrong with the material of an evaluation.
public enum EvaluationError: Error, Equatable, CustomStringConvertible {
  /// The folder of images or of masks cannot be listed.
  case missingFolder(path: String)
  /// No image has a mask of the same name.
  case nothingPaired(path: String)
  /// A mask differs from its image in size.
  case size(path: String, found: String, expected: String)
  /// The list of first clicks cannot be read.
  case unreadableList(path: String)
  /// A line of the list of first clicks is not `image,x,y`.
  case badLine(path: String, line: Int)

  public var description: String {
    switch self {
    case .missingFolder(let path):
      "\(path): no such folder; an evaluation needs images/ and masks/ with files of the same names"
    case .nothingPaired(let path):
      "\(path): no image has a mask of the same name; name images/a.jpg and masks/a.png alike"
    case .size(let path, let found, let expected):
      "\(path): the mask is \(found), its image \(expected); make them equal"
    case .unreadableList(let path):
      "\(path): cannot be read; name a text file with lines image,x,y"
    case .badLine(let path, let line):
      "\(path):\(line): is not image,x,y with numbers in pixels; correct the line"
    }
  }
}
