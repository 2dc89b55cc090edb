import AnnotationFormats
import Annotations
import Evaluation
import Foundation
import Images
import Networks
import TerminalScreen
import WorkbenchCore

/// A reason to end, with the exit code of sysexits(3) that tells scripts what kind it is.
struct Failure: Error {
  /// The codes of sysexits(3) in use.
  enum Code: Int32 {
    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case software = 70
    case cannotCreate = 73
    case configuration = 78
  }

  var code: Code
  var message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The failure that an error of a module amounts to.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as ImageError: self.init(Self.code(of: error), "\(error)")
    case let error as AnnotationError: self.init(Self.code(of: error), "\(error)")
    case let error as FormatError: self.init(Self.code(of: error), "\(error)")
    case let error as WorkbenchError: self.init(Self.code(of: error), "\(error)")
    case let error as EvaluationError: self.init(.badData, "\(error)")
    case let error as NetworkError: self.init(.unavailable, "\(error)")
    case let error as ScreenError: self.init(.unavailable, "\(error)")
    default: self.init(.software, "\(error)")
    }
  }

  private static func code(of error: ImageError) -> Code {
    switch error {
    case .absent, .directory, .notAFile, .unreadable: .noInput
    case .exists, .unwritable: .cannotCreate
    case .empty, .notAnImage, .tooManyBytes, .tooManyPixels, .damaged: .badData
    }
  }

  private static func code(of error: AnnotationError) -> Code {
    switch error {
    case .damagedMask, .unfitting, .damagedJournal: .badData
    case .unreadable: .noInput
    case .unwritable: .cannotCreate
    case .locked: .unavailable
    case .wrongClasses: .configuration
    }
  }

  private static func code(of error: FormatError) -> Code {
    switch error {
    case .unreadable: .noInput
    case .damaged, .unfitting, .unwritable: .badData
    case .image(let error): code(of: error)
    case .journal(let error): code(of: error)
    }
  }

  private static func code(of error: WorkbenchError) -> Code {
    switch error {
    case .noFile, .noImages, .unreadableFolder: .noInput
    case .unreadableFile, .syntax, .setting: .configuration
    case .unknownTheme: .usage
    }
  }

  /// Runs a body and turns what it throws into a failure.
  static func mapping<Result>(_ body: () throws -> Result) throws(Failure) -> Result {
    do { return try body() } catch { throw Failure(error) }
  }
}

/// Messages to the user on the standard error stream, one line each.
enum Diagnostics {
  static func report(_ message: String) {
    let line = "vignette: \(VisibleText.visible(message))\n"
    FileHandle.standardError.write(Data(line.utf8))
  }
}
