import Dispatch
import Foundation
import TerminalScreen

/// Encodes bands of a bitmap on all processors.
enum SixelBands {
  /// Fewer bands than this are not worth waking another thread.
  private static let leastPerLane = 8

  /// Returns the sixels of the bands of these numbers, in their order.
  static func encode(
    _ numbers: [Int], of bitmap: Bitmap, inSquares isInSquares: Bool, lookup: inout ColorLookup,
    dithering: SixelEncoder.Dithering
  ) -> [[UInt8]] {
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let laneCount = max(min(numbers.count / leastPerLane, processors), 1)
    var lookups = [ColorLookup](repeating: lookup, count: laneCount)
    var results = [[UInt8]](repeating: [], count: numbers.count)
    let colorCount = lookup.palette.entries.count
    lookups.withUnsafeMutableBufferPointer { lookups in
      results.withUnsafeMutableBufferPointer { results in
        // Each lane has a lookup of its own and writes only the results whose place it is the turn of; all lanes
        // have ended when `concurrentPerform` returns.
        nonisolated(unsafe) let lookups = lookups
        nonisolated(unsafe) let results = results
        DispatchQueue.concurrentPerform(iterations: laneCount) { lane in
          var band = SixelBand(width: bitmap.width, colorCount: colorCount)
          for place in stride(from: lane, to: numbers.count, by: laneCount) {
            let first = numbers[place] * SixelEncoder.bandHeight
            let rows = first..<min(first + SixelEncoder.bandHeight, bitmap.height)
            if isInSquares {
              band.fillSquares(bitmap, rows: rows, lookup: &lookups[lane])
            } else {
              band.fill(bitmap, rows: rows, lookup: &lookups[lane], dithering: dithering)
            }
            results[place] = band.encoded()
          }
        }
      }
    }
    // What one lane found is remembered for the next bitmap.
    lookup = lookups[0]
    return results
  }
}
