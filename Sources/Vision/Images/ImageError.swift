import Glibc

/// What can be wrong with a picture file.
public enum ImageError: Error, Equatable, CustomStringConvertible {
  /// Nothing has this name.
  case absent(path: String)
  /// The name is a folder's.
  case directory(path: String)
  /// The name is a device's, a pipe's or a socket's.
  case notAFile(path: String)
  /// The system does not let the file be read.
  case unreadable(path: String, reason: String)
  /// The file has no bytes.
  case empty(path: String)
  /// The file's first bytes are those of no format that can be read.
  case notAnImage(path: String)
  /// The file has more bytes than are read.
  case tooManyBytes(path: String, count: Int, limit: Int)
  /// The header promises more pixels than are decoded.
  case tooManyPixels(path: String, width: Int, height: Int, limit: Int)
  /// The file starts like an image and does not go on like one.
  case damaged(path: String, format: String, reason: String)
  /// The file to write is there already.
  case exists(path: String)
  /// The system does not let the file be written.
  case unwritable(path: String, reason: String)

  public var description: String {
    switch self {
    case .absent(let path):
      "\(path): no such file; check the name"
    case .directory(let path):
      "\(path): is a folder, not an image; name a file in it"
    case .notAFile(let path):
      "\(path): is not a regular file; save the image to a file first"
    case .unreadable(let path, let reason):
      "\(path): cannot be read (\(reason)); check its permissions"
    case .empty(let path):
      "\(path): is empty; get the file again"
    case .notAnImage(let path):
      "\(path): is neither PNG nor JPEG; convert it to one of them"
    case .tooManyBytes(let path, let count, let limit):
      "\(path): has \(count) bytes, more than the limit of \(limit); scale the image down"
    case .tooManyPixels(let path, let width, let height, let limit):
      "\(path): has \(width)x\(height) pixels, more than the limit of \(limit / 1_000_000) megapixels;"
        + " scale the image down"
    case .damaged(let path, let format, let reason):
      "\(path): is a damaged \(format) file (\(reason)); get the file again"
    case .exists(let path):
      "\(path): exists already; choose another name or allow overwriting"
    case .unwritable(let path, let reason):
      "\(path): cannot be written (\(reason)); choose another place"
    }
  }
}

/// Returns the system's words for an error code of `errno`.
func systemReason(_ code: Int32) -> String { String(cString: strerror(code)) }
