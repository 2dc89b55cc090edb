// COCO's compressed text: each count, from the fourth on less the count two before it, as groups of five bits from the
// lowest, a sixth bit telling that more follow, each group written as the character 48 places up; the last group's
// highest bit is the sign. From `rleToString` of the COCO API.
extension RunLengths {
  private static let firstCharacter: UInt8 = 48

  /// The counts in COCO's compressed text.
  public var text: String {
    var bytes: [UInt8] = []
    for (index, count) in counts.enumerated() {
      var rest = index > 2 ? count - counts[index - 2] : count
      var hasMore = true
      while hasMore {
        let group = UInt8(rest & 0x1F)
        rest >>= 5
        hasMore = rest != (group & 0x10 != 0 ? -1 : 0)
        bytes.append(Self.firstCharacter + (hasMore ? group | 0x20 : group))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads COCO's compressed text.
  ///
  /// - Throws: `AnnotationError.damagedMask` for text that is not the mask of exactly `width` * `height` pixels.
  public init(width: Int, height: Int, text: some StringProtocol) throws(AnnotationError) {
    try self.init(width: width, height: height, counts: Self.counts(of: text))
  }

  private static func counts(of text: some StringProtocol) throws(AnnotationError) -> [Int] {
    // No count or difference needs more groups than fill 35 bits.
    let groupLimit = 7
    var counts: [Int] = []
    var value = 0
    var groups = 0
    for (position, byte) in text.utf8.enumerated() {
      let group = byte &- firstCharacter
      guard group < 64 else { throw .damagedMask(.character(position: position)) }
      guard groups < groupLimit else { throw .damagedMask(.hugeRun(position: position)) }
      value |= Int(group & 0x1F) << (5 * groups)
      groups += 1
      guard group & 0x20 == 0 else { continue }
      if group & 0x10 != 0 { value |= -1 << (5 * groups) }
      // At most 2^35 is added for each character, so that no text that fits in memory makes the sum overflow.
      counts.append(counts.count > 2 ? value + counts[counts.count - 2] : value)
      value = 0
      groups = 0
    }
    guard groups == 0 else { throw .damagedMask(.endsEarly) }
    return counts
  }
}

/// As COCO writes a mask: `{"size": [height, width], "counts": "..."}`; plain numbers are read as counts too.
extension RunLengths: Codable {
  private enum Key: String, CodingKey { case size, counts }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let size = try container.decode([Int].self, forKey: .size)
    guard size.count == 2 else {
      throw DecodingError.dataCorruptedError(
        forKey: .size, in: container, debugDescription: "holds \(size.count) numbers, not height and width")
    }
    do {
      if let counts = try? container.decode([Int].self, forKey: .counts) {
        try self.init(width: size[1], height: size[0], counts: counts)
      } else {
        let text = try container.decode(String.self, forKey: .counts)
        try self.init(width: size[1], height: size[0], text: text)
      }
    } catch AnnotationError.damagedMask(let problem) {
      throw DecodingError.dataCorruptedError(
        forKey: .counts, in: container, debugDescription: problem.description)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode([height, width], forKey: .size)
    try container.encode(text, forKey: .counts)
  }
}
