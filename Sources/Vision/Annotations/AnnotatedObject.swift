import VisionTasks

/// One thing that is marked on an image: what it is, which pixels belong to it, and how that came about.
public struct AnnotatedObject: Sendable, Hashable, Identifiable {
  /// How an object came to be.
  public enum Origin: Sendable, Hashable {
    /// The user's clicks and boxes.
    case clicks
    /// Drawn by hand.
    case brush
    /// A network without the user's help, such as `face-parsing`.
    case model(String)
    /// A file of another program, such as `coco`.
    case imported(String)
  }

  /// The mask that the prompts from some click on refine: one drawn, imported or made by an operation.
  public struct Base: Sendable, Hashable {
    /// The pixels.
    public var mask: RunLengths
    /// How many of the clicks were made before it.
    public var clickCount: Int
  }

  /// Different for all objects that an image ever had.
  public internal(set) var id: Int
  /// The name of its class; nil while it has none.
  public var className: String?
  /// Its own colour; nil for that of its class.
  public var color: ObjectColor?
  /// How it came to be.
  public var origin: Origin
  /// The clicks and the box that it was made with.
  public var prompts: ClickPrompts
  /// Its pixels, at the image's size.
  public var mask: RunLengths
  /// What the prompts refine; nil when they started from nothing.
  public internal(set) var base: Base?
  /// The step that last changed the prompts, whose answer is the mask; nil when the mask was not made of prompts.
  var step: Document.Step.ID?

  /// Which prompts made the mask; nil when it was not made of prompts.
  var asked: Document.PromptID? { step.map { Document.PromptID(step: $0, object: id) } }

  /// Makes an object; a document gives it its `id` when it is added.
  public init(
    mask: RunLengths, className: String? = nil, color: ObjectColor? = nil, origin: Origin,
    prompts: ClickPrompts = ClickPrompts()
  ) {
    id = 0
    self.mask = mask
    self.className = className
    self.color = color
    self.origin = origin
    self.prompts = prompts
  }

  /// Whether prompts are all that its mask was made of.
  public var isMadeOfPrompts: Bool { base == nil && !prompts.isEmpty }

  /// The prompts that `base` does not include yet.
  var hasPromptsToAnswer: Bool { prompts.clicks.count > (base?.clickCount ?? 0) || prompts.box != nil }
}

/// A colour in sRGB, written `#rrggbb`.
public struct ObjectColor: Sendable, Hashable, CustomStringConvertible {
  /// The components.
  public var red, green, blue: UInt8

  /// Makes a colour.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Reads `#rrggbb`; nil for other text.
  public init?(_ text: String) {
    guard text.utf8.count == 7, text.hasPrefix("#"),
      text.utf8.dropFirst().allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
      let value = UInt32(text.dropFirst(), radix: 16)
    else { return nil }
    self.init(
      red: UInt8(value >> 16), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
  }

  public var description: String {
    "#"
      + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Colours for objects without one, easily told apart from their neighbours in the list: Okabe and Ito's eight for
  /// all kinds of colour vision, without black.
  public static let palette = [
    "#56b4e9", "#e69f00", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7",
  ].compactMap(ObjectColor.init)

  /// The colour of the palette for an object's number.
  public static func byNumber(_ id: AnnotatedObject.ID) -> ObjectColor {
    palette[(id + palette.count - 1) % palette.count]
  }
}

extension AnnotatedObject.Origin: CustomStringConvertible {
  /// `clicks`, `brush`, `model NAME` or `import NAME`.
  public var description: String {
    switch self {
    case .clicks: "clicks"
    case .brush: "brush"
    case .model(let name): "model \(name)"
    case .imported(let name): "import \(name)"
    }
  }

  /// Reads what `description` writes; nil for other text.
  public init?(_ text: String) {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    switch (words.first, words.count) {
    case ("clicks", 1): self = .clicks
    case ("brush", 1): self = .brush
    case ("model", 2): self = .model(words[1])
    case ("import", 2): self = .imported(words[1])
    default: return nil
    }
  }
}
