import TerminalScreen
import Testing
import WorkbenchCore

@Suite struct SettingsTests {
  @Test func readsEverything() throws {
    let settings = try Settings(
      text: """
        theme = "light"
        graphics = "half-blocks"
        threads = 2
        model = "squeeze"
        [keys]
        undo = ["Q", "ctrl-u"]
        save = "f2"
        """, path: "s.toml")
    #expect(settings.theme == "light")
    #expect(settings.graphics == "half-blocks")
    #expect(settings.threads == 2)
    #expect(settings.model == "squeeze")
    #expect(settings.keys["undo"] == [.character("Q"), .character("u", .control)])
    #expect(settings.keys["save"] == [Key(.function(2))])
  }

  @Test(arguments: [
    ("theme = \"dark\"\ncolour = 1\n", 2, "colour"),
    ("\nthreads = \"many\"\n", 2, "threads"),
    ("threads = 0\n", 1, "threads"),
    ("theme = 3", 1, "theme"),
    ("[keys]\n\nfly = \"f\"\n", 3, "keys.fly"),
    ("[keys]\nundo = [\"u\", \"hyper-x\"]\n", 2, "keys.undo"),
    ("[keys]\nundo = 5\n", 2, "keys.undo"),
    ("# keys\n[keys]\nundo = \"s\"\n", 3, "keys.undo"),
    ("keys = 1\n", 1, "keys"),
  ])
  func errorsNameTheLine(text: String, line: Int, key: String) {
    #expect {
      try Settings(text: text, path: "s.toml")
    } throws: { error in
      guard case .setting("s.toml", line, key, _)? = error as? WorkbenchError else { return false }
      return "\(error)".hasPrefix("s.toml:\(line): \(key): ")
    }
  }

  @Test(arguments: [
    ("theme = \n", 1), ("theme = \"dark\"\n[keys\n", 2), ("theme = \"dark\"\n[é]\n", 2), ("[ ,]\n", 1),
    ("[keys]\nundo = [}\n", 2), ("[keys]\nundo = [\"u\", # and\n  }\n", 3), ("theme = \"a\0b\"\n", 1),
  ])
  func syntaxErrorsNameTheLine(text: String, line: Int) {
    #expect {
      try Settings(text: text, path: "s.toml")
    } throws: { error in
      guard case .syntax("s.toml", let found, _)? = error as? WorkbenchError else { return false }
      return found == line
    }
  }

  @Test func findsItsFile() {
    #expect(
      Settings.path(environment: ["XDG_CONFIG_HOME": "/x", "HOME": "/h"]) == "/x/vignette/settings.toml")
    #expect(Settings.path(environment: ["HOME": "/h"]) == "/h/.config/vignette/settings.toml")
  }
}
