package import Endpoints

/// Where the API is and how we may use it.
package struct Connection: Sendable {
  /// `https://example.europe-west1.talon.one`, without a path.
  package var url: String
  /// The value of the `Authorization` header for each API, as far as the job has a key for it.
  package var authorization: [API: String]
  /// A file of certificates to trust instead of the system's.
  package var certificates: String?
  /// The user agent, with the version.
  package var agent: String
  package var connectSeconds = 10

  package init(url: String, authorization: [API: String], certificates: String? = nil, agent: String) {
    self.url = url
    self.authorization = authorization
    self.certificates = certificates
    self.agent = agent
  }
}
