extension Family {
  static let feet = [
    Family(
      code: "TRS", category: "Footwear > Trail running", kinds: ["trail running shoe", "fell running shoe"],
      sizes: Array(36...48), euros: 89...179, worn: true,
      features: [
        "4 mm drop", "lugs that shed mud", "rock plate under the forefoot", "mesh that drains fast",
        "Passform für breite Füße", "holds on wet rock", "runs half a size small",
      ]),
    Family(
      code: "HBT", category: "Footwear > Hiking",
      kinds: ["hiking boot", "mid hiking boot", "leather hiking boot"],
      sizes: Array(36...49), euros: 119...289, worn: true,
      features: [
        "nubuck leather, 2.4 mm", "can be resoled", "waterproof lining", "for long days with a heavy pack",
        "Außenmaterial aus Leder", "stiff enough for crampons", "wide toe box",
      ]),
    Family(
      code: "SKI", category: "Footwear > Ski boots", kinds: ["touring ski boot", "ski boot"],
      sizes: Array(38...47), euros: 349...699, worn: true,
      features: [
        "flex 110", "60° walk mode", "heat-mouldable liner", "pin inserts front and back", "chaussant de 99 mm",
      ]),
  ]

  static let bodies = [
    Family(
      code: "RJK", category: "Clothing > Jackets",
      kinds: ["rain jacket", "hardshell jacket", "insulated jacket"],
      sizes: Array(stride(from: 34, through: 58, by: 2)), euros: 99...449, worn: true,
      features: [
        "taped seams", "hood fits over a helmet", "pit zips", "packs into its own pocket", "20 000 mm water column",
        "Kapuze mit Drahtschirm", "PFC-free finish", "respirante et imperméable",
      ]),
    Family(
      code: "FLC", category: "Clothing > Fleece", kinds: ["grid fleece", "fleece jacket", "fleece vest"],
      sizes: Array(stride(from: 34, through: 58, by: 2)), euros: 49...149, worn: true,
      features: [
        "dries overnight", "recycled polyester", "flat seams under pack straps", "warm when damp", "thumb loops",
        "½ zip", "waschbar bei 40 °C",
      ]),
    Family(
      code: "TRO", category: "Clothing > Trousers",
      kinds: ["walking trousers", "softshell trousers", "zip-off trousers"],
      sizes: Array(stride(from: 34, through: 56, by: 2)), euros: 59...189, worn: true,
      features: [
        "four-way stretch", "reinforced knees", "pocket for a map", "shaped for climbing steps", "UPF 50+",
        "elastischer Bund",
      ]),
    Family(
      code: "GLV", category: "Clothing > Gloves", kinds: ["liner glove", "ski glove", "cycling glove"],
      sizes: Array(6...11), euros: 19...129, worn: true,
      features: [
        "works on touch screens", "leather palm", "merino inside", "nose wipe on the thumb", "cuff over the sleeve",
      ]),
    Family(
      code: "HLM", category: "Cycling > Helmets", kinds: ["mountain bike helmet", "road helmet"],
      sizes: [52, 55, 58, 61], euros: 59...229, worn: true,
      features: ["18 vents", "washable pads", "light clips to the back", "nur 260 g", "magnetic buckle"]),
  ]
}
