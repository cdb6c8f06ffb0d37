/// The imports a job file can name.
///
/// Adding one is a value in its entity's file and a line here.
package let importEndpoints: [ImportEndpoint] = [
  .audienceMembers,
  .catalogSync,
  .collectionImport,
  .couponsImport,
  .eventsTrack,
  .pointsAdd,
  .profilesUpdate,
  .reservationsCreate,
  .reservationsDelete,
  .sessionsUpdate,
]

extension ImportEndpoint {
  /// The endpoint a job's `target` names.
  package static func named(_ name: String) -> ImportEndpoint? {
    importEndpoints.first { $0.name == name }
  }
}
