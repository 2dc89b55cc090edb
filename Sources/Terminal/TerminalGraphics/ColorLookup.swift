/// Finds palette entries of pixels, remembering what it found by five bits of red, green and blue.
struct ColorLookup: Sendable {
  /// The value of a place in `nearest` that was not looked up yet.
  private static let unknown: UInt16 = 0xFFFF
  /// The bit of a place in `nearest` into which a reserved colour falls, so that pixels must be compared.
  private static let hasReserved: UInt16 = 0x8000

  let palette: Palette
  /// The nearest entry of each place; 2^15 of them.
  private var nearest = [UInt16](repeating: unknown, count: 1 << 15)
  private var reservedPlaces: Set<Int> = []

  init(_ palette: Palette) {
    self.palette = palette
    for entry in palette.entries.suffix(palette.reservedCount) {
      reservedPlaces.insert(Self.place(red: Int(entry.red), green: Int(entry.green), blue: Int(entry.blue)))
    }
  }

  private static func place(red: Int, green: Int, blue: Int) -> Int {
    (red >> 3) << 10 | (green >> 3) << 5 | blue >> 3
  }

  /// Returns the entry of a pixel: a reserved one if it is exactly that, else the picture's nearest.
  ///
  /// - Parameter offset: What dithering adds to each component.
  @inline(__always)
  mutating func entry(red: UInt8, green: UInt8, blue: UInt8, offset: Int) -> Int {
    let found = remembered(Self.place(red: Int(red), green: Int(green), blue: Int(blue)))
    if found & Self.hasReserved != 0, let reserved = reserved(red: red, green: green, blue: blue) {
      return reserved
    }
    if offset == 0 { return Int(found & ~Self.hasReserved) }
    func clamp(_ value: UInt8) -> Int { min(max(Int(value) + offset, 0), 255) }
    let place = Self.place(red: clamp(red), green: clamp(green), blue: clamp(blue))
    return Int(remembered(place) & ~Self.hasReserved)
  }

  /// Returns the entry of a pixel if that is a reserved one.
  @inline(__always)
  mutating func reservedEntry(red: UInt8, green: UInt8, blue: UInt8) -> Int? {
    let found = remembered(Self.place(red: Int(red), green: Int(green), blue: Int(blue)))
    return found & Self.hasReserved == 0 ? nil : reserved(red: red, green: green, blue: blue)
  }

  @inline(__always)
  private mutating func remembered(_ place: Int) -> UInt16 {
    let found = nearest[place]
    if found != Self.unknown { return found }
    let resolved = resolve(place: place)
    nearest[place] = resolved
    return resolved
  }

  /// Returns what belongs into a place of `nearest`.
  private func resolve(place: Int) -> UInt16 {
    // The middle of the place stands for all colours in it.
    let index = palette.nearest(
      red: (place >> 10) << 3 | 4, green: ((place >> 5) & 31) << 3 | 4, blue: (place & 31) << 3 | 4)
    return UInt16(index) | (reservedPlaces.contains(place) ? Self.hasReserved : 0)
  }

  /// Returns the reserved entry of exactly this colour.
  private func reserved(red: UInt8, green: UInt8, blue: UInt8) -> Int? {
    palette.entries.lastIndex(of: Palette.Entry(red: red, green: green, blue: blue)).flatMap {
      $0 >= palette.pictureCount ? $0 : nil
    }
  }
}
