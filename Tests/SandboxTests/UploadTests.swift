import Testing

@testable import Sandbox

@Suite struct UploadTests {
  let sandbox = TestDesk()

  private func status(_ form: String, _ contentType: String? = "multipart/form-data; boundary=B") -> Int {
    sandbox.wait(1000)
    return sandbox.send(form: form, to: "/v1/collections/7/import", contentType: contentType).status
  }

  @Test func theFileIsFoundBetweenItsBoundaries() {
    let plain = form("item\na")
    #expect(status(plain) == 200)
    #expect(status(plain, "Multipart/Form-Data; charset=utf-8; boundary=\"B\"") == 200)
    #expect(status(String(plain.dropLast())) == 200)
    // Half a boundary inside the file belongs to the file.
    #expect(status(form("item\n\"a\r\n--\r\n-B\r\n\r\r\n\"")) == 200)
  }

  @Test(arguments: [
    nil, "", "text/csv", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=B",
    "multipart/form-data; boundary=C",
  ])
  func aContentTypeWithoutTheBoundaryIsRefused(contentType: String?) {
    #expect(status(form("item\na"), contentType) == 400)
  }

  @Test func anotherFieldOrMoreThanOnePartIsRefused() {
    #expect(sandbox.upload("/v1/collections/7/import", "item\na", field: "file").status == 400)
    let plain = form("item\na")
    #expect(status(plain.replacing("--B--\r\n", with: plain)) == 400)
    #expect(status(plain.replacing("form-data", with: "attachment")) == 400)
  }

  @Test func aFileMayComeAsThePlainFieldOfAnSDK() {
    #expect(status(form("item\na").replacing("; filename=\"a.csv\"", with: "")) == 200)
  }

  @Test func everyFormThatIsCutShortIsRefused() {
    let plain = Array(form("item\na").utf8)
    for length in 0..<(plain.count - 2) {
      #expect(status(String(decoding: plain[..<length], as: UTF8.self)) == 400, "\(length) bytes")
    }
    #expect(status(form("item\na") + "more") == 400)
    #expect(status("preamble\r\n" + form("item\na")) == 400)
  }

  @Test func headersOfAPartAreBounded() {
    let long = String(repeating: "x", count: 17 << 10)
    #expect(status(form("item\na").replacing("text/csv", with: long)) == 400)
    for padding in (16 << 10) - 160...(16 << 10) {
      let form = form("item\na").replacing("text/csv", with: String(repeating: "x", count: padding))
      #expect([200, 400].contains(status(form)))
    }
  }

  @Test func quotedFilenamesMayHoldSemicolons() {
    let (value, parameters) = HeaderParameters.read("Form-Data; name=\"upFile\"; FileName=\"a;\\\"b.csv\" ; name=x")
    #expect(value == "form-data")
    #expect(parameters == ["name": "upFile", "filename": "a;\"b.csv"])
  }
}
