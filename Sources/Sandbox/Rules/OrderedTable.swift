/// Values found by key and listed in the order in which their keys first came.
struct OrderedTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private var slots: [Value?] = []
  private var places: [Key: Int] = [:]

  var count: Int { places.count }

  func contains(_ key: Key) -> Bool { places[key] != nil }

  subscript(key: Key) -> Value? {
    get {
      guard let place = places[key] else { return nil }
      return slots[place]
    }
    set {
      switch (places[key], newValue) {
      case (let place?, let value?): slots[place] = value
      case (nil, let value?):
        places[key] = slots.count
        slots.append(value)
      case (let place?, nil):
        places[key] = nil
        slots[place] = nil
        compactWhenHalfEmpty()
      case (nil, nil): break
      }
    }
  }

  /// Up to `limit` values, after skipping `skip` of them, and whether more would follow.
  ///
  /// Without holes the page begins at its place at once; a condition has to look at every value before it.
  func page(skip: Int, limit: Int, where passes: ((Value) -> Bool)? = nil) -> (values: [Value], hasMore: Bool) {
    if passes == nil, slots.count == places.count {
      let rest = slots.dropFirst(skip)
      return (rest.prefix(limit).compactMap(\.self), rest.count > limit)
    }
    var values: [Value] = []
    var left = skip
    for case let value? in slots where passes?(value) ?? true {
      if left > 0 {
        left -= 1
      } else if values.count == limit {
        return (values, true)
      } else {
        values.append(value)
      }
    }
    return (values, false)
  }

  func count(where passes: (Value) -> Bool) -> Int { slots.count { $0.map(passes) ?? false } }

  /// Changes every value that passes.
  mutating func update(where passes: (Value) -> Bool, _ change: (inout Value) -> Void) -> Int {
    var changed = 0
    for place in slots.indices {
      guard var value = slots[place], passes(value) else { continue }
      slots[place] = nil
      change(&value)
      slots[place] = value
      changed += 1
    }
    return changed
  }

  /// Removes every key whose value passes.
  mutating func removeAll(where passes: (Value) -> Bool) -> Int {
    let doomed = places.filter { _, place in slots[place].map(passes) ?? false }
    for (key, place) in doomed {
      places[key] = nil
      slots[place] = nil
    }
    compactWhenHalfEmpty()
    return doomed.count
  }

  private mutating func compactWhenHalfEmpty() {
    guard slots.count > 64, places.count * 2 < slots.count else { return }
    var moved: [Int: Int] = [:]
    var full: [Value?] = []
    for (place, slot) in slots.enumerated() where slot != nil {
      moved[place] = full.count
      full.append(slot)
    }
    places = places.compactMapValues { moved[$0] }
    slots = full
  }
}
