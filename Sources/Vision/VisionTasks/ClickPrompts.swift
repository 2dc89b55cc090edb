/// A point that the user says is inside the object, or outside of it.
public struct Click: Sendable, Hashable, Codable {
  /// Image pixels from the left and from the top; the centre of the first pixel is at 0.5.
  public var x, y: Double
  /// Whether the point is inside the object.
  public var isPositive: Bool

  /// Makes a click.
  public init(x: Double, y: Double, isPositive: Bool = true) {
    self.x = x
    self.y = y
    self.isPositive = isPositive
  }
}

/// A rectangle that the user draws around an object.
public struct Box: Sendable, Hashable, Codable {
  /// Two opposite corners, in image pixels; `x0` <= `x1` and `y0` <= `y1`.
  public let x0, y0, x1, y1: Double

  /// Makes a box from two opposite corners, in any order.
  public init(x0: Double, y0: Double, x1: Double, y1: Double) {
    self.x0 = min(x0, x1)
    self.y0 = min(y0, y1)
    self.x1 = max(x0, x1)
    self.y1 = max(y0, y1)
  }
}

/// What the user has said about one object.
public struct ClickPrompts: Sendable, Hashable, Codable {
  /// The clicks in the order in which they were made.
  public var clicks: [Click]
  /// The box around the object, if there is one.
  public var box: Box?
  /// Which of the answers to a lone first click is meant, from 0 for the likeliest; counted around.
  public var reading: Int

  /// Makes prompts.
  public init(clicks: [Click] = [], box: Box? = nil, reading: Int = 0) {
    self.clicks = clicks
    self.box = box
    self.reading = reading
  }

  /// Whether nothing was said.
  public var isEmpty: Bool { clicks.isEmpty && box == nil }
}
