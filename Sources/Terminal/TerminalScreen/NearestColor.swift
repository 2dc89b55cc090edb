/// The colours of xterm's palette, and the nearest of them to a 24-bit colour.
enum NearestColor {
  /// The levels of the 6 x 6 x 6 cube, entries 16 to 231.
  private static let levels: [Int] = [0, 95, 135, 175, 215, 255]

  /// xterm's default for the 16 named colours.
  private static let named: [(red: Int, green: Int, blue: Int)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255),
    (0, 255, 255), (255, 255, 255),
  ]

  /// Returns the entry from 16 to 255 nearest to a colour; the first 16 are left out, as users change them.
  static func in256(red: UInt8, green: UInt8, blue: UInt8) -> UInt8 {
    let wanted = (Int(red), Int(green), Int(blue))
    func level(_ value: Int) -> Int { value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40 }
    let cube = (level(wanted.0), level(wanted.1), level(wanted.2))
    let cubeDistance = distance(wanted, (levels[cube.0], levels[cube.1], levels[cube.2]))
    let grey = min(max((wanted.0 + wanted.1 + wanted.2) / 3 - 3, 0) / 10, 23)
    let greyValue = 8 + 10 * grey
    if distance(wanted, (greyValue, greyValue, greyValue)) < cubeDistance { return UInt8(232 + grey) }
    return UInt8(16 + 36 * cube.0 + 6 * cube.1 + cube.2)
  }

  /// Returns the nearest of the first `count` named colours.
  static func amongNamed(red: UInt8, green: UInt8, blue: UInt8, count: Int = 16) -> UInt8 {
    let wanted = (Int(red), Int(green), Int(blue))
    var best = 0
    for index in 1..<count where distance(wanted, named[index]) < distance(wanted, named[best]) {
      best = index
    }
    return UInt8(best)
  }

  /// Returns what a palette entry looks like in a terminal with xterm's defaults.
  static func components(_ index: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
    let index = Int(index)
    switch index {
    case 0..<16: return (UInt8(named[index].red), UInt8(named[index].green), UInt8(named[index].blue))
    case 16..<232:
      let cube = index - 16
      return (UInt8(levels[cube / 36]), UInt8(levels[cube / 6 % 6]), UInt8(levels[cube % 6]))
    default:
      let value = UInt8(8 + 10 * (index - 232))
      return (value, value, value)
    }
  }

  /// A squared distance that weighs green most, as the eye does.
  private static func distance(_ first: (Int, Int, Int), _ second: (Int, Int, Int)) -> Int {
    let red = first.0 - second.0
    let green = first.1 - second.1
    let blue = first.2 - second.2
    return 3 * red * red + 4 * green * green + 2 * blue * blue
  }
}

extension Color {
  /// Returns the colour as a terminal of the given depth can show it: never finer than the depth.
  public func reduced(to depth: ColorDepth) -> Color {
    switch (self, depth) {
    case (.standard, _), (_, .monochrome): return .standard
    case (.rgb, .trueColor), (.indexed, .trueColor), (.indexed, .palette256): return self
    case (.rgb(let red, let green, let blue), .palette256):
      return .indexed(NearestColor.in256(red: red, green: green, blue: blue))
    case (.rgb(let red, let green, let blue), .palette16):
      return .indexed(NearestColor.amongNamed(red: red, green: green, blue: blue))
    case (.indexed(let index), .palette16):
      if index < 16 { return self }
      let color = NearestColor.components(index)
      return .indexed(NearestColor.amongNamed(red: color.red, green: color.green, blue: color.blue))
    }
  }
}
