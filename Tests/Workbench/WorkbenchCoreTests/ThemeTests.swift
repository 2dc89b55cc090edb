import Foundation
import TerminalScreen
import Testing
import WorkbenchCore

@Suite struct ThemeTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Themes").path

  @Test(arguments: ["dark", "light", "high-contrast", "sixteen"])
  func shippedThemesAreComplete(name: String) throws {
    let theme = try Theme.named(name, in: [Self.folder])
    #expect(theme.name == name)
    #expect(theme.style(.accent) != theme.style(.text))
    #expect(theme.pixel(.positive) != theme.pixel(.negative))
    let text = try String(contentsOfFile: "\(Self.folder)/\(name).toml", encoding: .utf8)
    for role in Theme.Role.allCases { #expect(text.contains("\n\(role.rawValue) = "), "\(role)") }
    for overlay in Theme.Overlay.allCases { #expect(text.contains("\n\(overlay.rawValue) = "), "\(overlay)") }
  }

  @Test func sixteenUsesThePaletteOnly() throws {
    let theme = try Theme.named("sixteen", in: [Self.folder])
    for role in Theme.Role.allCases {
      for color in [theme.style(role).foreground, theme.style(role).background] {
        switch color {
        case .standard: break
        case .indexed(let index): #expect(index < 16)
        case .rgb: Issue.record("\(role) has a 24-bit colour")
        }
      }
    }
  }

  @Test func withoutColorThereIsNone() throws {
    let theme = try Theme.named("dark", in: [Self.folder]).withoutColor
    for role in Theme.Role.allCases {
      #expect(theme.style(role).foreground == .standard && theme.style(role).background == .standard)
    }
    #expect(theme.style(.selection).reverse)
    #expect(theme.style(.dim).dim)
  }

  @Test func anUnknownNameListsTheKnown() {
    #expect(
      throws: WorkbenchError.unknownTheme(name: "pink", known: ["dark", "high-contrast", "light", "sixteen"])
    ) {
      try Theme.named("pink", in: [Self.folder])
    }
  }

  @Test(arguments: [
    ("[text]\nacent = \"red\"\n", 2, "text.acent"),
    ("[text]\naccent = \"reddish\"\n", 2, "text.accent"),
    ("[picture]\n\nmask = \"red\"\n", 3, "picture.mask"),
    ("[picture]\nmask-opacity = 2\n", 2, "picture.mask-opacity"),
    ("[fonts]\n", 1, "fonts"),
  ])
  func errorsNameTheLine(text: String, line: Int, key: String) {
    #expect {
      try Theme(text: text, name: "t", path: "t.toml")
    } throws: { error in
      guard case .setting("t.toml", line, key, _)? = error as? WorkbenchError else { return false }
      return true
    }
  }

  @Test func parsesStyles() throws {
    let theme = try Theme(text: "[text]\nkey = \"#102030 on 4 bold underline\"\n", name: "t", path: "t.toml")
    #expect(
      theme.style(.key)
        == Style(
          foreground: .rgb(red: 16, green: 32, blue: 48), background: .indexed(4), bold: true, underline: true
        ))
  }
}
