import TerminalScreen

/// Colours by what they are for.
public struct Theme: Equatable, Sendable {
  /// What a text is for.
  public enum Role: String, CaseIterable, Sendable {
    case text
    /// Labels, units, things that need no attention.
    case dim
    case rule
    case title
    /// The title of the pane that has the keyboard.
    case focus
    /// The one colour that draws the eye.
    case accent
    case selection
    /// Bars behind text that show how large its number is.
    case heat
    case key
    case positive
    case negative
    case warning
    case error
    /// Behind and around the picture.
    case backdrop
    case popup
  }

  /// What a mark on the picture is for.
  public enum Overlay: String, CaseIterable, Sendable {
    case mask
    case outline
    case positive
    case negative
    case crosshair
    case box
    /// The dark border that keeps marks legible on any picture.
    case edge
    case backdrop
  }

  /// A colour of a mark on the picture, in sRGB.
  public struct Pixel: Hashable, Sendable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8
    public init(red: UInt8, green: UInt8, blue: UInt8) {
      self.red = red
      self.green = green
      self.blue = blue
    }
  }

  public var name: String
  var styles: [Role: Style]
  var overlays: [Overlay: Pixel]
  /// How much of the mask's colour is mixed into the picture, 0 to 1.
  public var maskOpacity: Double

  /// The terminal's own colours, for want of any theme file.
  public static let plain = Theme(
    name: "plain",
    styles: [
      .dim: Style(dim: true), .rule: Style(dim: true), .key: Style(bold: true),
      .title: Style(dim: true), .focus: Style(bold: true), .accent: Style(bold: true),
      .selection: Style(reverse: true), .heat: Style(underline: true), .warning: Style(bold: true),
      .error: Style(bold: true),
    ],
    overlays: [
      .mask: Pixel(red: 64, green: 160, blue: 255), .outline: Pixel(red: 255, green: 255, blue: 255),
      .positive: Pixel(red: 64, green: 200, blue: 96), .negative: Pixel(red: 240, green: 64, blue: 64),
      .crosshair: Pixel(red: 255, green: 224, blue: 64), .box: Pixel(red: 255, green: 224, blue: 64),
    ],
    maskOpacity: 0.4)

  /// The style of a text; without a background of its own it stands on that of `text`.
  public func style(_ role: Role) -> Style {
    var style = styles[role] ?? .plain
    if style.background == .standard, let ground = styles[.text]?.background { style.background = ground }
    return style
  }

  /// The colour of a mark on the picture.
  public func pixel(_ overlay: Overlay) -> Pixel { overlays[overlay] ?? Pixel(red: 0, green: 0, blue: 0) }

  /// The same theme without colours of text, as `NO_COLOR` asks; bold, dim and reverse keep the roles apart.
  public var withoutColor: Theme {
    var theme = self
    for (role, style) in styles {
      theme.styles[role] = Style(
        bold: style.bold, dim: style.dim, underline: style.underline, reverse: style.reverse)
    }
    for role in [Role.dim, .rule] { theme.styles[role, default: .plain].dim = true }
    for role in [Role.focus, .accent, .key, .warning, .error] {
      theme.styles[role, default: .plain].bold = true
    }
    theme.styles[.selection] = Style(reverse: true)
    theme.styles[.heat] = Style(underline: true)
    return theme
  }
}
