/// The connected parts of a mask, found from its runs without unpacking pixels.
///
/// Runs of neighbouring columns that touch are joined by union-find, as Rosenfeld and Pfaltz (1966) do with pixels.
public struct RunComponents: Sendable {
  /// Which pixels count as neighbours.
  public enum Connectivity: Sendable {
    /// Those that share an edge.
    case edges
    /// Those that share an edge or a corner.
    case corners
  }

  /// A run within one column.
  struct Piece: Sendable {
    /// The column.
    var x: Int
    /// The rows.
    var rows: Range<Int>
    /// The component it belongs to.
    var component: Int
  }

  /// The mask's size.
  public let width, height: Int
  /// The number of components.
  public let count: Int
  let pieces: [Piece]

  /// Finds the parts of a mask.
  public init(_ mask: RunLengths, connectivity: Connectivity = .edges) {
    width = mask.width
    height = mask.height
    var pieces: [Piece] = []
    mask.forEachPiece { pieces.append(Piece(x: $0, rows: $1, component: pieces.count)) }
    var parents = Array(pieces.indices)
    func root(_ index: Int) -> Int {
      var index = index
      while parents[index] != index {
        parents[index] = parents[parents[index]]
        index = parents[index]
      }
      return index
    }
    let slack = connectivity == .corners ? 1 : 0
    var other = 0
    for (index, piece) in pieces.enumerated() {
      // Pieces of the column before that end above this one touch none further down either.
      while pieces[other].x < piece.x - 1
        || pieces[other].x == piece.x - 1 && pieces[other].rows.upperBound + slack <= piece.rows.lowerBound
      {
        other += 1
      }
      var touching = other
      while pieces[touching].x == piece.x - 1,
        pieces[touching].rows.lowerBound < piece.rows.upperBound + slack
      {
        let (one, two) = (root(touching), root(index))
        parents[max(one, two)] = min(one, two)
        touching += 1
      }
    }
    var numbers: [Int: Int] = [:]
    for index in pieces.indices {
      let root = root(index)
      let number = numbers[root] ?? numbers.count
      numbers[root] = number
      pieces[index].component = number
    }
    self.pieces = pieces
    count = numbers.count
  }

  /// The pixels of each component.
  public var areas: [Int] {
    var result = [Int](repeating: 0, count: count)
    for piece in pieces { result[piece.component] += piece.rows.count }
    return result
  }

  /// The components with a pixel of which `isInside` holds.
  func components(where isInside: (_ x: Int, _ rows: Range<Int>) -> Bool) -> Set<Int> {
    Set(pieces.filter { isInside($0.x, $0.rows) }.map(\.component))
  }

  /// The component of a pixel; nil for one outside of the mask.
  public func component(x: Int, y: Int) -> Int? {
    // The pieces stand in the order of their columns, each column's from the top.
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if (pieces[middle].x, pieces[middle].rows.upperBound) <= (x, y) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < pieces.count, pieces[low].x == x, pieces[low].rows.contains(y) else { return nil }
    return pieces[low].component
  }

  /// The components that reach the border of the image.
  public var bordering: Set<Int> {
    components { x, rows in
      x == 0 || x == width - 1 || rows.lowerBound == 0 || rows.upperBound == height
    }
  }

  /// Returns the mask of some of the components.
  public func mask(of isWanted: (Int) -> Bool) -> RunLengths {
    RunLengths(
      width: width, height: height,
      pieces: pieces.filter { isWanted($0.component) }.map { (x: $0.x, rows: $0.rows) })
  }
}
