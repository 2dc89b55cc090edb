import ArgumentParser
import Foundation

/// What `--background` asks for: `blur`, `transparent`, a colour or a photo.
enum BackgroundArgument: ExpressibleByArgument, Equatable {
  case blur
  case transparent
  case color(red: UInt8, green: UInt8, blue: UInt8)
  case photo(path: String)

  private static let names: [String: (UInt8, UInt8, UInt8)] = [
    "black": (0, 0, 0), "white": (255, 255, 255), "grey": (128, 128, 128), "gray": (128, 128, 128),
    "red": (200, 30, 30), "green": (0, 177, 64), "blue": (30, 80, 200),
  ]

  /// Reads an argument; what is neither a word nor `#rrggbb` is a photo's path.
  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    if argument == "blur" {
      self = .blur
    } else if argument == "transparent" {
      self = .transparent
    } else if let (red, green, blue) = Self.names[argument] {
      self = .color(red: red, green: green, blue: blue)
    } else if argument.hasPrefix("#") {
      guard argument.count == 7, let number = UInt32(argument.dropFirst(), radix: 16) else { return nil }
      self = .color(
        red: UInt8(number >> 16), green: UInt8(number >> 8 & 255), blue: UInt8(number & 255))
    } else {
      self = .photo(path: argument)
    }
  }
}
