/// libFuzzer's entry: where an NDJSON file is cut never changes its records, and what is a record is JSON.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let (settings, input) = unsafe FuzzedInput.split(UnsafeBufferPointer(start: start, count: count))
  let decoder = NDJSONDecoder(columns: ["a", "b.0", "b.c"], keepsRest: true)
  let whole = read(decoder, input, settings.limit, chunk: 1 << 18, capacity: 1 << 10)
  let cut = read(decoder, input, settings.limit, chunk: settings.chunk, capacity: 8, isValidating: true)
  if cut != whole { fatalError("the records depend on where the input is cut") }
  for line in whole where line.kind == .record {
    if JSONValue(line.bytes) == nil { fatalError("a record is not JSON") }
  }
  return 0
}
