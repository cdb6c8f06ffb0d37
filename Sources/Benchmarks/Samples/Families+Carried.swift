extension Family {
  static let nights = [
    Family(
      code: "TNT", category: "Camping > Tents", kinds: ["tunnel tent", "dome tent", "ridge tent"],
      sizes: [1, 2, 3, 4, 6], euros: 149...799, worn: false,
      features: [
        "pitches outer first", "two porches", "stands up to a Scottish summer", "3000 mm groundsheet",
        "poles marked by colour", "aufgebaut in 6 Minuten", "repair sleeve included",
      ]),
    Family(
      code: "SLB", category: "Camping > Sleeping bags",
      kinds: ["down sleeping bag", "synthetic sleeping bag", "quilt"],
      sizes: [170, 185, 200, 215], euros: 89...529, worn: false,
      features: [
        "comfort to −3 °C", "comfort to 5 °C", "650 fill down", "responsible down", "zips to its twin",
        "draught collar", "sac de compression inclus",
      ]),
    Family(
      code: "MAT", category: "Camping > Sleeping mats", kinds: ["inflatable mat", "foam mat"],
      sizes: [120, 168, 183, 196], euros: 24...229, worn: false,
      features: [
        "R-value 4.2", "pump sack included", "quiet when you turn", "no pump needed", "patches in the stuff sack",
      ]),
    Family(
      code: "CKG", category: "Camping > Kitchen", kinds: ["gas stove", "enamel mug", "pot set", "spork"],
      sizes: [], euros: 6...99, worn: false,
      features: [
        "boils a litre in 3 min", "nests with the pot", "folds flat", "dishwasher safe", "emaillierter Stahl",
      ]),
  ]

  static let tours = [
    Family(
      code: "BPK", category: "Packs > Backpacks", kinds: ["daypack", "trekking pack", "ski touring pack"],
      sizes: [18, 24, 28, 35, 45, 55, 65, 75], euros: 59...319, worn: false,
      features: [
        "adjustable back", "rain cover in the lid", "fits a 3 l bladder", "loops for poles and axes",
        "hip belt with two pockets", "espalda ventilada", "stands by itself",
      ]),
    Family(
      code: "POL", category: "Hiking > Poles", kinds: ["trekking poles", "folding poles"],
      sizes: [100, 105, 110, 115, 120, 125, 130, 135], euros: 39...189, worn: false,
      features: [
        "cork grip", "carbon, 380 g a pair", "tips can be replaced", "snow baskets included", "locks with gloves on",
      ]),
    Family(
      code: "MTB", category: "Cycling > Bikes",
      kinds: [#"27.5" hardtail"#, #"29" trail bike"#, "gravel bike"],
      sizes: [38, 41, 44, 47, 50, 53], euros: 899...3899, worn: false,
      features: [
        "12 gears", "dropper post", "internal cables", "room for mudguards", "geliefert zu 95 % montiert",
      ]),
    Family(
      code: "LMP", category: "Hiking > Lamps", kinds: ["head torch", "camp lantern"],
      sizes: [], euros: 19...149, worn: false,
      features: [
        "400 lumens", "red light for the hut", "USB-C", "IPX4", "lasts a night on low", "Gewicht: 86 g",
      ]),
    Family(
      code: "BTL", category: "Hiking > Bottles", kinds: ["steel bottle", "soft flask", "vacuum flask"],
      sizes: [], euros: 12...49, worn: false,
      features: [
        "0.75 l", "keeps tea hot for 12 h", "fits a cup holder", "no taste of plastic", "garantie à vie",
      ]),
  ]
}
