import Foundation

/// Bytes as text (RFC 4648), for protocols that carry pictures in escape sequences.
enum Base64 {
  static func encode(_ bytes: [UInt8]) -> [UInt8] { Array(Data(bytes).base64EncodedData()) }
}
