import CKernels

/// One variant of every C kernel.
struct KernelTable: @unchecked Sendable {
  // Sendable: the table is a constant of the C target.
  let pointer: UnsafePointer<kernel_table>

  init(_ set: instruction_set) { pointer = kernel_table_for(set) }

  // Safe: the pointer is never null and lives as long as the process.
  var functions: kernel_table { pointer.pointee }
  var lanes: Int { functions.lanes.asInt }
  var tileRows: Int { functions.tile_rows.asInt }
  var tileColumns: Int { functions.tile_columns.asInt }
  var suffix: String { String(cString: functions.suffix) }

  /// The name of a matrix kernel, with its register tile.
  func tileName(_ stem: String) -> String { "f32_\(stem)_\(tileRows)x\(tileColumns)_\(suffix)" }
}

extension Int32 {
  fileprivate var asInt: Int { Int(self) }
}
