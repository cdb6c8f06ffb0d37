/// libFuzzer's entry: where a CSV file is cut never changes its records.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let (settings, input) = unsafe FuzzedInput.split(UnsafeBufferPointer(start: start, count: count))
  let dialect = CSVDialect(
    delimiter: settings.choice % 2 == 0 ? .comma : UInt8(ascii: ";"),
    quote: settings.choice % 4 < 2 ? .quote : UInt8(ascii: "'"))
  let whole = read(CSVDecoder(dialect), input, settings.limit, chunk: 1 << 18, capacity: 1 << 10)
  let cut = read(CSVDecoder(dialect), input, settings.limit, chunk: settings.chunk, capacity: 8, isValidating: true)
  if cut != whole { fatalError("the records depend on where the input is cut") }
  return 0
}
