extension Form<String> {
  /// Any text; a number or a word such as `true` stands for its own characters.
  package static var text: Form {
    Form("text", acceptsQuotes: true) { .value($0) }
  }

  /// One of a few words, written exactly so.
  package static func choice(among words: [String]) -> Form {
    let shown = quoted(words, atMost: 12)
    return Form(words.count == 1 ? shown : "one of \(shown)", acceptsQuotes: true) { text in
      words.contains(text) ? .value(text) : .refused(hint: suggestion(for: text, among: words))
    }
  }
}

extension Form<Bool> {
  /// `true` or `false`, and none of the other words YAML once took for them.
  package static var boolean: Form {
    Form("true or false") { text in
      switch text {
      case "true": .value(true)
      case "false": .value(false)
      default:
        switch text.lowercased() {
        case "yes", "y", "on", "true", "1": .refused(hint: "; write true")
        case "no", "n", "off", "false", "0": .refused(hint: "; write false")
        default: .refused(hint: suggestion(for: text, among: ["true", "false"]))
        }
      }
    }
  }
}
