import Annotations
import Images

/// What can be wrong with files of annotations, and with writing them.
public enum FormatError: Error, Equatable, CustomStringConvertible {
  /// A file or folder cannot be read.
  case unreadable(path: String, reason: String)
  /// A part of a file is not right; the field is empty when it is all of it.
  case damaged(path: String, field: String = "", reason: String)
  /// What was found is not about the photos in question.
  case unfitting(path: String, reason: String)
  /// A format cannot hold what is to be written.
  case unwritable(photo: String, reason: String)
  /// A photo or a picture of masks is not right, or a file cannot be written.
  case image(ImageError)
  /// A journal is not right.
  case journal(AnnotationError)

  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): cannot be read (\(reason)); check name and permissions"
    case .damaged(let path, let field, let reason):
      "\(path): \(field.isEmpty ? "" : field + ": ")\(reason); nothing was imported"
    case .unfitting(let path, let reason): "\(path): \(reason); nothing was imported"
    case .unwritable(let photo, let reason): "\(photo): \(reason)"
    case .image(let error): error.description
    case .journal(let error): error.description
    }
  }

  /// Runs a body and turns its errors into this module's.
  static func mapping<Result>(_ body: () throws -> Result) throws(FormatError) -> Result {
    do {
      return try body()
    } catch let error as FormatError {
      throw error
    } catch let error as ImageError {
      throw .image(error)
    } catch let error as AnnotationError {
      throw .journal(error)
    } catch {
      preconditionFailure("an error of another module: \(error)")
    }
  }
}
