import ArgumentParser
import TerminalGraphics

/// Ways to show pictures that the user can ask for.
enum GraphicsChoice: String, CaseIterable, ExpressibleByArgument {
  case automatic = "auto"
  case kitty
  case iterm2
  case sixel
  case halfBlocks = "half-blocks"

  /// The choice of a protocol.
  init(_ graphicsProtocol: GraphicsProtocol) {
    switch graphicsProtocol {
    case .kitty: self = .kitty
    case .iterm2: self = .iterm2
    case .sixel: self = .sixel
    case .half: self = .halfBlocks
    }
  }

  /// The protocol; nil leaves the choice to the terminal's answers.
  var graphicsProtocol: GraphicsProtocol? {
    switch self {
    case .automatic: nil
    case .kitty: .kitty
    case .iterm2: .iterm2
    case .sixel: .sixel
    case .halfBlocks: .half
    }
  }
}

/// How the workbench looks.
struct DisplayOptions: ParsableArguments {
  @Option(help: "Colours: dark, light, high-contrast, sixteen, or one of your own.")
  var theme: String?

  @Option(help: "How pictures are shown.")
  var graphics: GraphicsChoice?

  @OptionGroup var threads: ThreadsOption

}
