import Foundation
import Images

/// A folder of images with true masks: `images/` and `masks/` with files of the same stem.
///
/// A mask whose values are only 0, 128 and 255 shows one object, 128 being ignored. Any other mask numbers its
/// objects: each value but 0 is one, those of fewer than 300 pixels are left out. Coloured masks number objects by
/// colour.
public struct LabelledFolder: Sendable {
  /// The fewest pixels of a numbered object.
  public static let leastArea = 300

  /// An image and the file of its mask.
  public struct Entry: Sendable, Hashable {
    /// The name that both files share, without extension.
    public var stem: String
    /// The image's file.
    public var imagePath: String
    /// The mask's file.
    public var maskPath: String
  }

  /// The images that have a mask, by name.
  public let entries: [Entry]

  /// Lists a folder.
  ///
  /// - Throws: `EvaluationError`.
  public init(_ path: String) throws(EvaluationError) {
    let images = try Self.files(in: path + "/images")
    let masks = try Self.files(in: path + "/masks")
    entries = images.keys.sorted().compactMap { stem in
      masks[stem].map { Entry(stem: stem, imagePath: images[stem]!, maskPath: $0) }
    }
    guard !entries.isEmpty else { throw .nothingPaired(path: path) }
  }

  private static func files(in path: String) throws(EvaluationError) -> [String: String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw .missingFolder(path: path)
    }
    let readable = names.filter {
      ["png", "jpg", "jpeg"].contains(($0 as NSString).pathExtension.lowercased())
    }
    return Dictionary(
      readable.sorted().map { (($0 as NSString).deletingPathExtension, path + "/" + $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Returns the objects of an entry's mask, by their number.
  ///
  /// - Throws: `ImageError`, or `EvaluationError.size` when the mask differs from the image in size.
  public static func objects(of entry: Entry, image: Image) throws -> [LabelledObject] {
    let mask = try ImageFile.load(entry.maskPath)
    guard mask.width == image.width, mask.height == image.height else {
      throw EvaluationError.size(
        path: entry.maskPath, found: "\(mask.width)x\(mask.height)",
        expected: "\(image.width)x\(image.height)")
    }
    return objects(of: mask)
  }

  /// Returns the objects that a mask shows, by their number.
  package static func objects(of mask: Image) -> [LabelledObject] {
    let numbers = mask.numbers
    var areas: [Int: Int] = [:]
    for number in numbers { areas[number, default: 0] += 1 }
    if areas.keys.allSatisfy({ [0, 128, 255].contains($0) }) {
      guard areas[255] != nil else { return [] }
      let labels = numbers.map { $0 == 255 ? PixelLabel.inside : $0 == 128 ? .ignored : .outside }
      return [LabelledObject(width: mask.width, height: mask.height, labels: labels)]
    }
    return areas.filter { $0.key != 0 && $0.value >= leastArea }.keys.sorted().map { object in
      LabelledObject(
        width: mask.width, height: mask.height, labels: numbers.map { $0 == object ? .inside : .outside })
    }
  }
}

extension Image {
  /// One number for each pixel: its grey value, or for a colour a number above those.
  fileprivate var numbers: [Int] {
    (0..<width * height).map { index in
      let (red, green, blue) = (
        Int(pixels[3 * index]), Int(pixels[3 * index + 1]), Int(pixels[3 * index + 2])
      )
      return red == green && green == blue ? red : 256 + red << 16 + green << 8 + blue
    }
  }
}
