import Records

private let semicolon = CSVDialect(delimiter: UInt8(ascii: ";"))
private let tab = CSVDialect(delimiter: UInt8(ascii: "\t"))
private let apostrophe = CSVDialect(quote: UInt8(ascii: "'"))
private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

extension DecodingCase {
  static let csv = wellFormed + quoted + dialects + ragged + broken + notText + overlong

  private static let wellFormed: [DecodingCase] = [
    DecodingCase("plain", "a,b\nc,d\n", [.row(line: 1, ["a", "b"]), .row(line: 2, ["c", "d"])]),
    DecodingCase("carriage returns", "a,b\r\nc,d\r\n", [.row(line: 1, ["a", "b"]), .row(line: 2, ["c", "d"])]),
    DecodingCase(
      "mixed line ends", "a\r\nb\nc\r\n", [.row(line: 1, ["a"]), .row(line: 2, ["b"]), .row(line: 3, ["c"])]),
    DecodingCase("no last line end", "a,b\nc,d", [.row(line: 1, ["a", "b"]), .row(line: 2, ["c", "d"])]),
    DecodingCase("last line ends in CR", "a,b\nc,d\r", [.row(line: 1, ["a", "b"]), .row(line: 2, ["c", "d"])]),
    DecodingCase("CR inside a field", "a\rb,c\n", [.row(line: 1, ["a\rb", "c"])]),
    DecodingCase("two CRs at the end", "a\r\r\n", [.row(line: 1, ["a\r"])]),
    DecodingCase(
      "byte order mark", [0xEF, 0xBB, 0xBF] + text("a,b\nc,d\n"),
      [.row(line: 1, ["a", "b"]), .row(line: 2, ["c", "d"])]),
    DecodingCase("mark before a quote", [0xEF, 0xBB, 0xBF] + text("\"a\",b\n"), [.row(line: 1, ["a", "b"])]),
    DecodingCase("only a mark", [0xEF, 0xBB, 0xBF], []),
    DecodingCase(
      "a mark not at the start is text", text("a\n") + [0xEF, 0xBB, 0xBF] + text("b\n"),
      [.row(line: 1, ["a"]), .row(line: 2, ["\u{FEFF}b"])]),
    DecodingCase("nothing", "", []),
    DecodingCase("only line ends", "\n\r\n\n", []),
    DecodingCase("blank lines", "\na\n\n\r\nb\n\n", [.row(line: 2, ["a"]), .row(line: 5, ["b"])]),
    DecodingCase(
      "empty fields", ",\n,,\na,\n,b\n",
      [.row(line: 1, ["", ""]), .row(line: 2, ["", "", ""]), .row(line: 3, ["a", ""]), .row(line: 4, ["", "b"])]),
    DecodingCase("delimiter at the end of the file", "a,", [.row(line: 1, ["a", ""])]),
    DecodingCase("spaces are content", " a , b \n  \n", [.row(line: 1, [" a ", " b "]), .row(line: 2, ["  "])]),
    DecodingCase("one byte", "a", [.row(line: 1, ["a"])]),
    DecodingCase("two bytes", "é", [.row(line: 1, ["é"])]),
    DecodingCase("every length of a sequence", "é,€,😀\n", [.row(line: 1, ["é", "€", "😀"])]),
    DecodingCase("field longer than words", "0123456789abcdef0,x\n", [.row(line: 1, ["0123456789abcdef0", "x"])]),
  ]

  private static let quoted: [DecodingCase] = [
    DecodingCase("quoted", "\"a\",\"b\"\n", [.row(line: 1, ["a", "b"])]),
    DecodingCase(
      "quoted, carriage returns", "\"a\",\"b\"\r\n\"c\",d\r\n",
      [.row(line: 1, ["a", "b"]), .row(line: 2, ["c", "d"])]),
    DecodingCase("quoted, no line end", "\"a\",\"b\"", [.row(line: 1, ["a", "b"])]),
    DecodingCase("quoted, ends in CR", "\"a\",\"b\"\r", [.row(line: 1, ["a", "b"])]),
    DecodingCase("quoted delimiter", "\"a,b\",c\n", [.row(line: 1, ["a,b", "c"])]),
    DecodingCase(
      "quoted line feeds", "\"a\nb\n\nc\",d\ne,f\n", [.row(line: 1, ["a\nb\n\nc", "d"]), .row(line: 5, ["e", "f"])]),
    DecodingCase(
      "quoted CRLF", "\"a\r\nb\",d\r\ne,f\r\n", [.row(line: 1, ["a\r\nb", "d"]), .row(line: 3, ["e", "f"])]),
    DecodingCase("doubled quotes", "\"a\"\"b\",\"\"\"\"\n", [.row(line: 1, ["a\"b", "\""])]),
    DecodingCase("only doubled quotes", "\"\"\"\"\"\"\n", [.row(line: 1, ["\"\""])]),
    DecodingCase("empty quotes", "\"\",\"\"\n", [.row(line: 1, ["", ""])]),
    DecodingCase("a line of empty quotes is a record", "\"\"\nb\n", [.row(line: 1, [""]), .row(line: 2, ["b"])]),
    DecodingCase("empty quotes at the end", "\"\"", [.row(line: 1, [""])]),
    DecodingCase(
      "quote inside an unquoted field", "a\"b,5\"\nc,\n", [.row(line: 1, ["a\"b", "5\""]), .row(line: 2, ["c", ""])]),
    DecodingCase("quote after a space", " \"a\",b\n", [.row(line: 1, [" \"a\"", "b"])]),
    DecodingCase(
      "quoted text longer than words", "\"0123456789abcdef\"\"ghijklmno\npqrst\"\nx\n",
      [.row(line: 1, ["0123456789abcdef\"ghijklmno\npqrst"]), .row(line: 3, ["x"])]),
  ]

  private static let dialects: [DecodingCase] = [
    DecodingCase(
      "semicolons", "a;b,c\n\"d;e\";f\n", [.row(line: 1, ["a", "b,c"]), .row(line: 2, ["d;e", "f"])], dialect: semicolon
    ),
    DecodingCase(
      "tabs", "a\tb c\n\"d\te\"\t\n", [.row(line: 1, ["a", "b c"]), .row(line: 2, ["d\te", ""])], dialect: tab),
    DecodingCase(
      "apostrophes", "'a,b','it''s'\n\"c,d\"\n", [.row(line: 1, ["a,b", "it's"]), .row(line: 2, ["\"c", "d\""])],
      dialect: apostrophe),
    DecodingCase(
      "no header line", "a,b\nc\n",
      [.row(line: 1, ["a", "b"]), .bad(line: 2, .fieldCount(found: 1, expected: 2), byte: 4)],
      dialect: CSVDialect(columns: ["x", "y"])),
  ]

  private static let ragged: [DecodingCase] = [
    DecodingCase("only a header", "a,b\n", [], hasHeader: true),
    DecodingCase("only a header, no line end", "a,b", [], hasHeader: true),
    DecodingCase(
      "too short and too long", "x,y\na\na,b\na,b,c\nd,e\n",
      [
        .bad(line: 2, .fieldCount(found: 1, expected: 2), byte: 4), .row(line: 3, ["a", "b"]),
        .bad(line: 4, .fieldCount(found: 3, expected: 2), byte: 10), .row(line: 5, ["d", "e"]),
      ], hasHeader: true),
    DecodingCase(
      "blank line in one column", "x\n\n\"\"\na\n", [.row(line: 3, [""]), .row(line: 4, ["a"])], hasHeader: true),
    DecodingCase(
      "header over two lines", "\"x\ny\",z\na\n1,2\n",
      [.bad(line: 3, .fieldCount(found: 1, expected: 2), byte: 8), .row(line: 4, ["1", "2"])], hasHeader: true),
  ]

  private static let broken: [DecodingCase] = [
    DecodingCase(
      "unclosed quote loses one line", "a,b\n\"c,d\ne,f\ng,h\n",
      [
        .row(line: 1, ["a", "b"]), .bad(line: 2, .unclosedQuote, byte: 4), .row(line: 3, ["e", "f"]),
        .row(line: 4, ["g", "h"]),
      ]),
    DecodingCase(
      "unclosed quote in the last field", "a,\"b\nc,d",
      [.bad(line: 1, .unclosedQuote, byte: 2), .row(line: 2, ["c", "d"])]),
    DecodingCase(
      "unclosed quote at the very end", "a\n\"", [.row(line: 1, ["a"]), .bad(line: 2, .unclosedQuote, byte: 2)]),
    DecodingCase(
      "unclosed after a doubled quote", "\"a\"\"\nb\n", [.bad(line: 1, .unclosedQuote, byte: 0), .row(line: 2, ["b"])]),
    DecodingCase(
      "two unclosed quotes close each other", "\"a\nb\"\nc\n", [.row(line: 1, ["a\nb"]), .row(line: 3, ["c"])]),
    DecodingCase(
      "stray byte after a closing quote", "\"a\"b,c\nd,e\n",
      [.bad(line: 1, .strayAfterQuote, byte: 3), .row(line: 2, ["d", "e"])]),
    DecodingCase(
      "space after a closing quote", "a,\"b\" ,c\nd\n",
      [.bad(line: 1, .strayAfterQuote, byte: 5), .row(line: 2, ["d"])]),
    DecodingCase(
      "stray byte on the second line of a field", "\"a\nb\"c\nd\n",
      [.bad(line: 1, .strayAfterQuote, byte: 5), .row(line: 3, ["d"])]),
    DecodingCase(
      "CR after a closing quote", "\"a\"\rb\nc\n", [.bad(line: 1, .strayAfterQuote, byte: 3), .row(line: 2, ["c"])]),
    DecodingCase(
      "stray byte at the end", "a\n\"b\"c", [.row(line: 1, ["a"]), .bad(line: 2, .strayAfterQuote, byte: 5)]),
    DecodingCase(
      "4096 fields", text(String(repeating: ",", count: 4095) + "\na\n"),
      [.row(line: 1, [String](repeating: "", count: 4096)), .row(line: 2, ["a"])]),
    DecodingCase(
      "4097 fields", text(String(repeating: ",", count: 4096) + "\na\n"),
      [.bad(line: 1, .tooManyFields(limit: 4096), byte: 4096), .row(line: 2, ["a"])]),
  ]

  private static let notText: [DecodingCase] = [
    DecodingCase("NUL", [0x61, 0, 0x62, 0x0A] + text("c\n"), [.bad(line: 1, .nul, byte: 1), .row(line: 2, ["c"])]),
    DecodingCase(
      "NUL in quotes", text("x,\"y\n") + [0] + text("\"\nc\n"), [.bad(line: 1, .nul, byte: 5), .row(line: 3, ["c"])]),
    DecodingCase("byte 1 is no NUL", [0x61, 1, 0x62, 0x0A], [.row(line: 1, ["a\u{1}b"])]),
    DecodingCase(
      "overlong form", text("ab,") + [0xC0, 0x80] + text("\nc\n"),
      [.bad(line: 1, .invalidUTF8, byte: 3), .row(line: 2, ["c"])]),
    DecodingCase(
      "overlong form of three bytes", [0xE0, 0x9F, 0xBF] + text("\nc\n"),
      [.bad(line: 1, .invalidUTF8, byte: 0), .row(line: 2, ["c"])]),
    DecodingCase(
      "overlong form of four bytes", [0xF0, 0x8F, 0xBF, 0xBF] + text("\nc\n"),
      [.bad(line: 1, .invalidUTF8, byte: 0), .row(line: 2, ["c"])]),
    DecodingCase(
      "surrogate", text("é") + [0xED, 0xA0, 0x80] + text("\nc\n"),
      [.bad(line: 1, .invalidUTF8, byte: 2), .row(line: 2, ["c"])]),
    DecodingCase(
      "truncated sequence", text("a") + [0xE2, 0x82] + text("\nc\n"),
      [.bad(line: 1, .invalidUTF8, byte: 1), .row(line: 2, ["c"])]),
    DecodingCase(
      "truncated at the end of the file", text("a\nb") + [0xF0, 0x9F, 0x98],
      [.row(line: 1, ["a"]), .bad(line: 2, .invalidUTF8, byte: 3)]),
    DecodingCase(
      "truncated before a quote", text("\"") + [0xC3] + text("\"\nc\n"),
      [.bad(line: 1, .invalidUTF8, byte: 1), .row(line: 2, ["c"])]),
    DecodingCase(
      "lone continuation byte", [0x80] + text("\nc\n"), [.bad(line: 1, .invalidUTF8, byte: 0), .row(line: 2, ["c"])]),
    DecodingCase(
      "Latin-1", text("caf") + [0xE9] + text(",x\nc\n"), [.bad(line: 1, .invalidUTF8, byte: 3), .row(line: 2, ["c"])]),
    DecodingCase(
      "above U+10FFFF", [0xF4, 0x90, 0x80, 0x80] + text("\nc\n"),
      [.bad(line: 1, .invalidUTF8, byte: 0), .row(line: 2, ["c"])]),
    DecodingCase(
      "0xF5", [0xF5, 0x80, 0x80, 0x80] + text("\nc\n"), [.bad(line: 1, .invalidUTF8, byte: 0), .row(line: 2, ["c"])]),
    DecodingCase(
      "invalid UTF-8 wins over the field count", text("x\n,") + [0xFF] + text("\n"),
      [.bad(line: 2, .invalidUTF8, byte: 3)], hasHeader: true),
  ]

  private static let overlong: [DecodingCase] = [
    DecodingCase("just short enough", "1234567\nb\n", [.row(line: 1, ["1234567"]), .row(line: 2, ["b"])], limit: 8),
    DecodingCase(
      "one byte too long", "12345678\nb\n", [.bad(line: 1, .tooLong(limit: 8), byte: 0), .row(line: 2, ["b"])], limit: 8
    ),
    DecodingCase(
      "far too long", "a\n1234567890123456789012345\nb\nc\n",
      [.row(line: 1, ["a"]), .bad(line: 2, .tooLong(limit: 8), byte: 2), .row(line: 3, ["b"]), .row(line: 4, ["c"])],
      limit: 8),
    DecodingCase(
      "too long at the end", "b\n1234567890123", [.row(line: 1, ["b"]), .bad(line: 2, .tooLong(limit: 8), byte: 2)],
      limit: 8),
    DecodingCase(
      "just short enough at the end", "b\n1234567", [.row(line: 1, ["b"]), .row(line: 2, ["1234567"])], limit: 8),
    DecodingCase(
      "too long by its missing line end", "b\n12345678",
      [.row(line: 1, ["b"]), .bad(line: 2, .tooLong(limit: 8), byte: 2)], limit: 8),
    DecodingCase(
      "too long in quotes loses one line", "\"ab\ncdefgh\nijkl\"\nx\n",
      [
        .bad(line: 1, .tooLong(limit: 8), byte: 0), .row(line: 2, ["cdefgh"]), .row(line: 3, ["ijkl\""]),
        .row(line: 4, ["x"]),
      ], limit: 8),
    DecodingCase(
      "unclosed beyond the limit", "\"a\nb\nc\nd\ne\nf\ng\n",
      [
        .bad(line: 1, .tooLong(limit: 8), byte: 0), .row(line: 2, ["b"]), .row(line: 3, ["c"]), .row(line: 4, ["d"]),
        .row(line: 5, ["e"]), .row(line: 6, ["f"]), .row(line: 7, ["g"]),
      ], limit: 8),
    DecodingCase(
      "first quoted line too long", "\"abcdefghijkl\nx\"\nb\n",
      [.bad(line: 1, .tooLong(limit: 8), byte: 0), .row(line: 2, ["x\""]), .row(line: 3, ["b"])], limit: 8),
    DecodingCase(
      "too long after a quoted line feed", "\"a\nb\",cdefghi\nb\n",
      [.bad(line: 1, .tooLong(limit: 8), byte: 0), .row(line: 3, ["b"])], limit: 8),
    DecodingCase(
      "stray byte, then too long", "\"a\"b4567890123\nb\n",
      [.bad(line: 1, .strayAfterQuote, byte: 3), .row(line: 2, ["b"])], limit: 8),
  ]
}
