import ArgumentParser

/// A click on the command line: `x,y`, or `x,y,-` for one off the object.
struct PointArgument: ExpressibleByArgument {
  let text: String
  let x: Double
  let y: Double
  let isPositive: Bool

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, let x = Double(parts[0]), let y = Double(parts[1]),
      x.isFinite, y.isFinite, parts.count == 2 || ["+", "-"].contains(parts[2])
    else { return nil }
    text = argument
    self.x = x
    self.y = y
    isPositive = parts.count == 2 || parts[2] == "+"
  }
}

/// A box on the command line: two opposite corners `x0,y0,x1,y1`.
struct BoxArgument: ExpressibleByArgument {
  let text: String
  let x0: Double
  let y0: Double
  let x1: Double
  let y1: Double

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    guard numbers.count == 4, numbers.allSatisfy({ $0?.isFinite == true }) else { return nil }
    let corners = numbers.map { $0 ?? 0 }
    guard corners[0] != corners[2], corners[1] != corners[3] else { return nil }
    text = argument
    x0 = min(corners[0], corners[2])
    y0 = min(corners[1], corners[3])
    x1 = max(corners[0], corners[2])
    y1 = max(corners[1], corners[3])
  }
}
