import TerminalScreen

/// Rows whose columns stand under one another, for people; programs read JSON.
struct TextTable {
  /// Where a column's text stands.
  enum Alignment { case left, right }

  /// The columns, from the left.
  let columns: [(title: String, alignment: Alignment)]
  private var rows: [[String]]

  init(_ columns: [(title: String, alignment: Alignment)]) {
    self.columns = columns
    rows = [columns.map(\.title)]
  }

  /// Adds a row; its text may come from files.
  mutating func add(_ row: [String]) { rows.append(row.map { VisibleText.visible($0) }) }

  /// The title and the rows, each a line without blanks at its end.
  var lines: [String] {
    let widths = columns.indices.map { column in rows.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
    return rows.map { row in
      let cells = columns.indices.map { column in
        let blanks = String(repeating: " ", count: widths[column] - DisplayWidth.of(row[column]))
        return columns[column].alignment == .left ? row[column] + blanks : blanks + row[column]
      }
      let line = cells.joined(separator: "  ")
      return String(line[...(line.lastIndex { $0 != " " } ?? line.startIndex)])
    }
  }
}
