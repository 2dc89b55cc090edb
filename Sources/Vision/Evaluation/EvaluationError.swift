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
  /// The list of classes cannot be read.
  case unreadableClasses(path: String)
  /// A line of the list of classes is not a number and a name.
  case badClass(path: String, line: Int)
  /// A class has a name that no part of a face has.
  case unknownClass(path: String, name: String)
  /// A mask has a value that is no class.
  case unlistedValue(path: String, value: Int)
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
    case .unreadableClasses(let path):
      "\(path): cannot be read; name a text file with a line for each class: its value and its name"
    case .badClass(let path, let line):
      "\(path):\(line): is not a value of 0 to 255 and a name; correct the line"
    case .unknownClass(let path, let name):
      "\(path): no part of a face is called \(name); known are \(ParsingClasses.knownNames)"
    case .unlistedValue(let path, let value):
      "\(path): the value \(value) is not in the list of classes; add it there"
    case .badLine(let path, let line):
      "\(path):\(line): is not image,x,y with numbers in pixels; correct the line"
    }
  }
}
