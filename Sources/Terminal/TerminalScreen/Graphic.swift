/// A picture on the screen.
///
/// It shows through the cells of its rectangle that are `Cell.picture`; text in any other cell hides it.
public struct Graphic: Hashable, Sendable {
  /// The picture in the form that the terminal takes.
  public enum Content: Hashable, Sendable {
    /// A sequence (sixel and the like) that draws the whole rectangle from its top left cell.
    case sequence([UInt8])
    /// Images that change the picture of an earlier generation into this one, and a sequence that draws the whole
    /// rectangle where that one is not shown.
    case patches([Tile], base: Int, whole: [UInt8])
    /// Images side by side that fill the rectangle; each is sent only when it changed.
    case tiles([Tile])
    /// Cells in exact colours (half-blocks), of the rectangle's size.
    case cells(CellBuffer)
  }

  /// A part of a picture as an image of its own.
  public struct Tile: Hashable, Sendable {
    /// The cells that it covers, counted from the upper left of the picture.
    public var rect: Rect
    /// A number that changes whenever the content does.
    public var generation: Int
    /// What draws it from its top left cell.
    public var bytes: [UInt8]

    public init(rect: Rect, generation: Int, bytes: [UInt8]) {
      self.rect = rect
      self.generation = generation
      self.bytes = bytes
    }
  }

  /// Which picture it is, such as the name of its pane; one frame holds each identity at most once.
  public var identity: String
  /// A number that changes whenever the content does; a graphic of the same identity, generation and
  /// rectangle as in the frame before is not sent again.
  public var generation: Int
  /// The cells it covers, never the last row of the screen.
  public var rect: Rect
  public var content: Content
  /// What takes the picture off the terminal; empty where text written over it does.
  public var removal: [UInt8]

  public init(
    identity: String, generation: Int, rect: Rect, content: Content, removal: [UInt8] = []
  ) {
    self.identity = identity
    self.generation = generation
    self.rect = rect
    self.content = content
    self.removal = removal
  }

  /// The sequence that draws the whole of it; nil where none does.
  var whole: [UInt8]? {
    switch content {
    case .sequence(let bytes), .patches(_, _, let bytes): bytes
    case .tiles, .cells: nil
    }
  }
}
