import Foundation
import VisionTasks

// One JSON object per line with one key, the kind of entry:
//
//     {"begin":{"height":480,"image":"cat.jpg","version":1,"width":640}}
//     {"edit":{"changes":[{"clicks":[[120.5,80.5,1]],"id":1,"origin":"clicks"}],"id":1,"of":0,"verb":"click"}}
//     {"answer":{"mask":"…","object":1,"predictedIoU":0.93,"readingCount":3,"step":1}}
//     {"go":0}
extension JournalEntry: Codable {
  private enum Kind: String, CodingKey { case begin, edit, answer, go, select, hide }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Kind.self)
    guard container.allKeys.count == 1, let kind = container.allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "is no kind of entry that is known"))
    }
    self =
      switch kind {
      case .begin: .begin(try container.decode(Header.self, forKey: kind))
      case .edit: .edit(try container.decode(Edit.self, forKey: kind))
      case .answer: .answer(try container.decode(AnswerRecord.self, forKey: kind))
      case .go: .go(try container.decode(Int.self, forKey: kind))
      case .select: .select(try container.decodeIfPresent(Int.self, forKey: kind))
      case .hide: .hide(try container.decode([Int].self, forKey: kind))
      }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Kind.self)
    switch self {
    case .begin(let header): try container.encode(header, forKey: .begin)
    case .edit(let edit): try container.encode(edit, forKey: .edit)
    case .answer(let record): try container.encode(record, forKey: .answer)
    case .go(let step): try container.encode(step, forKey: .go)
    case .select(let id): try container.encode(id, forKey: .select)
    case .hide(let ids): try container.encode(ids, forKey: .hide)
    }
  }
}

extension JournalEntry.ObjectChange: Codable {
  private enum Key: String, CodingKey {
    case id, removed, color, origin, clicks, box, reading, mask, flips
    case className = "class"
    case baseClickCount = "base"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    id = try container.decode(Int.self, forKey: .id)
    guard try container.decodeIfPresent(Bool.self, forKey: .removed) != true else {
      state = nil
      return
    }
    func parsed<Value>(_ key: Key, _ parse: (String) -> Value?) throws -> Value? {
      guard let text = try container.decodeIfPresent(String.self, forKey: key) else { return nil }
      guard let value = parse(text) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "\(key.rawValue) is not one that is known")
      }
      return value
    }
    let clicks = try container.decodeIfPresent([[Double]].self, forKey: .clicks) ?? []
    let box = try container.decodeIfPresent([Double].self, forKey: .box)
    let reading = try container.decodeIfPresent(Int.self, forKey: .reading) ?? 0
    let prompts: ClickPrompts
    do throws(ClickPrompts.NumberProblem) {
      prompts = try ClickPrompts(clicks: clicks, box: box, reading: reading)
    } catch {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: container.codingPath + [Key(stringValue: error.field) ?? .clicks],
          debugDescription: error.reason))
    }
    let baseClickCount = try container.decodeIfPresent(Int.self, forKey: .baseClickCount)
    guard baseClickCount ?? 0 >= 0 else {
      throw DecodingError.dataCorruptedError(
        forKey: .baseClickCount, in: container, debugDescription: "is less than no clicks")
    }
    let whole = try container.decodeIfPresent(String.self, forKey: .mask)
    let flips = try container.decodeIfPresent(String.self, forKey: .flips)
    state = JournalEntry.ObjectState(
      className: try container.decodeIfPresent(String.self, forKey: .className),
      color: try parsed(.color, ObjectColor.init),
      origin: try parsed(.origin, AnnotatedObject.Origin.init) ?? .clicks,
      prompts: prompts,
      mask: whole.map { .whole($0) } ?? flips.map { .flipped($0) },
      baseClickCount: baseClickCount)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
    guard let state else { return try container.encode(true, forKey: .removed) }
    try container.encodeIfPresent(state.className, forKey: .className)
    try container.encodeIfPresent(state.color?.description, forKey: .color)
    try container.encode(state.origin.description, forKey: .origin)
    let prompts = state.prompts
    if !prompts.clicks.isEmpty { try container.encode(prompts.clickNumbers, forKey: .clicks) }
    try container.encodeIfPresent(prompts.boxNumbers, forKey: .box)
    if prompts.reading != 0 { try container.encode(prompts.reading, forKey: .reading) }
    switch state.mask {
    case .whole(let text): try container.encode(text, forKey: .mask)
    case .flipped(let text): try container.encode(text, forKey: .flips)
    case nil: break
    }
    try container.encodeIfPresent(state.baseClickCount, forKey: .baseClickCount)
  }
}
