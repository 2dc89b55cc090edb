/// What the segments before a JPEG file's pixels say about how to show them.
struct JPEGMetadata: Equatable {
  /// How the camera was held.
  var orientation = Orientation.upright
  /// Whether the file carries Adobe's marker.
  var isAdobe = false

  /// Reads the segments up to the pixels; what is damaged or unknown is passed over.
  init(_ bytes: [UInt8]) {
    var position = 2
    while position + 4 <= bytes.count, bytes[position] == 0xFF {
      let marker = bytes[position + 1]
      if marker == 0xFF {  // a fill byte
        position += 1
        continue
      }
      if marker == 0xDA { return }  // the pixels start
      let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
      let end = position + 2 + length
      guard length >= 2, end <= bytes.count else { return }
      read(marker, bytes[position + 4..<end])
      position = end
    }
  }

  private mutating func read(_ marker: UInt8, _ content: ArraySlice<UInt8>) {
    if marker == 0xE1, content.starts(with: Array("Exif\0\0".utf8)) {
      orientation = Orientation(tiff: content.dropFirst(6)) ?? orientation
    } else if marker == 0xEE, content.starts(with: Array("Adobe".utf8)) {
      isAdobe = true
    }
  }
}
