/** What `make dictionary` learned; `dictionary.ts` says what it means. Written by a program: do not edit. */
import type { DictionaryData } from './dictionary.js'

// biome-ignore format: written by a program
export const DICTIONARY_DATA: DictionaryData = {
  "provenance": {
    "runsOfEach": 40,
    "soundRuns": 480,
    "seed": 10000000,
    "plan": "22e3a00ff77f0ab1",
    "faults": 130,
    "symptoms": 131
  },
  "symptoms": [
    "report layer/7/0/0.471",
    "report occupant/14/0/0.59",
    "serial.session */9/0/0.232",
    "serial.session octetsReceived/10/8/0.687",
    "serial.session cellsUnderstood/10/8/0.135",
    "serial.session ownCells/9/0/0.306",
    "serial.rate */9/0/0.01",
    "serial.rate unquiet/10/0/0.723",
    "serial.rate share/10/0/2.367",
    "serial.rate deviation/8/3/0.281",
    "serial.link/4/0/0.393",
    "serial.echo/4/0/0.009",
    "serial.round-trip */9/0/0.29",
    "serial.line-errors/4/0/0.159",
    "serial.line-errors boardHeaders of damaged/10/0/0.295",
    "serial.line-errors boardHeaders at the board/10/0/0.526",
    "serial.whole-run boardFraming/10/0/0.071",
    "serial.whole-run skipped/10/0/0.245",
    "serial.whole-run boardHeaders of damaged/10/0/0.825",
    "serial.whole-run boardHeaders at the board/10/0/0.781",
    "serial.whole-run boardPayloads/9/0/0.012",
    "serial.whole-run hostPayloads/9/0/0.288",
    "serial.quiet/4/0/0.188",
    "serial.error-rate/4/0/0.608",
    "serial.error-rate cells/9/6/0.091",
    "serial.restarts/4/0/0.463",
    "spi.clock/4/0/0.625",
    "spi.miso allOnes/10/0/0.309",
    "spi.miso allZeros/10/0/0.398",
    "spi.miso erevid/6/0/0.268",
    "spi.miso rightWhenSlow/14/0/0.72",
    "spi.bit-order mirrored/9/0/0.719",
    "spi.bit-order cleared/6/2/0.369",
    "spi.pins/4/0/0.442",
    "spi.pins */9/0/0.565",
    "spi.pins sck/9/0/0.734",
    "spi.pins mosi/9/0/0.701",
    "spi.pins cs/9/0/0.57",
    "spi.pins reset/9/0/0.431",
    "spi.pins intDriven/9/1/0.631",
    "spi.pins csPulled/9/1/0.459",
    "spi.pins sckMosi/9/0/0.434",
    "spi.pins sckMiso/9/0/0.334",
    "spi.pins sckCs/9/0/0.271",
    "spi.pins mosiMiso/9/0/0.333",
    "spi.by-hand */9/0/0.411",
    "spi.by-hand sckMosi/9/0/1.208",
    "spi.by-hand sckCs/9/0/1.106",
    "spi.by-hand mosiCs/9/0/0.718",
    "spi.by-hand sckMiso/9/0/1.108",
    "spi.by-hand mosiMiso/9/0/0.847",
    "spi.by-hand misoInt/9/0/0.393",
    "spi.zero-bit/4/0/0.476",
    "spi.interrupt-pin/4/0/0.533",
    "spi.interrupt-pin pending/9/0/0.143",
    "spi.memory wrong/10/0/0.363",
    "chip.clock/4/0/0.511",
    "chip.self-test otherPortRead/6/0/0.242",
    "chip.self-test rotatedRead/6/0/0.172",
    "chip.self-test wrong/9/0/0.094",
    "chip.self-test-unrotated */9/0/0.368",
    "chip.self-test-unrotated wrong/9/0/0.323",
    "chip.self-test-unrotated firstWrong/6/0/0.849",
    "chip.self-test-unrotated stuckHigh/6/0/1.399",
    "chip.address-lines wrong/9/0/0.163",
    "chip.memory-at-rest wrong/9/0/0.082",
    "chip.memory-at-rest twice/9/0/0.228",
    "chip.memory-at-rest rested/9/0/0.399",
    "chip.first-command reset/6/0/0.204",
    "phy.identifier phid1/6/0/0.451",
    "phy.identifier phid2/6/0/0.624",
    "phy.filter-multicast/4/0/0.221",
    "phy.filter-multicast tried/9/1/0.203",
    "phy.filter-hash/4/0/0.073",
    "phy.filter-hash tried/9/1/0.147",
    "phy.forced-link/4/0/0.348",
    "phy.forced-listening */9/0/0.058",
    "phy.forced-listening own/9/0/0.058",
    "phy.forced-listening answers/9/2/0.229",
    "phy.forced-listening frames/9/0/0.139",
    "phy.forced-listening bad/9/0/0.272",
    "phy.link/4/0/0.529",
    "phy.link receiving/10/0/0.129",
    "phy.link time/14/9/0.153",
    "phy.partner */9/0/0.784",
    "phy.polarity/4/0/0.899",
    "mac.bystanders/4/0/0.047",
    "mac.bystanders busy/10/0/0.134",
    "mac.bystanders fragments/9/0/0.239",
    "mac.bystanders others/9/0/0.09",
    "mac.transmit/4/0/0.565",
    "mac.transmit collisions/9/0/0.417",
    "mac.receive */9/0/0.049",
    "mac.receive time/4/0/0.481",
    "mac.frame-check/4/0/0.132",
    "mac.frame-check wrongFcs/10/0/0.482",
    "mac.frame-check lost/10/0/0.176",
    "mac.unicast-filter/4/0/0.142",
    "mac.simultaneous/4/0/0.336",
    "mac.simultaneous broken/10/0/0.342",
    "mac.address-conflict/4/0/0.349",
    "mac.address-conflict */9/0/0.443",
    "mac.address-conflict address/9/0/0.268",
    "mac.address-conflict otherwise/9/2/0.428",
    "mac.echo-short lost/9/0/0.031",
    "mac.echo-odd wrongFcs/9/0/0.086",
    "mac.echo-long lost/9/0/0.343",
    "mac.echo-long wrongFcs/9/0/0.263",
    "mac.duplex-flood/4/0/0.566",
    "mac.duplex-flood overlaps/10/8/0.007",
    "mac.duplex-flood answers/10/0/0.175",
    "mac.duplex-flood damaged/10/8/0.243",
    "mac.overflow-recovery */9/0/0.126",
    "mac.overflow-recovery again/9/1/0.087",
    "mac.order/4/0/0.417",
    "mac.order answers/10/8/0.238",
    "mac.settings/4/0/0.282",
    "mac.settings */9/0/0.141",
    "mac.overflow/4/0/0.074",
    "network.controller/4/0/0.415",
    "network.arp */9/0/0.249",
    "network.arp time/10/6/0.195",
    "network.arp found/9/1/0.319",
    "network.ping/4/0/0.074",
    "network.ping loss/4/0/0.131",
    "network.ping-large median/10/2/0.166",
    "network.ping-large loss/4/0/0.347",
    "network.board-answers median/14/4/0.366",
    "network.steady */9/0/0.526",
    "network.release/4/0/0.427",
    "network.release address/14/6/0.086"
  ],
  "counts": {
    "healthy": [
      [
        480,
        "a472e4f4 .6-2.5-2.2-2.4g466h14 .5-2.6a120 .7-6.7-.-3.8b364c112d4 .b338c133d9 .a476 a476 a167b67c242 a371b1c1d103 a476 .a462d1i17 f77g146h34i48j175 a120 .2a410e70 .a362b1d21e96 .a477b2c1 .6a120 a107d12e1 a474d6 a474 a474 a46b5c423 .5a45e11f5g60i359 a346d21e53f2g16i42 a60f20g58i342 .3g12i468 .5g352h91i37 .3c446d12e3g13h6 .e103f2 .a432 g233h117i35j25k22"
      ]
    ],
    "adapter-latency": [
      [
        32,
        "b30e1f1 .3f2i30 .2-2c13d19 a28c4 a28 a2b26 a28 -2a27b1 a27b1 i1 f1 a28 a28 a28 a28 g28 a28 a28 a28 a28 a28 -2c28 a28 a28 a28 a28 a28 a12 b28 b28 a28 a28 a28 a28 a28 -6a28 a28 a28 a28 a28 a28 a28 -a28 -3a28 a28 a28 a28 a28 a28 a28 a28 b23c5 a28 b17c9d2 a28 a27 a27 a1b1c25 a23d4 a27 a28 a27i1 j21k7 a7 a28 a28 a25e3 a28 a23e5 a28 a28 a26b2 a26c2 a26 a26 a26 a26 a6 a6 a25d3 a25 a25 a1c24 a26 a26 a26 a26 a26 a2e1f1g1i21 a20e2g3i1 a4g2i20 a26 b26 a26 i26 a28 a28 a26 a28 a16b12 h3i23j2 b28 a8c6 a14 d2f1i8j3 a10c4 e7 a28 a25 i5j9k11"
      ]
    ],
    "adapter-loose": [
      [
        20,
        "b18f2 .6-2d19e1 .2a19b1 a18b1c1 f2 a1i1 a19b1 b20 f20 a2e1f12g5 a2b5c3d7e3 b9c7d4 .2g19h1 .5-2.6a9 .7-6.7-.-3.8b16c4 .b19d1 .a16 a16 a3b4c9 a13d3 a16 .2f2g1h6l11 a8 .2a18e2 .a17e3 .2a9b11 a9c11 a9 a9 a9 a9 a2 a1d1 a7d13 a7 a7 c7 a9 a9 a9 a9 a9 g1i8 a8e1 f1i8 a9 b9 a9 i9 .2a9 a2c18 a2 g2 b2 a1c1 a1c1 c1j1 a1c1 -a2 a2 g1h1"
      ],
      [
        13,
        "a11b2 .6-2.5-2.a10b3 f3 i3 a10b2d1 .9-2.6a2 .7-6.7-.-3.8b11c2 .b11c2 .3a8b1c4 a10d3 .3f3g2j8 a3 .4a10d2e1 .8a3 a3 .3a1c12 .5a1f1i11 a10d1g1i1 a2g2i9 .9g10h3 .5e2 .a11 g8h2i1"
      ],
      [
        11,
        "b11 .2e3i8 e3i8 .2-2c3d8 .2a5c6 a3b2c6 f5g2i1 a1e1f2g2i2 a7b3 a1b2c6d1 f5g4 f6g3 a1c3d1e3f1g1 a1b1c4e2f2 .a1c9d1 g10 .a10 a10 a10 a10 -2c10 a10 a10 a10 a10 a10 a2 b10 b10 a10 a10 a10 a10 a10 -6a9d1 a10 a10 a9 a9d1 a9 a9 -a9 -3a9 a9 a9 a9 a10 a9 a9 a6 b4c2 a6 b5c1 a7d2 a4 a4 a1b1c2 a3d1 a4 a8 a8 f1g1j1k1l3m1 a1 a8 a6d2 a5e1 a6 a5e1 a6d2 a6 a3b5 a3c5 a3 a3 a3 a3 -2a4d4 a4 a4 c4 a3 a3 a3 a3 a3 i3 a3 i3 a3 b3 a3 i3 a6c2 a6b2 a3 a2c6 a2 g1j1 b2 a1 a1 c1 a1 e1 a2 a2 g1j1"
      ]
    ],
    "address-taken": [
      [
        44,
        "f44 .6-2.5-2.2-2.4g43h1 .5-2.6a14 .7-6.7-.-3.8b32c12 .b32c10d2 .8f23g12h4i3j2 a12 .9a42c1d1 a43 a42i1 .a12 a9d3 c44 b44 d44 .a38e6 .a42e2 .4a4i40 a41c3 a3b41 .a2i42 .5g26h7i4j7 .a37 a37 c36d1 a37 d2e9 .a40 g24h10i1j3k2"
      ]
    ],
    "baud-off-6-percent": [
      [
        41,
        "b41 .a4b36c1 e1f18g5i17 a37f4 .b41 -2b17f24 .4-2.2-2.4g40h1 .5-2.6a13 .7-6.7-.-3.8b30c11 .b34c7 .3a18b6c17 a32b1d8 .2a40i1 f4g10h4i5j18 a11 .2a35e6 .a31d3e7 .a40c1 .6a11 a10d1 .3a3b1c37 .5a3e1f2g3i32 a31e4g3i3 a6f1g4i30 .3g2i39 .5g30h7i4 .3c37d1f1g1i1 .e9f2 .a37 g22h9i3j1k2"
      ]
    ],
    "bias-resistor": [
      [
        39,
        "e10f29 .6-2.5-2.2-2.4g38h1 .5-2.6a12 .7-6.7-.-3.8b28c11 .b28c9d2 .3a39 .4f4g11h17i4j3 a1b10 .6a38b1 a34 d34 -6.3a39 -12.2-.b39 j39 a39 -4n11 .a35 g19h9i2j2k3"
      ]
    ],
    "box-delays": [
      [
        30,
        "f30 .6-2.5-2.2-2.4g29h1 .5-2.6a10 .7-6.7-.-3.8b24c6 .b24c6 .3a25b1c4 .4f4g8h14i2j2 a9 .4a27b1c2 .2a23b7 a23c7 a1c22 a23 a1d2e11f4g5 a10c13 a7 a4d3 .3a12b10c8 a1c2d15e5 a23 a7b4c3d6e3 a23 a23 a19e4 a3d7e8f2g2i1 a19e4 a2b21 b23 a22c1 a5d1e3f10g2i2 .2a23 .a4b26 i30 .a1c3 a4 e3g1 a4 k6l2 .a29 g16h8i2j1k2"
      ]
    ],
    "box-drops": [
      [
        40,
        "a1f39 .6-2.5-2.2-2.10-2.6a13 .7-6.7-.-3.8b30c10 .b32c8 .3a1b4c35 .4f23g9h2i3j3 a12 .8a38d2 a1c37 a38 a1c5d12e14f4g2 a37c1 a11 a10d1 .3a2b6c32 a15b8c5d10 a38 a13b6c9d10 a38 a38 a38 d1e1f4g25i7 a38 a35b3 b38 a38 e3f3g25i7 .2a38 .2c1e4g26h3i4j2 .a9c29 a9c29 c35d1h1j1 a19c19 e11l1 .a37 g23h8i2j2k2"
      ]
    ],
    "box-drops-large": [
      [
        44,
        "f44 .6-2.5-2.2-2.10-2.6a14 .7-6.7-.-3.8b29c14d1 .b34c9d1 .8f19g15h2i6j2 a12 .9c43d1 a43 e27f16 .a12 a9d3 .6e44 .2a44 a37i7 a44 a22b22 .8g31h11i2 .3j43 c43 e11 a43c1 a40 g23h10i3j3k1"
      ]
    ],
    "box-duplicates": [
      [
        42,
        "a5f36g1 .6-2.5-2.2-2.4g40h2 .5-2.6a13 .7-6.7-.-3.8b32c10 .b36c5d1 .3c19d23 .4f19g13h5i3j2 a12 .13a12 a11d1 .9a42 i42 a42 .2a7c35 .3a37c5 .2g29h7i6 .a29c13 a29c13 c29d9e1f1g2 .e12 .a38 g22h11i1j2k2"
      ]
    ],
    "box-mangles": [
      [
        41,
        "f39g2 .6-2.5-2.2-2.4g40h1 .5-2.6a13 .7-6.7-.-3.8b30c11 .b35c5d1 .3b1c40 .4f19g13h4i2j3 a10 .9a2c39 .a2c5d12e13f5g2i2 a40c1 a10 a10 .4a15b7c9d7e3 .a15b9c6d8e3 .2a41 a2e3f3g28i5 a41 a36b3c2 a2b39 .a3e5f4g22i7 .5c8f1g17h6i5j4 .a5c32 a5c32 c30d3g1h1j2 a16c21 e8n1 .a38 g20h11i3j1k3"
      ]
    ],
    "box-reorders": [
      [
        40,
        "a15f25 .6-2.5-2.2-2.10-2.6a14 .7-6.7-.-3.8b29c10d1 .b28c12 .8f16g8h10i3j3 a11 .13a11 a10d1 .9a40 i40 a40 .2a15c25 .6g24h15i1 .3c38d2 .e4f1g5 .a37 g24h6i2j3k2"
      ]
    ],
    "brown-out": [
      [
        24,
        "b24 .6-2.2a20c4 a19 .-2.2-2.4a5g18h1 c24 .4-2.6a9 .7-6.a23d1 a23 a21 .a15 a15 -a20 -3.a22 a22 a22 .3a11d1 b7c4 a10d2 b6c4 a12d12 a9 a9 a1b2c6 a6d3 a9 a11 a10i1 f4g2h1i2j2 a2 a11 a9d2 a6e3 a9 a6e3 a9d2 a9 a11 a11 a7d4 a7 a7 a7d4 a2 a2 a7d4 a7 a7 a3c4 a6e1 a7 a7 a7 a6d5 g3i3 a3e3 f1g2i3 a6c1 a1b6 a7d4 a1i6 a2c9 a2b5c4 a10d1 a7c4 a6b1 g5j1 a1b6 a5c1 a5c1 c5 a5c1 -a2c5 a1c6 h1m1n5"
      ],
      [
        16,
        ".7-2.5-2.2-2.10-2.6a4 .7-6.7-.-3.8b13c3 .b12c4 .3a8c8 a13c1d2 .3f3g5h1j7 a3 .2a15e1 .a13b1e2 .8a3 a3 .9g1i15 a14d1e1 g2i14 .9g13h3 .5e3 .a15 g11h4"
      ],
      [
        4,
        "b1d1e1g1 .6-2.5-2.2-2.5a3c1 .4-2.6a1 .7-6.7-.-3.3a3h1 .4b2c2 .b3d1 .3a3c1 .4g3j1 a2 .5a2c2 .a2b2 a2d2 a2 a2 a2 a2 a1 a1 .3a2c2 a2 a2 a2 a2 a2 a1i1 a1i1 a1i1 a2 b2 a2 i2 a2c2 a2c2 a2 .2g2h1i1 .a3c1 a3c1 c3d1 a2c2 e1 c4 a3 g1h2"
      ]
    ],
    "buffer-memory-bad": [
      [
        30,
        "c3d27 .6-2.5-2.2-2.4g29h1 .5-2.6a10 .7-6.3a27b3 .a16d10e4 a11d9e10 a13b14 b30 b30 e30 e30 a25b5 .7b27c3 .b21c8d1 .3a12b1c17 a22d8 .3f7g7h2i4j10 a8 .2a27e3 .a22d3e5 .4a28c2 .a28d1f1 a29c1 a8 a8 .3a2b1c27 .2a27e3 .2a5f1g4i20 a22d2e3i3 a6f2g3i19 a29b1 a1b29 .g12i18 .5g23h3i4 .a18c12 a18c12 c28g2 a19c11 e7 .a28 g17h6i3j1k1"
      ],
      [
        14,
        "c5d9 .6-2.5-2.2-2.4g13h1 .5-2.6a4 .7-6.3a9b5 .a7d5e2 a8d3e3 a4b7 b14 b14 e14 b14 .8b11c2d1 .b12c2 .3a6b1c7 a13d1 .3g5i1j8 a4 .4a12d1e1 .4a13c1 .a13f1 .a4 a3d1 .6a13e1 .2a1g1i12 a12d1i1 a1g1i12 a13b1 .8g9h2i3 .4a6c8 e4 .a12 g6h3j1k2"
      ]
    ],
    "cable-bursts": [
      [
        38,
        "a12e1f22g3 .6-2.5-2.2-2.10-2.6a14 .7-6.7-.-3.8b29c8d1 .b30c8 .a37 a37 a15b5c17 a31d6 a36b1 .a37i1 f5g14h3i1j15 a10 .2a35e3 a36b2 a30d2e6 .4a16c22 a36c2 a17c3d5e12f1 .a10 a9d1 a37d1 a37 a37 a4c33 a25b6c7 a36b2 a23b6c7d2 .2a4e1g10i23 a23d3e7f1g1i3 a5f2g8i23 .3g14i24 .4a37b1 g28h7i3 .a22c15 a22c15 c35d1e1 a25c12 e8f1 .a34 g19h10i2k3"
      ]
    ],
    "cable-intermittent": [
      [
        38,
        "a14e4f15g5 .6-2.5-2.2-2.4g37h1 .5-2.6a9 .7-6.7-.-3.8b29c9 .b28c10 .a37 a37 a18b6c13 a34d3 a37 .a37i1 f6g6h3i4j15k3l1 a12 .2a34e4 a37b1 a31d2e5 .3a36d2 a28c7d1 a35 a28c1d1g3i2 a35c1 a10 a10 a37d1 a37 a37 a8c29 a31c1e4 a36 a31c2e3 a36 a36 a5e3f1g2i25 a29e2g3i2 a8e1f1g1i25 a33b2c1 a2b34 a36 a1e1f1g5i28 a20c18 a20b18 a36 .2g26h7i4j1 .a32c5 a32c5 c33g2i1j1 a30c7 e12 a18b20 a34 g21h7i4j1k1"
      ]
    ],
    "cable-noise": [
      [
        16,
        "f16 .6-2.5-2.2-2.4g15h1 .5-2.6a4 .7-6.7-.-3.8b12c4 .b14c2 .3a14b2 a15d1 a12b1d3 .a15i1 f2g6h3i2j3 a4 .2a13e3 a12d3e1 a15e1 .2a15 a8d7 c8 d8 g8 a3c5 a3 a3 .3a11b4c1 d8 a7d1 e8 a8 a8 a6e1g1 a8 a8 b4c4 a4b4 a8 d2e3f3 .2a8 .a7b9 g1i3j12 a8b8 c3 c3 j3 c3 e1n3 .a15 g7h6i1j1"
      ],
      [
        13,
        "f13 .6-2.5-2.2-2.10-2.6a4 .7-6.7-.-3.8b10c3 .b11c2 .3a2b4c7 a8b1d4 a10b1d2 .2f5g4i2j2 a3 .2a12e1 a9b2d1e1 a8d3e2 .2a12 a9d3 c9 d6e3 d3e5f1 a9 a2 a2 .3a5c8 a6b3 a3b5c1 b2c5d2 b1c6d2 a9 f2g6i1 a2d2e5 f3g5i1 a8b1 b9 a9 g4i5 .2a9 .2e1g8h1j3 .a4c6 a4c6 c8e1j1 a2c8 e3 .a12 g6h3j3"
      ],
      [
        8,
        "f8 .6-2.5-2.2-2.10-2.6a6 .7-6.7-.-3.8b6c2 .b5c3 .3a6c2 .4h1j7 a3 .9c7d1 d1e6 f7 .a3 a3 .3b1c7 a1b2c5 b5c1d2 d5e3 a3b4c1 .a3e5 a7d1 a3e4f1 b8 .2e1f2g5 .5c3g2i3 .c8 c8 j7 c7 e3 a7c1 .g6i1k1"
      ],
      [
        5,
        "a3f2 .6-2.5-2.2-2.4g4h1 .5-2.6-.7-6.7-.-3.8b2c3 .b3c2 .3a1b1c3 a4d1 .3f1g2h1j1 -.4a4d1 .4a3c2 a4c1 a4c1 .-2.9g1i4 a3d2 g2i3 .3g1i4 .5g4i1 .3c4d1 .-.a4 g2h2"
      ]
    ],
    "cable-shorted": [
      [
        38,
        "e38 .6-2.5-2.2-2.10-2.6a12 .7-6.7-.-3.8b30c8 .b31c6d1 .3a38 .2c38 .n38 a5b5 .-45"
      ],
      [
        6,
        "f6 .6-2.5-2.2-2.10-2.6a2 .7-6.7-.-3.14a6 .4f2g3h1 a2 .8d6 -6.3a6 -12.2-.b6 j6 a6 -4n1 .a5 g2h3"
      ]
    ],
    "cable-split-pair": [
      [
        39,
        "e39 .6-2.5-2.2-2.4g38h1 .5-2.6a12 .7-6.7-.-3.8b28c11 .b25c13d1 .b39 c39 a39 a38d1 .2a37i2 f4g12h4i5j14 a11 .2a37e2 .a33d2e4 c39 e39 a36 d36 -6.3a39 -12.2-.b39 j39 a39 -4n9 .a35 g18h10i4j2k1"
      ]
    ],
    "cable-straight": [
      [
        44,
        "e44 .6-2.5-2.2-2.4g42h2 .5-2.6a14 .7-6.7-.-3.8b31c13 .b35c8d1 .3a44 .2c44 .n44 b12 .-45"
      ]
    ],
    "cable-too-long": [
      [
        23,
        "e23 .6-2.5-2.2-2.4g22h1 .5-2.6a6 .7-6.7-.-3.8b19c4 .b19c4 .3a23 .2c23 .n23 a4b4 .-45"
      ],
      [
        13,
        "e2f11 .6-2.5-2.2-2.10-2.6a5 .7-6.7-.-3.8b10c3 .b9c4 .3a13 .4g5i2j6 a2 .7a12 d12 -6.3a13 -12a10c3 a10b3 -.b13 j13 a13 -4n2 a9b4 a11 g6h4k1"
      ],
      [
        5,
        ".7-2.5-2.2-2.10-2.6a3 .7-6.7-.-3.10b4c1 .3a4c1 .5a2 .2a4e1 .a4e1 .8a2 a2 .3a1c4 .5a1f1i3 a3g1i1 a2i3 .9g4h1 .5e2 .2g4k1"
      ]
    ],
    "cable-unplugged": [
      [
        44,
        "e44 .6-2.5-2.2-2.4g43h1 .5-2.6a14 .7-6.7-.-3.8b34c9d1 .b37c7 .3a44 .2c44 .n44 a4b8 .-45"
      ]
    ],
    "cable-wire-open": [
      [
        24,
        "e24 .6-2.5-2.2-2.4g23h1 .5-2.6a10 .7-6.7-.-3.8b20c4 .b18c5d1 .3a24 .2c24 .n24 a7 .-45"
      ],
      [
        16,
        "e4f12 .6-2.5-2.2-2.10-2.6a3 .7-6.7-.-3.8b11c5 .b12c4 .3a16 .4f2g6h4i3j1 b4 .7a14 d14 -6.3a16 -12.2-.b16 j16 a16 -4n4 .a15 g5h7i1j1k1"
      ]
    ],
    "cable-wires-swapped": [
      [
        40,
        "e40 .6-2.5-2.2-2.10-2.6a12 .7-6.7-.-3.8b28c12 .b26c14 .3a40 .2c40 .n40 a5b5 .-45"
      ],
      [
        4,
        "e4 .6-2.5-2.2-2.10-2.6a2 .7-6.7-.-3.14a4 .4f1g2j1 a2 c4 .a3e1 .5d4 -6.3a4 -12.2-.b4 j4 a4 -4n2 .2g2h2"
      ]
    ],
    "chip-brown-out": [
      [
        26,
        "c14d1e7f4 .6-2.5-2.2-2.4g24h2 .2a21d3g1i1 a24d1e1 a23b1c2 i1j5 -.6a8 .7-6a25c1 a25c1 a25b1 a18h6 a24 a24 a24 a1h1 a24 -3a24 a23h1 a23h1 a21h3 a24 a24 a24 a15d1 b13c2 a16 b9c7 a22c2 a24 a24 a13b3c8 a21d3 a24 a23 a22i1 f4g7h3i2j7 a6 a23 a23 a21e2 a23 a20e3 a8c15 a22b1 a13b5 a7d11 a5c2 a7 a5e1g1 a3c4 a2 a2 a23 a23 a23 a21b1c1 a1e6 a6b1 a1e6 a7 a7 a7 a7 a6e1 c7 a7 a7 a7 c23 c23 a7 a21c2 a19b2 g14h4i2j1 a1b20 a14c5 a14c5 c16d1g1j1 a14c5 e5 a2c19 a17c1 g10h4j1k2l1"
      ],
      [
        18,
        "a15g3 .6-2.5-2.2-2.10-2.6a6 .7-6.7-.-3.8b14c4 .b14c4 .3a9b1c8 a15d3 .3f3g4h1i2j8 a6 .2a15e3 .a13d3e2 .8a6 a6 .3a1c17 .5a2e1g2i13 a12d1e2g2i1 a3f1g1i13 .9g13h3i2 .a17c1 a17c1 c16e1g1 .e5 a15c3 a17 g12h5"
      ]
    ],
    "computer-slow": [
      [
        20,
        "a18b1f1 .6-2c1d19 .3a19b1 f1 a1 .a18b2 f2 a2 .a18b2 .2g19h1 .5-2.6a4 .7-6.7-.-3.8b13c7 .b15c5 .3a4b3c13 a15d5 .3f5g7h1j4k3 a7 .2a15e4f1 .a15d2e3 .4a19d1 a19 a19 .a7 a5d2 .3a3c17 .5a2e1g3i14 a14e3g1i2 a3f2g2i13 .3g1i19 .5g13h4i2j1 .a19 a19 c18e1 a19 e7 .a19 g7h7i1j1k3"
      ],
      [
        16,
        "b8e1f7 .6-2b1c1d14 .2a14b2 a14c2 f2 a2 a15b1 b16 f15g1 a15e1 .b8c3d3e2 .2g15h1 .5-2.6a7 .7-6.7-.-3.7a15 b11c3d1 a15 b9c6 .a11 a11 c11 a10d1 a11 .a15i1 h1l15 a3 .a15d1 a12e3 a15 a12e3 .2a3b13 a3c13 d3 -2a3 a1 a1 d16 -3a3 a3 a3 a3 a3 i3 a3 i3 a3 b3 a3 i3 .2a3 a1c15 a1 g1 b1 a1 a1 c1 a1 e1 a1 a1 g1"
      ]
    ],
    "crystal-missing": [
      [
        44,
        "d44 .6-2.5-2.2-2.4g42h2 .3e44 .-2.6a14 .7-6.4c44 -7.5-62"
      ]
    ],
    "crystal-off": [
      [
        42,
        "f42 .6-2.5-2.2-2.10-2.6a14 .7-6.7-.-3.8b29c13 .b27c14d1 .3a42 .a33d9 .2f5g9h6i5j17 a11 .2a38e4 a33b1d1e7 .3a39 d39 -6.3a42 -12.2-.b42 j42 a42 -4n11 .a38 g23h10i2j2k1"
      ],
      [
        2,
        "f2 .6-2.5-2.2-2.10-2.6-.7-6.7-.-3.10c2 .3a1c1 .5a1 .9c1d1 a1 f1 .a1 a1 .6e2 .2a2 .a2 b2 .8g1h1 .a1d1 a1 j2 c2 e1 a1c1 .g1k1"
      ]
    ],
    "cs-glitches": [
      [
        18,
        "c18 .6-2.5-2.2-2.7c6d7e5 a16e2 a16b2 i17j1 a11 .6a5 .6a14b4 a4 a4 a4 a4 a4 a4 c18 a14c4 a14b4 g2h10 a15c3 a10e1 a7c1e3 h8 a3b3c5 h8 b1e7 c8 a1b4c5d2 g1h11 h12 g2h10 a14e4 a9b2c1e5 a8e9 a1d2 c1 a1c2 b1e2 a3c1d6 a6 a6 a3b1c2 a4b1d1 a4b1c1 a6c1 a7 f2g1h2i1n1 a2 a7 a6 a1e5 a6 a5d1 a5c1 a5d1 a1b5 a3d3 c1 a1 f1 c1 a1 d1 a6 a6 a6 a5b1 d1 a1 d1 d1 a1 a1 a1 f1 c1 a1 a1 a1 c6 b1c5 a1 a3c3 b3 j3 a3 -5c3 c3 m1n2"
      ],
      [
        17,
        "c17 .6-2.5-2.2-2.7a11c6 .2i3j5 a2 .6a7 .7-6a14c3 .2g13h4 .2a16f1 h2 .-3a12b4c1 a5f1g4h7 a3g10h4 a4f1g8h4 .a16e1 .a13c1 b10c3e1 a13d1 b9c4 a16c1 a14b2 a14b2 a9b1c6 a16 a16 a15 a15 f3h1i2j8k1 a5 a15 a15 a15 a15 a15 a15 a15 a13b2 a14c1 c13 a13 e5f7h1 a4c9 a4 a4 a15 a15 a15 a11c4 a4d3e6 a13 a2d5e6 a10b3 a13 a13 a11d1i1 a13 a1b6c6 a6b7 a13 a7e1f1g4 a11c4 a11c4 a13 a15 a14b1 c1g13i1 a1b14 c14 c14 c2j12 c14 e5 a1c14 a15 g12h2j1"
      ],
      [
        7,
        "c3d1f2g1 .6-2.5-2.2-2.10-2.6a2 .7-6a5c2 .2a4d1e1g1 .3-.-3.a6f1 a6f1 .2a6e1 .2b5c2 .b6c1 .3a3b1c3 a5d2 .3f2g1h1j3 a2 .2a6e1 .a4d2e1 .4a6c1 .a6e1 a6c1 a2 a2 .3a2c5 a6e1 .a6e1 .2a1e2i4 a6g1 a3i4 a6c1 a1b6 .a1g3i3 a6c1 a6b1 .3g4h3 .a5c2 a5c2 c5d2 a1c6 e2 .a5 g4j1"
      ]
    ],
    "cs-miso-shorted": [
      [
        44,
        "c44 .6-2.5-2.2-2.8i44 b44 .3c44 c44 .2c44 a14 .a40b4 .4b44 .7c44 b44 -76"
      ]
    ],
    "cs-mosi-shorted": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g42h2 .4e44 .2e44 c44 b44 .3a14 .6b44 .6c44 c44 b44 -76"
      ]
    ],
    "cs-open": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g42h2 .2i44 .c44 .2b44 c44 b44 .3a14 .a44 .4b44 .6c44 c44 b44 -76"
      ]
    ],
    "cs-stuck-high": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g41h3 .2i44 .c44 .2b44 c44 b44 .2b44 a14 .6b44 .6c44 c44 b44 -76"
      ]
    ],
    "cs-stuck-low": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g42h2 .2i44 .c44 .2b44 c44 c44 .2c44 a14 .a44 .4b44 .6c44 c44 b44 -76"
      ]
    ],
    "int-open": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g43h1 .5-2.c44 b44 .3a14 a44 .6-6.c44 b44 .4-.-3.8b36c7d1 .b32c11d1 .3a18b6c20 a34d10 .2a43i1 f9g12h2i3j18 a12 .2a38e5f1 .a34d2e8 .a43b1 .6a12 a11d1 .3a4c40 .5a4e1g6i33 a32e7g1i4 a5f2g5i32 .3g2i42 .4a43b1 g10h9i25 .a43 a43 c19e4h1i19 a37c6 f3i7k1 .a40 g25h8i2j3k2"
      ]
    ],
    "int-stuck-high": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g43h1 .5-2.c44 b44 .3a14 .7-6.c44 b44 .4-.-3.8b31c12d1 .b30c12d2 .3a20b6c18 a35d9 .2a41i3 f6g12h1i5j20 a12 .2a40e3f1 .a34d2e8 .8a12 a12 a43d1 a43 a43 a4c39 .5a5g4i35 a32d3e4g1i4 a5f1g7i31 .3g2i42 .5g9h10i25 .3c25e2h1i16 a37c7 f1i10k1 .a40 g23h10i3j2k2"
      ]
    ],
    "int-stuck-low": [
      [
        44,
        "c44 .6-2.5-2.2-2.10-2.c44 c44 .3a14 a44 .6-6.c44 .5-.-3.8b35c9 .b35c8d1 .3a20b4c20 a38d6 .2a43i1 f6g11h4i4j19 a12 .2a36e7f1 .a35d1e8 .8a12 a11d1 a43d1 a43 a43 a3c40 .5a3e3g5i33 a33d1e4g2i4 a6f1g4i33 .3g1i43 .5g34h8i2 .3c42e1g1 .i11 .a40 g24h10i3j2k1"
      ]
    ],
    "mac-taken": [
      [
        44,
        "f44 .6-2.5-2.2-2.10-2.6a14 .7-6.7-.-3.8b29c14d1 .b30c13d1 .8f24g10h4i4j2 a12 .13a12 a11d1 c44 c44 b44 .18g35h8i1 .3c42f1h1 .d11 .a40 g24h10i3j2k1"
      ]
    ],
    "magnetics-open": [
      [
        44,
        "e24f20 .6-2.5-2.2-2.10-2.6a14 .7-6.7-.-3.8b36c8 .b32c9d3 .3a44 .2a21c23 .f2g8h8i2j1n23 a11b1 .a21 a21 a21 a21 a21 a21 a19 d19 -6a21 a21 a21 a21 -12a21 a21 -a21 b21 j21 a21 -4n3 a21 a17 g9h4i2j1k1"
      ]
    ],
    "memory-address-line": [
      [
        25,
        "c25 .6-2.5-2.2-2.10-2.6a9 .7-6.3f25 .e25 .h25 .-3b25 g25 .5-4.3a25 .a22d3 .a24i1 f7g2h7i1j4k4 a8 .2a22e3 .2a18c7 .a20b3 d23 -6.3a25 -12.2-.b25 j25 a25 -4n7 a22c3 a22 g14h5i1k2"
      ],
      [
        11,
        "c11 .6-2.5-2.2-2.10-2.6a4 .7-6.3f11 .a10e1 .h1 .-3b11 a7g4 .5a3 b2c1 a3 b3 .a10 a10 a4c6 a10 a7d3 .2f4g1h3i1j1k1 a3 .2a7e4 .6c10d1 a10 f10 .a3 a3 a10d1 a10 a10 a3c7 .2d4e7 a7b4 .a8e2f1 .a11 a3b8 .2a1g1i9 .5g7h3i1 .3j10 c10 e2 a10c1 a9c1 g5h2i1k1l1"
      ],
      [
        8,
        "d8 .6-2.5-2.2-2.10-2.6a1 .7-6.7-.-3b8 .7b5c3 .b6c2 .3a4c4 .a7d1 .2g1h2i2j3 a1 .2a6e2 .6c8 .f8 .a1 d1 .3a2c6 .2d8 .2e1g5i2 a6d1e1 f1g5i2 a3b5 .2g1i7 .5g7i1 .3c7h1 .e1 .2g3h3i1j1"
      ]
    ],
    "memory-data-line": [
      [
        22,
        "c22 .6-2.5-2.2-2.4g21h1 .5-2.6a11 .7-6.3f22 .e22 d22 h22 b22 h22 b22 e22 d22 g22 .5-4.3a22 a21d1 a18d4 .2f1g4h12i1j1k3 a6 .2a20e2 .a21b1 c22 a4b3c4d11 a21 d21 -6a21d1 a21 a21 a21 -12.2-.b22 j22 a22 -4n6 .a20 g12h5i2k1"
      ],
      [
        18,
        "c18 .6-2.5-2.2-2.4g16h2 .5-2.6a3 .7-6.3f18 .e18 d18 h18 b18 h18 b18 b18 d18 g18 .5-4.3a18 a16d2 a12b2d4 .2f3g2h5i3j3k2 a5 .2a16e2 .a16b1d1 a13c5 a17c1 a14 d14 -6a17d1 a17 a17 a17 -12.2-.b18 j18 a18 -4n5 .a15c1 g7h4j2k2m1"
      ],
      [
        4,
        "c4 .6-2.5-2.2-2.10-2.6-.7-6.3f4 .e4 d4 h4 b4 h4 b4 b4 d4 g4 .6b3c1 c4 e4 .3a3c1 .4g1h1k2 a1 .9c4 .i4 c4 a1 a1 .4e4 .e4 .2a4 .a4 c4 a4 .a4 .5j4 .-4n1 .2g2h2"
      ]
    ],
    "memory-lines-touch": [
      [
        44,
        "c44 .6-2.5-2.2-2.10-2.6a14 .7-6.3f44 .e44 e44 h44 c44 h44 b44 b44 d44 g44 .5-4.3a44 a38d6 a34c2d8 .a42i2 f7g6h18i3j6k4 a12 .2a35e8f1 .a38b4c2 a32c12 .a40 d40 -6.3a44 -12.2-.b44 j44 a44 -4n12 .a40 g22h11i2j1k4"
      ]
    ],
    "miso-int-shorted": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g41h3 .5-2.c44 c44 .3a14 .7-6.7-.-3.8b33c10d1 .b34c10 .3a18b4c22 a35d9 .2a43i1 f8g11h3i5j17 a12 .2a38e6 .a34c1d1e8 .8a12 a10d2 .3a4b1c39 .5a3e2g3i36 a34d3e2g2i3 a5f1g4i34 .7a24c20 b24 j24 a24 -4n1 c24 a3c17 h2i1j1k1l6m9"
      ]
    ],
    "miso-int-swapped": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g42h2 .2i44 .c44 .2b44 c44 c44 .3a14 a44 .5c44 .5b44 c44 c44 b44 -76"
      ]
    ],
    "miso-open": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g43h1 .2i44 .c44 .2b44 .5a14 .6b44 .6c44 .2-76"
      ]
    ],
    "miso-stuck-high": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g42h2 .2i44 .c44 .2b44 c44 c44 .3a14 .6b44 .6c44 .2-76"
      ]
    ],
    "miso-stuck-low": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g43h1 .3i44 b44 .3c44 b44 .3a14 .6b44 .9-76"
      ]
    ],
    "miso-weak": [
      [
        29,
        "a2c22d3f1g1 .6-2.5-2.2-2.8a27c2 .j3 -.6a9 .7-6.3a7b13c9 .3-.-3.a15b7c2d5 a11b7c3d8 a11b7c5d6 .4b20c8d1 a28d1 b18c10 .3a15b2c12 a24d5 .3f5g6h1i2j15 a8 .2a27e2 .a24d1e4 .4a22c7 .a23c4d2 .a8 a8 .3a2c27 .a27b2 .a28b1 .a4f1g1i23 a22e2g2i3 a5g2i22 .3g12i17 a28c1 a28b1 .3c2g23h2j2 .a9c18 a9c18 c12d1j14 a4c23 e8 a27b1c1 .g19h7i1j2"
      ],
      [
        13,
        "c13 .6-2.5-2.2-2.4g12h1 .3a4c8d1 .i3j7 a1 .6a4 .7-6.3c5d8 .a9d4 a12d1 f2g2h3 a9b4 h4 e4 b4 a8b4c1 a1c1d4e7 d3e7f3 d3e6f4 .3a12 b9c1d2 a12 b7c5 .3a5b3c5 a8d5 a9b2c1d1 a11 a11 f2g3h3i1j2 a3 a11 a11 a7e4 a11 a6c1d1e3 a11 a11 a11 a11 a2c9 a11 a2c1d2e1i5 a11 a3 a3 a11 a11 a11 a3b2c6 a6e5 a8b2c1 a6e5 a7b3c1 a11 a5g4i2 a7d1e3 a5g5i1 a6c5 a5b6 a11 a5e1f3g2 a11 a11 a11 a11 a8b3 c1e1f1g3h1i1j3 a3b8 c8 c8 j8 c8 e2 a2c9 a7 g3h2i1j1"
      ]
    ],
    "mosi-cs-swapped": [
      [
        44,
        "c44 .6-2.5-2.2-2.7i44 .c44 .2b44 c44 b44 .3a14 .a44 .4c44 .2b44 -3c44 c44 b44 -76"
      ]
    ],
    "mosi-int-shorted": [
      [
        40,
        "c40 .6-2.5-2.2-2.8i40 b40 .3c40 c40 .c40 .a14 a40 .5b40 .7c40 .-76"
      ],
      [
        4,
        "c4 .6-2.5-2.2-2.4g2h2 .4e4 .2e4 c4 c4 .c4 .-a4 .5b4 .6c4 c4 .-76"
      ]
    ],
    "mosi-miso-shorted": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g43h1 .3i44 b44 .3c44 b40c4 .3a14 .5b44 .-6.3-76"
      ]
    ],
    "mosi-miso-swapped": [
      [
        44,
        "c44 .6-2.5-2.2-2.7i44 .c44 .2b44 .5a14 .6c44 .4b44 -c44 c44 b44 -76"
      ]
    ],
    "mosi-open": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g43h1 .2a27i17 .c17e27 .2b17e27 .5a14 .6b44 .6c44 c44 b44 -76"
      ]
    ],
    "mosi-stuck-high": [
      [
        44,
        "c44 .6-2.5-2.2-2.7i44 .c44 .2b44 c44 b44 .b44 .a14 .6b44 .6c44 c44 b44 -76"
      ]
    ],
    "mosi-stuck-low": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g42h2 .4e44 .2e44 c44 b44 .c44 .a14 .6b44 .6c44 c44 b44 -76"
      ]
    ],
    "no-power": [
      [
        44,
        "b44 m44 c44 a44 a44 .3-h44 c44 -120"
      ]
    ],
    "partner-100-only": [
      [
        44,
        "e28f16 .6-2.5-2.2-2.4g42h2 .5-2.6a14 .7-6.7-.-3.8b31c11d2 .b29c14d1 .3a44 a35d9 .a22c22 a43i1 f5g7h3i3j4n22 b12 .a22 a17e5 a22 a12d2e8 a22 a22 a18 d18 -6a21d1 a21 a21 a21 -12a22 a22 -a22 b22 j22 a22 -4n4 a22 a20 g8h6i2j1k3"
      ]
    ],
    "partner-bad-fcs": [
      [
        41,
        "f40g1 .6-2.5-2.2-2.10-2.6a13 .7-6.7-.-3.8b32c9 .b33c7d1 .3a23b9c9 a33c1d7 .3f6g12h3i3j17 a12 .2a37e4 .a32c1d1e7 .2a40 a39d1 a1c38 a6c3d5e19f4g2 a34c1d2e1g1 a35c4 a12 a12 .3a8b3c30 a36c2d1 a16b6c8d8e1 a35b1c2d1 a12b9c11d6e1 a39 a5g6i28 a28d1e6g4 a5f1g5i28 a35b3c1 a1b38 a39 e4f5g25i5 .2a39 .a37b4 c2d1f1g17h9i6j5 a1b40 a10c23 a10c23 c31e2 a16c17 e11 .a38 g24h7i1j4k2"
      ]
    ],
    "partner-deaf": [
      [
        44,
        "e13f31 .6-2.5-2.2-2.10-2.6a14 .7-6.7-.-3.8b35c9 .b33c10d1 .a43 a43 a43 a36c1d6 a43 .2f9g12h15i3j5 b12 .2a36e8 .a34b1d1e8 .2a40 d40 -6a43d1 a43 a43 a43 -12.2-.b44 j44 a44 -4n11 .a40 g26h8i2j1k3"
      ]
    ],
    "partner-full-duplex": [
      [
        27,
        "f27 .6-2.5-2.2-2.10-2.6a12 .7-6.7-.-3.8b20c7 .b19c8 .8f13g9i4j1 a9 .13a2c7 d2e7 .8c27 .i27 a27 .9g20h5i2 .3c25e1h1 .e8 .a24 g16h4i1j2k1"
      ],
      [
        17,
        "a15f2 .6-2.5-2.2-2.10-2.6a2 .7-6.7-.-3.8b12c5 .b12c5 .3a2b2c13 a9b1d7 .3f7g6h1i1j2 a3 .2a11e5f1 .a7b1d1e8 .8a1c2 d1e2 .3a3b1c13 .5a3e2g3i9 a9d3g2i3 a5g4i8 .3g1i16 .5g13h4 .3c16d1 .e3 .a16 g7h6i1j1k1"
      ]
    ],
    "partner-jabber": [
      [
        22,
        "f22 .6-2.5-2.2-2.10-2.6a10 .7-6.7-.-3.8b18c4 .b13c8d1 .3a14c8 .a19d3 .a4g1i17 f7g2h4i7j2 a7 .c22 g2i20 a19b1d1e1 .c22 e15 a18 d18 -6.3a22 -12.2-.b22 j22 a22 -4n7 .a21 g12h3i3j2k1"
      ],
      [
        11,
        "e11 .6-2.5-2.2-2.10-2.6-.7-6.7-.-3.8b8c2d1 .b8c2d1 .3a10c1 .3f3g5i3 j5k6 a4 .a3c8 g3i8 .a8c3 c11 -a10 d10 -6.3a11 -12c11 b11 -.b11 j11 a11 -4n3 b11 a8 g4h3i1"
      ],
      [
        11,
        "f11 .6-2.5-2.2-2.10-2.6a4 .7-6.7-.-3.8b7c4 .b8c3 .3a11 a7d4 .2a8i3 f6g2h1j2 a1 .2a3e2f4g1i1 .a6d3e2 .a5b2c1d3 .d11 -6.3a11 -12.2-.b11 j11 a11 -4n1 .2g8h2i1"
      ]
    ],
    "partner-no-arp": [
      [
        44,
        "e1f43 .6-2.5-2.2-2.4g43h1 .5-2.6a14 .7-6.7-.-3.8b35c9 .b37c7 .a43 a43 a43 a35d8 a43 .a43i1 f3g13h6i5j17 a12 .2a37e7 .a34d1e9 .a43c1 a39 d39 -6a42d2 a42 a42 a42 -12.2-.b44 j44 a44 -4n12 .a40 g22h11i2j2k3"
      ]
    ],
    "partner-no-ping": [
      [
        44,
        "f44 .6-2.5-2.2-2.10-2.6a14 .7-6.7-.-3.8b36c7d1 .b37c6d1 .3a13b6c25 a34d10 .2a43i1 f9g13h2i6j14 a12 .2a39e4f1 .a34d3e7 .4c43d1 a43 i43 .a12 a12 .3a5c39 e44 .e44 .2a38e4f2 .a44 c44 a44 .a44 .5j44 .-4e10 .a40 g24h9i1j4k2"
      ]
    ],
    "partner-off": [
      [
        44,
        "e30f14 .6-2.5-2.2-2.4g43h1 .5-2.6a14 .7-6.7-.-3.8b39c5 .b36c8 .3a44 a35d9 .a19c25 a42i2 f3g5h2i3j6n25 c12 .a19 a14e4f1 a19 a9b1c1d1e7 a19 a19 a16 d16 -6a19 a19 a19 a19 -12a19 a19 -a19 b19 j19 a19 -4n5 a19 a18 g9h4i2j1k2"
      ]
    ],
    "partner-other-network": [
      [
        44,
        "f44 .6-2.5-2.2-2.10-2.6a14 .7-6.7-.-3.8b35c9 .b32c12 .3a19b4c21 a35d9 .2a42i2 f9g11h3i4j17 a12 .2a38e6 .a34d1e9 .4c43d1 a43 i43 .a12 a8d4 .3a5b1c38 e44 .e44 .2a36e6f2 .a44 c44 a44 .a44 .4b44 j44 a44 -4n11 .a40 g26h8i2j3k1"
      ]
    ],
    "partner-restarts": [
      [
        26,
        "a2e2f22 .6-2.5-2.2-2.10-2.6a10 .7-6.7-.-3.8b21c5 .b22c4 .3a15b2c9 a21d5 .3f2g7h2i3j8k1l3 a5c2 .2a22e3f1 .a21d1e4 .4a19c6d1 a25 a19e2f2g2 a25c1 a7 a6d1 a25d1 a25 a25 a7b1c17 a15d3e8 .a15d2e9 .2a13e1f6g1i5 a22g1i3 a16f5i5 a12b1c13 a14b12 .a11d1e1i13 a9c17 a9b17 .2a24b2 g11h7i7j1 a1b25 a18c6 a18c6 c21j3 a18c6 e7 a13b13 a22c2 g10h8i3j1k2"
      ],
      [
        18,
        "a13f1g4 .6-2.5-2.2-2.10-2.6a4 .7-6.7-.-3.8b16c2 .5a5b3c10 a13d5 .3f7g4h1i2j4 a5 .2a17e1 .a13e5 .4a17c1 .a17f1 .a5 a5 .3a3c15 .5g4i14 a13e4f1 f2g3i13 .3g2i16 .5g12h3i3 .3c15d1h2 .e4l1 .a16 g11h3i2"
      ]
    ],
    "partner-same-address": [
      [
        44,
        "e1f43 .6-2.5-2.2-2.10-2.6a14 .7-6.7-.-3.8b33c11 .b33c11 .a43 a43 a43 a35d8 a43 .a43i1 f8g8h5i5j18 a12 .2a42e2 .a35c1d1e7 .2a40 d40 -6c43d1 b43 c1d42 a3b2c38 -12.2-.b44 a44 a44 -4a11 .a40 g25h8i3j2k2"
      ]
    ],
    "partner-same-mac": [
      [
        44,
        "f44 .6-2.5-2.2-2.4g42h2 .5-2.6a14 .7-6.7-.-3.8b37c7 .b30c14 .3a44 a34d10 .3f6g13h6i3j16 a12 .2a37e7 .a34c1d3e6 .2a40 d40 -6.3a4c40 -12.2-.b44 j44 a44 -4n11 .a40 g23h11i2j1k3"
      ]
    ],
    "partner-silent": [
      [
        25,
        "e25 .6-2.5-2.2-2.10-2.6a10 .7-6.7-.-3.8b21c4 .b16c8d1 .3a25 .2c25 .n25 a9 .-45"
      ],
      [
        19,
        "f19 .6-2.5-2.2-2.10-2.6a4 .7-6.7-.-3.8b16c3 .b15c4 .3a19 a10d9 .3f4g4h5i2j4 a3 .2a13e6 .a9d2e8 .2a18 d18 -6.3a19 -12.2-.b19 j19 a19 -4n3 .a17 g11h3i2j1"
      ]
    ],
    "partner-slow": [
      [
        33,
        "f33 .6-2.5-2.2-2.4g32h1 .5-2.6a10 .7-6.7-.-3.8b28c4d1 .b27c5d1 .3a28c5 a27d6 .3f4g8h3i4j14 a10 .2a28e5 .a25b1c1e6 .2a25b8 a25c8 a1c24 a25 a1c2d1e16f2g2h1 a15c10 a7 a7 .3a15b10c8 a1b2c1d18e3 a25 a9b6c2d7e1 a25 a25 a19e4f2 a3d3e13f2g2i2 a22e3 a4b20c1 a1b24 a23c2 a1d1e4f12g4i3 .2a24c1 .a14b19 i32j1 .a11c2 a13 e3h2i8 a13 k6l1m1n2 .a30 g18h6i2j2k2"
      ]
    ],
    "phy-dead": [
      [
        44,
        "e44 .6-2.5-2.2-2.10-2.6a14 .7-6.7-.-3.5b44 b44 -60"
      ]
    ],
    "port-boot-loader": [
      [
        44,
        "b44 m44 c44 a44 a44 .3-h44 c44 -120"
      ]
    ],
    "port-gps": [
      [
        44,
        "b44 d32g1i10k1 b43 e1f2i40 a43 a43 a11 f4g7 -h11 c44 -120"
      ]
    ],
    "port-login": [
      [
        44,
        "b44 m44 c44 a44 a44 .3-h44 c44 -120"
      ]
    ],
    "port-loopback": [
      [
        44,
        "b44 h44 b44 .2d44 -4c44 -120"
      ]
    ],
    "port-modem": [
      [
        44,
        "b44 m44 c44 a44 a44 .3-h44 c44 -120"
      ]
    ],
    "port-sketch": [
      [
        44,
        "b44 g30i14 b40c3 c1d2e5f35 a43 a43 a14 f10g4 -h14 c44 -120"
      ]
    ],
    "reset-glitch": [
      [
        26,
        "c10d1e14f1 .6-2.5-2.2-2.8a25e1 .j1 -.6a10 .7-6.a25c1 a25b1 a20d1e1g2h2 .3a3 .-3a25c1 a25h1 .4a24b2 a16c4 b15c1e4 a17c3 b15c2e3 a18c7d1 a25 a25 a13b3c9 a19c1d5 a24b1 a24c1 a25 f6g5h4i4j5n1 a10 a25 a24 a19e5 a24 a23e1 a1c23 a24 a17b2 d19 -6a24 a24 a24 a24 -12c24 c24 -a22c2 a20b2 g16h2i2j2 a2b20 a10c10 a10c10 c16d2h1j1 a10c10 e9 c22 a19 g11h3i2j2k1"
      ],
      [
        12,
        "a7e1g4 .6-2.5-2.2-2.10-2.6a2 .7-6.7-.-3.8b8c4 a11c1 b8c2d1e1 .3a5b1c6 a9d3 .2a11i1 f4g2h1j4k1 a2 .2a10e2 .a9d1e2 .8a2 a2 .3a1c11 .5a1g2i9 a9d1e1i1 a1g2i9 .3g1i11 .5g10h1i1 .a11c1 a11c1 c11g1 .e2 a7c5 a11 g8h3"
      ],
      [
        5,
        "f5 .6-2.5-2.2-2.10-2.6a2 .7-6.7-.-3.8b2c3 .b2c3 .3a4c1 .4h1j4 -.4a4e1 .4a2c3 .a2e1g2 a1c4 -2.3a5 e5 .e5 .2a5 .a5 c5 a5 .a5 c5 c5 .5a4c1 a4c1 .2-a1c4 .g4h1"
      ]
    ],
    "reset-held": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g42h2 .2i44 .c44 .2b44 a30c14 a30b14 .3c14 .6b44 .6c44 c44 b44 -76"
      ]
    ],
    "rx-noise": [
      [
        27,
        "f27 .6-2.5-2.2-2.10-2.6a9 .7-6.7-.-3.8b20c6d1 .b19c6d2 .3a16b6c5 a24b1c1d1 a21c1d5 .2f4g6h5i1j11 a8 .2a24e3 a20c1d1e5 a23b1c1d1e1 .3a20d7 c20 f12g8 a1c2d10e7 a16c4 a5 a5 .3a5b6c16 a9b6c3d2 c2d16e2 a9b8c2d1 d12e8 a20 a2g1i17 a20 f2g9i9 a2b18 b20 a20 d1e5f1g12i1 .2a20 .a20b7 c4e1g3h2i8j9 a7b20 c18 c18 c1e1j16 c18 e5f1n2 .a26 g16h7i1j1k1"
      ],
      [
        15,
        "a6f8g1 .6-2.5-2.2-2.4g14h1 .5-2.6a4 .7-6.7-.-3.8b9c6 .b13c2 .3a6c9 a13d2 .3f1g7i3j4 a4 .2a13e2 .a13e2 .4a8c7 a8c1d2e4 .2a4 a3d1 .3a1c14 .a12b2c1 .a8b2c3d2 .a1f1g1i12 a13e1g1 f2g2i11 a14b1 .2g2i13 .5g10h5 .a12c3 a12c3 .a12c3 e2 .a12 g6h3i1j2"
      ]
    ],
    "rx-pair-loose": [
      [
        44,
        "a27e4f8g5 .6-2.5-2.2-2.4g43h1 .5-2.6a14 .7-6.7-.-3.8b27c16d1 .b32c12 .3a17b6c21 a37c1d6 .3f4g13h4i4j19 a12 .2a39e5 .a36c1e7 .4a40c4 a43c1 a41c1e1f1 .a12 a8d4 .3a5c39 a41b1c1d1 .a41c2d1 .2a4e3f1g3i33 a35e3g3i3 a4e3f2g3i32 a43b1 .2f4g7i33 a34c10 a34b10 .3g31h8i5 .a39c5 a39c5 c40e1g1h1j1 a40c4 e12 a35b9 a40 g21h13i2j2k2"
      ]
    ],
    "rx-pair-open": [
      [
        44,
        "e44 .6-2.5-2.2-2.10-2.6a14 .7-6.7-.-3.8b35c8d1 .b34c10 .3a44 .2c44 .n44 a12 .-45"
      ]
    ],
    "rx-pair-reversed": [
      [
        44,
        "e44 .6-2.5-2.2-2.4g43h1 .5-2.6a14 .7-6.7-.-3.8b33c9d2 .b32c10d2 .3a44 .4f1g10h6i9j18 a12 c44 .a38e5f1 .4a41 d41 -6.3a44 -12.2-.b44 j44 a44 -4n11 .a40 g23h11i3j1k2"
      ]
    ],
    "rx-pair-weak": [
      [
        39,
        "e39 .6-2.5-2.2-2.4g37h2 .5-2.6a13 .7-6.7-.-3.8b30c6d3 .b24c14d1 .3a39 .2c39 .n39 a11 .-45"
      ]
    ],
    "sck-cs-shorted": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g43h1 .2i44 .c44 .2b44 c44 c44 .3a14 .a44 .2b44 .b44 .6c44 c44 b44 -76"
      ]
    ],
    "sck-cs-swapped": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g43h1 .2i44 .c44 .2b44 c44 b44 .3a14 .a44 .4c44 .b44 -4c44 c44 b44 -76"
      ]
    ],
    "sck-miso-shorted": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g43h1 .3i44 b44 .3c44 b40c4 .3a14 .3b44 .3-6.3-76"
      ]
    ],
    "sck-miso-swapped": [
      [
        44,
        "c44 .2g1i43 f1i43 .2-2.5-2.2-2.4g43h1 .2i44 .c44 .2b44 .5a14 .6c44 .3b44 -2c44 c44 b44 -76"
      ]
    ],
    "sck-mosi-shorted": [
      [
        44,
        "c44 .6-2.5-2.2-2.7i44 .c44 .2b44 c44 b44 .3a14 .2b44 .3b44 .6c44 c44 b44 -76"
      ]
    ],
    "sck-mosi-swapped": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g43h1 .2i44 .c44 .2b44 .5a14 .6c44 b44 -5c44 c44 b44 -76"
      ]
    ],
    "sck-open": [
      [
        44,
        "c44 .6-2.5-2.2-2.7i44 .c44 .2b44 .5a14 .6b44 .6c44 c44 b44 -76"
      ]
    ],
    "sck-rings": [
      [
        31,
        "a1c25d1f2g2 .6-2.5-2.2-2.4g30h1 .3a29c2 .i1j3 a1 .6a10 .7-6.3a7c4d9e9f2 .2a30f1 h1 a27b4 h4 e4 c4 a30b1 a22e1f3g5 a22f5g4 a22f3g6 .3a30 b22c8 a28d2 b20c8 .a29b1 a29b1 a12b4c14 a24d6 a30 .a29d1i1 f5g7h3i3j13 a10 .2a26e5 .a23d2e6 .2a30 a30 a14c16 a30 a14c1e6f8g1 a28c2 a9c1 a10 .3a6c25 a26e4 a29c1 a14e16 a30 a30 a14e1f1g2i12 a24d2e1g2i1 a16g3i11 a19b6c5 a5b25 a30 a5f1g7i17 a29c2 a29b1c1 a30 .2e1g22h3i5 .a14c17 a14c17 c18d1j11 a4c26 e9 a24b1c6 a29 g16h7i2j2k2"
      ],
      [
        10,
        "c10 .6-2.5-2.2-2.4g9h1 .3c8d2 .i8j2 a3 .6a3 .7-6.a7c3 a7b3 f4g4h1 .a9 a7b2 h4 a4b1c3d1 h5 b1e4 c5 a2b1c4d2 g5h4 g5h4 g8h1 .a9e1 a9e1 a1c1d1 b1e1 a2d1 b2 a3c2d5 a6b1 a6b1 a4b1c2 a7 a7 a5 a5 f3g1j1 a1 a5 a5 a2e3 a5 a4d1 a5 a5 a1b3c1 a3c1d1 c1 a1 h1 a1 c1 f1 a5 a5 a5 a2b1c2 a1 a1 e1 a1 a1 a1 a1 a1 b1 b1 a1 d1 a3c2 a3b2 a1 a4c1 a2b2 c1g2j1 a2b2 c2 c2 j2 c2 -c4 a2c2 g1h1l2"
      ]
    ],
    "sck-stuck-high": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g42h2 .2i44 .c44 .2b44 c44 b44 b44 .2a14 .6b44 .6c44 c44 b44 -76"
      ]
    ],
    "sck-stuck-low": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g42h2 .2i44 .c44 .2b44 c44 b44 c44 .2a14 .6b44 .6c44 c44 b44 -76"
      ]
    ],
    "serial-bursts": [
      [
        44,
        "a6b38 a43i1 a43b1 e1i43 a1e1f1i41 .2i1 -d43h1 a42c2 a42 a41b1 a28c14 f3g8i3 f14 a6b21c9d4e2 a6b8c9d13e4f1g1 f2g33i1 e2f34 a10b4c1d13e4f7g1h2 a8b5c3d13e4f6g1h2 a30c12 a26c16 g37h5 a42 a42 a42 a42 a42 -2c42 a42 a42 a42 a42 a42 a13 b42 b42 a42 a42 a42 a42 a42 -6a42 a42 a42 a42 a42 a42 a42 -a42 -3a42 a42 a42 a42 a42 a42 a42 a42 b31c9d2 a42 b32c10 a42 a42 a42 a13b6c23 a34d8 a42 a42 a42 f10g11h3i4j13k1 a12 a42 a42 a37e4f1 a42 a33c1d2e6 a42 a42 a41b1 a41c1 a41 a41 a41 a41 a11 a10d1 a41d1 a41 a41 a5c36 a41 a41 a41 a41 a40d1 a4f2g4i30 a29d1e4g2i4 a6g5i29 a41 b41 a41 i41 a42 a42 a41 a42 a40b2 g28h3i10j1 b42 a37c2 a37c2 c29d1e1g5h1i1j1 a37c2 e11 a42 a38 g22h9i1j3k3"
      ]
    ],
    "serial-data-bits": [
      [
        32,
        "b32 g14i18 b32 f3g19i10 a32 .a20 a16d2e2 -h20 c32 -120"
      ],
      [
        12,
        "b12 i11k1 b12 f12 a12 .2e12 -h12 c12 -120"
      ]
    ],
    "serial-drops": [
      [
        42,
        "b42 .2f1h5i36 e2f6i34 .2-2c3d37e1f1 a36c6 a33c3 a29b3 a3b2c30d1 f26g6 a4e1f18g4i5 a31b4 b3c13d13e5f1 f35 f32g3 b1d1e7f8g12h6 b1d4e5f7g14h4 a36 a4c29d3 g26h7 a35c1 a34 a34 a34 a34 -2c34 a34 a34 a34 a34 a34 a12 b34 b34 a34 a34 a34 a34 a34 -6a34 a34 a34 a33 a34 a34 a34 -a34 -3a34 a34 a34 a34 a34 a34 a34 a33d1 b23c9d1 a33d1 b22c10d1 a34 a32 a32 a4b3c25 a25d7 a32 a34 a33i1 f11g7h2i9j4l1 a7 a34 a34 a29e5 a34 a26d1e7 a34 a34 a33b1 a33c1 a31d2 a31 a31 a33 a7 a5d2 a32d2 a32 a32 a2c30 a32 a32 a32 a32 a31d2 a3f1g5i22 a21d4e2f1i3 a4g6i21 a33 b33 a33 g2i31 a31c3 a31b3 a33 a33c1 a33 g14h5i12j1 b33 a26c5 a26c5 c15e1g2h7i4j2 a22c9 e6 a33 a32 g14h6i5j3k4"
      ]
    ],
    "serial-echo": [
      [
        44,
        "b44 a1b43 b44 .2d44 a43b1 f42 -b1d1h42 a1c43 c1 -d1 -2a1 e1 f1 a1 a1 d1 a1 d1 -a1 a1 -5c1 a1 a1 a1 a1 a1 -b1 b1 a1 a1 a1 a1 a1 -6d1 a1 a1 -76"
      ]
    ],
    "serial-flow-stuck": [
      [
        44,
        "b44 m44 c44 a44 a44 .3-h44 c44 -120"
      ]
    ],
    "serial-ground-missing": [
      [
        33,
        "b33 k33 b33 f12g21 a33 .2i33 -h33 c33 -120"
      ],
      [
        11,
        "b11 a6b2i3 a8b3 e1f4g3i3 a3e1f4i3 .2e2f1i2 -c1d5h5 a6c5 c6 -a2d4 -2a2 a1e1 g1 a1 a2 a1c1 a5c1 d6 -a6 a2d1 -5c1 d3 -18d3 a1d2 a1 -76"
      ]
    ],
    "serial-insertions": [
      [
        42,
        "b42 .2e1f5g1i35 e7f10i25 .2-2c4d31e7 a40c2 a30c10 a9b11c12 a2c38 f32g6 a4e9f18g4i3 a34b5 a1c13d10e9f6 f38 e4f33i1 a1b1d3e12f5g11h6 a2d3e10f8g10h6 a39c1 a1c31d8 g21h11 a40 a30 a30 a30 a30 -2c30 a30 a30 a30 a30 a30 a11 b30 b30 a30 a30 a30 a30 a30 -6a30 a29d1 a29 a28 a29d1 a29 a29 -a29 -3a29 a29 a29 a29 a30 a29 a29 a27 b20c7 a27 b17c10 a29 a24 a24 a2b1c21 a19d5 a24 a29 a28i1 f3g4k1l20m1 a6 a29 a28d1 a24e4 a28 a22e6 a29 a29 a9b20 a9c20 a6d3 a6 a6 a9 a2 d2 a10d19 a10 a10 c10 a9 a9 a9 a9 a9 a1g1i7 a7e1g1 a1g1i7 a9 b9 a9 i9 a28c1 a28b1 a9 a5c24 a5 h2i1j2 b5 c3 c3 i1j2 c3 -a5 a5 g3h1j1"
      ]
    ],
    "serial-inverted": [
      [
        30,
        "b30 i25j3k2 b30 g17h5i8 a30 .2e3f27 -h30 c30 -120"
      ],
      [
        14,
        "b14 b14 .f14 f14 .2e5f9 -h14 c14 -120"
      ]
    ],
    "serial-noise": [
      [
        44,
        "b44 a36b1i7 a37b7 e1f1g4h5i33 a7e4f6i27 .2e1f6 -c2d34f1h7 a33c11 a32c1 a31c1 a5b3c25 a5e20f3 e1f25g1i1 a1b32 a1c8d10e14 e32 e1f31 a1e6f3g11h12 a1e6f3g11h12 a32c1 a6c26d1 a1g20h11 a32c1 a33 a33 a33 a33 -2c33 a33 a33 a33 a33 a33 a13 b33 b33 a33 a33 a33 a33 a33 -6a33 a33 a33 a31 a32d1 a32 a32 -a32 -3a33 a33 a33 a33 a33 a32 a32 a32 b26c6 a32 b27c5 a32 a32 a32 a3b2c27 a26d6 a32 a32 a30i2 f8g13h2i4j4l1 a9 a32 a32 a28e4 a32 a26c1d1e4 a32 a32 a31b1 a31c1 a29d2 a29 a29 a31 a9 a8d1 a32 a32 a32 a3b1c28 a31 a31 a31 a31 a30d1 a3g3i24 a23d1e3i3 a3f1g3i23 a31 b31 a30d1 i30 a28c4 a28b4 a31 a30c2 a30 g16h4i9j1 b30 a26c3 a26c3 c13d2f2g3h4i3j2 a24c5 e6 a29c1 a25c2 g13h6i3k3l1n1"
      ]
    ],
    "serial-rx-noise": [
      [
        44,
        "b44 a40b4 .e1f12g2i29 e1f12g2i29 .a43b1 a1e1f1 -b1c5d32e2f1h3 a35c9 a31c4 a31b1 a6b4c23d2 a5e7f15 i27 a1b31c1 b3c9d8e12f1 a1e29f3 g1h4i28 b1c1e7f5g2h17 a33 a35 a8c22d5 g17h13 a33c2 a31 a31 a31 a31 -2c31 a31 a31 a31 a31 a31 a11 b31 b31 a31 a31 a31 a31 a31 -6a31 a31 a31 a31 a31 a31 a31 -a31 -3a31 a31 a31 a31 a31 a31 a31 a31 b23c6d2 a31 b28c3 a31 a31 a31 a6b2c23 a25d6 a31 a31 a31 f7g8h6i4j5k1 a9 a31 a31 a28e3 a31 a25d2e4 a31 a31 a30b1 a30c1 a30 a30 a30 a30 a8 a6d2 a31 a31 a31 a2c29 a30 a30 a30 a30 a30 a1e1g4i24 a24d1e3g1i1 a2g4i24 a30 b30 a30 g1i29 a31 a31 a30 a31 a30b1 g15h6i10 b31 a28c2 a28c2 c15d3e1f3g4h3j1 a28c2 e6f1 a30c1 a26c1 g13h5i4j2k2n1"
      ]
    ],
    "serial-rx-open": [
      [
        44,
        "b44 b44 .f44 f44 .2f38g6 -h44 c44 -120"
      ]
    ],
    "serial-rx-shorted": [
      [
        44,
        "b44 b44 .f44 f44 .2f42g2 -h44 c44 -120"
      ]
    ],
    "serial-too-long": [
      [
        17,
        "b17 i17 b15c2 d2e13f1g1 a17 .2d1e5f11 -h17 c17 -120"
      ],
      [
        12,
        ".7-2.5-2.2-2.10-2.6a2 .7-6.7-.-3.8b9c2d1 .b8c3d1 .3a2b2c8 a9d3 .3g5h2i2j3 a3 .2a10e1f1 .a8d1e3 .8a3 a3 .3a3c9 .5a2e1g3i6 a6d3i3 a3g3i6 .9g7h4i1 .3c11d1 .e3 .a10 g2h3i2j2k1"
      ],
      [
        11,
        "b11 i10m1 c11 a1b7c2e1 a11 .3-h11 c11 -120"
      ]
    ],
    "serial-ttl-meets-rs232": [
      [
        44,
        "b44 i37j3k3n1 b44 g38h6 a44 .2e10f33g1 -h44 c44 -120"
      ]
    ],
    "serial-tx-noise": [
      [
        44,
        "b44 a39i4k1 a38b6 g1h2i41 a6e5f10i23 .2f4 -c5d33e2h4 a37c7 a32c5 a26b5c2 a2b3c31d1 a4e25f5 a34 a33b2 b1c7d11e13f2g1 a1e33f1 a33b2 a35 b1e4f1g9h20 a33c4 a4c26d7 g19h11 a37 a32d1 a33 a33 a33 -2c33 a33 a33 a33 a33 a33 a11 b33 b33 a33 a33 a33 a33 a33 -6a33 a31d2 a31 a32 a33 a33 a33 -a33 -3a33 a32 a32 a32 a33 a32 a32 a31 b25c4d2 a31 b22c8d1 a30d2 a29 a29 a4b4c21 a24d5 a29 a31 a30i1 f11g9h2i5j1k1l2 a10 a31 a31 a26e5 a31 a24e7 a31 a31 a27b4 a27c4 a25d2 a25 a25 a27 a9 a8d1 a31 a31 a31 a3c28 a27 a27 a27 a27 a24d3 a1f1g1i21 a21e1f1i1 a2f1g2i19 a27 b27 a26d1 g1i25 a30c1 a30b1 a27 a30c1 a29b1 g12h4i11j3 b30 a17c9 a17c9 c12d3f4g1h1i1j4 a15c11 e7f1 a30 a27d1 g11h6i5j2k3"
      ]
    ],
    "serial-tx-open": [
      [
        44,
        "b44 m44 c44 a44 a44 .3-h44 c44 -120"
      ]
    ],
    "serial-tx-rx-swapped": [
      [
        44,
        "b44 m44 c44 a44 a44 .3-h44 c44 -120"
      ]
    ],
    "serial-tx-shorted": [
      [
        30,
        "b30 m30 c30 a30 a30 .3-h30 c30 -120"
      ],
      [
        14,
        "b14 i14 c14 b14 a14 .3-h14 c14 -120"
      ]
    ],
    "serial-wrong-baud": [
      [
        29,
        "b29 .b27c2 d2e6f4g3i14 a29 .b29 -i29 -.2a27b2 .-2.2-2.4g26h3 .5-2.6a11 .7-6.7-.-3.8b19c10 .b18c10d1 .a27 a27 a3b3c21 a21d6 a27 .a28i1 h15i6j8 a9 .2a25e4 .a21e8 .8a9 a2d7 a28d1 a28 a28 a5c23 .5e1g6i22 a22d1e5g1 a1f1g5i22 .9g19h6i4 .3c26h1i2 .e8 .a26 h2i13j4k7"
      ],
      [
        8,
        "b8 a2g1i5 c7 d7 a7 a7 a5b2 a5 g2 h5 a2c6 a2 a2 a2 -2a2 a2 -2a2 a2 a2 a2 g2 a2 a2 a2 a2 a2 -2c2 a2 a2 a2 a2 a2 a1 b2 b2 a2 a2 a2 a2 a2 -6a2 a2 a2 a2 a2 a2 a2 -a2 -3a2 a2 a2 a2 a2 a2 a2 a2 b2 a2 b2 a2 a2 a2 c2 a2 a2 a2 a2 g2 -a2 a2 a2 a2 a2 a2 a2 a2 a2 a2 a2 a2 a2 -2a2 a2 a2 c2 a2 a2 a2 a2 a2 i2 a2 i2 a2 b2 a2 i2 a2 a2 a2 a2 a2 g1i1 b2 a2 a2 d2 a2 -a2 a2 h2"
      ],
      [
        7,
        "b7 .b3c4 d4e3 a7 .b7 -h7 -.4-2.2-2.10-2.6a2 .7-6.7-.-3.10b6c1 .4a5d2 .3g3h2i2 a1 .2a6e1 .a5e2 .8a1 a1 .9a1g1i5 a5e1i1 a1g2i4 .9g5h2 .3c6g1 .e1 .a6 h4i1j1"
      ]
    ],
    "serial-wrong-parity": [
      [
        44,
        "b44 b44 .f44 f44 .2e11f33 -h44 c44 -120"
      ]
    ],
    "spi-bit-order": [
      [
        44,
        "c44 .6-2.5-2.2-2.7i44 .c44 .d44 b44 .5a14 .7-6c44 c44 b44 -76"
      ]
    ],
    "spi-mode": [
      [
        23,
        "c23 .6-2.5-2.2-2.7c23 a20f3 .3e23 .5a9 .7-6.c23 b23 -76"
      ],
      [
        20,
        "c20 .6-2.5-2.2-2.9e20 .2e20 .5a4 .7-6.3-c20 -11e20 -62"
      ]
    ],
    "spi-noise": [
      [
        20,
        "c20 .6-2.5-2.2-2.7a18c2 a17c3 .i3j4 a1 .6a8 .7-6a18c2 .2b13c5d1h1 .2a19f1 d1e1 .-3a19c1 a8b8c2d2 a7b4c9 a3b10c6d1 .2a19e1 a17c3 b13c3d1e3 a17c2d1 b14c3e2 .a16b4 a16b4 a10b1c9 a18d2 .a19 a19 g8h1i3j6k1 a6 a19 a19 a17e2 a19 a17d1e1 a19 a18b1 a18b1 a18c1 a1c17 a18 a1e8f6g3 a10c8 a5 a5 a19 a19 a19 a10b1c8 a9c1d3e5 a15b3 a2d4e12 a15b2c1 a18 a16g1i1 a15d1e1g1 a15e1g1i1 a5b4c9 a10b8 a18 a11e1f1g4i1 a10c9 a10b3c6 a18 a19 a19 c1g11h6i1 b19 c19 c19 c4j15 c19 e6 a10b1c8 a17c1 g10h4j1k2l1"
      ],
      [
        12,
        "c12 .6-2.5-2.2-2.7a1c10d1 a2c3d2e5 .i10j2 a4 .6a3 .7-6a5c7 a11c1 a11b1 c2d4f2g1h2 a10c1 a8e3 a7e4 f2g4h3 a7b2c2 h4 b1e3 c4 a2b1c5d3 d6e3h2 d5e4h2 d2e5f1h3 a9e2 a10b1 a9b1e1 a3 b2c1 a1c1d1 c1e1 a6d4 a6b1 a6b1 a6c1 a5d2 a3b3c1 a5 a5 f2g1h1j1 a2 a5 a5 a3e2 a5 a5 a2c3 a5 a4b1 a4d1 c4 a4 g3h1 a1c3 a1 a1 a5 a5 a5 a5 a1d3 a1b1c2 d4 a1c2d1 a4 a4 a3e1 a2e2 b1c3 a3b1 a4 a4 a1c4 a1c4 a4 a5 a3b2 g2h1j2 a2b3 c3 c3 j3 c3 -c5 a1c3 g1l2n1"
      ],
      [
        10,
        "c6f1g3 .6-2.5-2.2-2.10-2.6a3 .7-6.3a6b4 .3-.-3.8b7c3 .5a6b2c2 a8d2 .3g1h3i1j5 a2 .2a9e1 .a8e2 .4a7c3 .a7c1e1f1 .a2 a1d1 .3a1c9 .2a9e1 .2a1f1i8 a8d1f1 a1e1g1i7 .3f1g3i6 .5g7h2i1 .a8c2 a8c2 c9g1 c10 e2 .2g5h2i1j1k1"
      ]
    ],
    "spi-slow": [
      [
        42,
        "a34g8 .6-2.5-2.2-2.10-2.6a14 .7-6.7-.-3.8b30c12 .b29c13 .3a18b3c21 a34d8 .2a40i2 f6g9h4i4j19 a11 .2a37e5 .a33c1d2e6 .8a11 a11 .3a4c38 .5a3e2f1g5i31 a31d2e3g3i3 a6g5i31 .3g1i41 .5g35h4i3 .3c40g1h1 .g1h5i3j1 .a34c8 h21i10j1k2l4n4"
      ]
    ],
    "spi-too-fast": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g43h1 .4e44 j44 .e44 .5a14 .7-6.3-c44 -11e44 -62"
      ]
    ],
    "spi-wire-loose": [
      [
        44,
        "a29c10d2e1f1g1 .6-2.5-2.2-2.8a43g1 a42b1e1 i1j1 a2 c43e1 .5a14 .6a40b4 a4 a4 a4 a4 a4 a4 a42c2 a42c2 .a41h1 a40c3 a41 a41 a1 a41 -3a41e1 a42 a41h1 a42 a40c3 a41 a41 a40 b30c10 a40 b27c13 a39d2 a40 a40 a16b4c20 a31d9 a40 a40 a39i1 f7g9h4i5j15 a12 a40 a40 a34e5f1 a40 a30d1e9 a40 a40 a39b1 a39d1 a36c3 a39 a36c3 a39 a11 a11 a40 a40 a40 a5b1c34 a38b1 a39 a38d1 a37b2 a38d1 a1e1f1g5i30 a29d3e3f1g1i1 a2f1g6i29 a38b1 a1b38 a39 g4i35 a38c1d1 a38b1 a39 a40 a40 g28h8i4 b40 a31c9 a31c9 c35d1e2g1h1 a37c3 e11 a32c8 a36 g22h8i3j2k1"
      ]
    ],
    "supply-low": [
      [
        44,
        "c44 .6-2.5-2.2-2.4g43h1 .2i44 .c44 .2b44 c44 c44 .3a14 a44 a44 .4b44 .6c44 c44 b44 -76"
      ]
    ],
    "supply-ripple": [
      [
        23,
        "c23 .6-2.5-2.2-2.7e5f7g10i1 a1c6d5e11 c23 f1h6i16 .b9c13e1 c23 c23 .3a9 a23 a23 .4a8b15 a15 a15 a15 a15 a15 a15 c23 c21 b21 h5 a4c10 b5 b5 h5 c5 h5 b5 c5 e5 h5 h5 a5 a3c11 b13 b13 -60"
      ],
      [
        14,
        "c14 .6-2.5-2.2-2.7e4f5g5 a2d1e11 a1b6c7 a1h3i10 a9 b2c12 a13c1 a13c1 .3a3 a1b13 a1b13 .4a6b8 a8 a8 a8 a8 a8 a8 a1c13 a3c10 a3b10 h3 a5c5 b2c1 a2b1 h3 c2d1 h3 b3 c3 d2e1 h3 a1h2 h3 a6c4 a3b7 a1b9 -4d3 -55"
      ]
    ],
    "supply-weak": [
      [
        26,
        "c26 .6-2.5-2.2-2.4g25h1 .2i26 .c26 .2b26 c26 c26 .3a5 a26 a26 .4b26 .6c26 c26 b26 -76"
      ],
      [
        9,
        "e9 .6-2.5-2.2-2.10-2.6a7 .7-6.7-.-3.8b7c2 .2c9 .2a9 a8d1 .3g1i8 a2 .2a8e1 .a8e1 c9 b1c1d4e3 a8 d8 -6.3a9 -12c9 c9 -.b9 j9 a9 -4n2 c9 .g7h1j1"
      ]
    ],
    "transmit-weak": [
      [
        41,
        "e9f32 .6-2.5-2.2-2.10-2.6a13 .7-6.7-.-3.8b27c11d3 .b31c10 .3a41 .4f5g10h19i4j3 a3b9 .7a37 d37 -6.3a41 -12.2-.b41 j41 a41 -4n12 .a38 g22h9i3j1k3"
      ]
    ],
    "tx-noise": [
      [
        21,
        "f21 .6-2.5-2.2-2.4g20h1 .5-2.6a6 .7-6.7-.-3.8b15c6 .b16c3d2 .3a9b1c11 a16d5 .3f5g5h1i3j7 a7 .2a18e3 .a16d3e2 .4c21 .d1e6f4g10 .a7 a7 .3a1b4c16 a7b3c4d7 .b1d8e12 .2a12e2f2g5 a10d6e5 a13e1f3g4 a7b14 .2e3g16i2 .5c2g12h1i4j2 .a3c16 a3c16 c8h1j10 c19 e7 .a20 g12h6j2"
      ],
      [
        13,
        "a8f5 .6-2.5-2.2-2.10-2.6a4 .7-6.7-.-3.8b12c1 .b10c2d1 .3a4b1c8 a12d1 .3f1g4h1i2j5 a2 .4a11e2 .4a8c5 .a8c2d3 .a2 a2 .6a8b4c1 .2e1g3i9 a9e3g1 a1g3i9 .3g3i10 .5g7h5i1 .a11c2 a11c2 c11d1g1 a12c1 e2 .a11 g6h2i2j1"
      ],
      [
        7,
        "f7 .6-2.5-2.2-2.10-2.6a3 .7-6.7-.-3.8b5c2 .5a7 a5d2 .2a6i1 f1g1h1j4 a2 .2a5e2 .a5e2 .2a6 a3d3 c3 a3 g2h1 a2c1 a1 a1 .3a7 d1e2 a3 e3 a3 a3 a2f1 a3 a3 b1c2 a2b1 a3 d1e1f1 .2a3 .a3b4 c1j6 a4b3 c1 c1 j1 c1 f1n1 .a6 g4i1k1"
      ]
    ],
    "tx-pair-loose": [
      [
        30,
        "a21f8g1 .6-2.5-2.2-2.4g29h1 .5-2.6a9 .7-6.7-.-3.8b14c14d2 .b23c7 .3a12b5c13 a23d7 .3f7g9h2i2j10 a9 .2a25e5 .a22d1e7 .4a22c8 .a22c6d2 .a9 a9 .3a5c25 a27b2c1 .a26b4 .2a1e1g6i22 a22d2e4i2 a2f2g6i20 .3g3i27 .5c1g22h5i2 .a28c2 a28c2 c29g1 a29c1 e9 .a27 g18h6i1j1k1"
      ],
      [
        14,
        "e6f8 .6-2.5-2.2-2.10-2.6a5 .7-6.7-.-3.8b13c1 .b11c2d1 .a12 a12 a9c3 a12 a12 .2f1g2h1j9k1 a3 .2a12e2 .a12d1e1 .2a13 a11d2 a6c5 a11 a6e1g3i1 a5c6 a2 a2 a12d2 a12 a12 a9c3 a9c1e1 a11 a7d2e2 a11 a11 a3e1g4i3 a9d1i1 a3e1g5i2 a2c9 a9b2 a11 a6d1g1i3 a2c12 a2b12 a11 .a10b4 g4h4i2j4 a4b10 a5c5 a5c5 c8h2 a6c4 e2f1 a2b12 a13 g6h3i2k2"
      ]
    ],
    "tx-pair-open": [
      [
        44,
        "e9f35 .6-2.5-2.2-2.4g42h2 .5-2.6a14 .7-6.7-.-3.8b38c6 .b29c15 .3a44 .4f4g14h19i4j3 a3b9 .6a42b2 a40 d40 -6.3a44 -12.2-.b44 j44 a44 -4n12 .a40 g22h12i2j1k3"
      ]
    ],
    "tx-pair-reversed": [
      [
        40,
        "e5f35 .6-2.5-2.2-2.4g38h2 .5-2.6a13 .7-6.7-.-3.8b31c9 .b30c9d1 .3a40 .4f3g15h16i3j3 a5b5 .7a35 d35 -6.3a40 -12.2-.b40 j40 a40 -4n9 .a37 g20h10i2j2k3"
      ],
      [
        4,
        ".7-2.5-2.2-2.10-2.6a1 .7-6.7-.-3.8b2c2 .b3c1 .3a1c3 a3d1 .3g2i1j1 a2 .2a3e1 .a3d1 .8a2 a2 .9a3e1 g1i3 a4 .3g1i3 .5g3i1 .3c3h1 .e1 .a3 g1h2"
      ]
    ],
    "tx-pair-weak": [
      [
        39,
        "e5f34 .6-2.5-2.2-2.10-2.6a13 .7-6.7-.-3.8b29c10 .b31c8 .3a39 .4f9g7h15i5j3 a6b5 .7a36 d36 -6.3a39 -12.2-.b39 j39 a39 -4n10 .a37 g21h10i3j1k2"
      ]
    ],
    "vcap-missing": [
      [
        44,
        "e44 .6-2.5-2.2-2.4g42h2 .5-2.6a14 .7-6.7-.-3.8b31c12d1 .b41c3 c44 .2a44 a37d7 .2a43e1 f3g14h5i20j2 a12 .2a39e5 .a34d3e7 c44 a3b2c8d25e6 a39 d39 -6a42d2 a42 a42 a42 -12c44 c44 -.b44 j44 a44 -4n9 c44 a40 g23h11i2j2k2"
      ]
    ],
    "wrong-revision": [
      [
        44,
        "c44 .6-2.5-2.2-2.6c44 .3-2.6-.7-6.7-.-3.5a35b3d6 a35e9 a7c1d14 b5c2e1 a10c1d11 b6c4e1 a20d24 a23 a23 a1b1c21 a18d5 a23 a21 a21 g13i6j2 a4 a21 a21 a13e6f2 a21 a15d2e4 a20c1 a20b1 a21 a21 a21 a21 a21 a18c3 a4 a4 a21 a21 a21 a1c20 a20e1 a21 a20e1 a21 a19c2 a2g4i15 a13e4i4 a9f1g1i10 a20c1 a1b20 a21 a1g2i18 a13c8 a13b8 a21 a16c5 a15b1 g11h3i1j1 a1b15 a12c2d1 a12c2 c13j2 a12c3 -c16 a1c13 h1l3m3n7"
      ]
    ]
  },
  "twins": [
    [
      "bias-resistor",
      "cable-wire-open",
      "partner-deaf",
      "transmit-weak"
    ],
    [
      "box-delays",
      "partner-slow"
    ],
    [
      "box-drops",
      "box-mangles"
    ],
    [
      "cable-bursts",
      "tx-pair-loose"
    ],
    [
      "cable-intermittent",
      "partner-restarts",
      "rx-pair-loose"
    ],
    [
      "cable-shorted",
      "cable-straight",
      "cable-too-long",
      "cable-unplugged",
      "rx-pair-open"
    ],
    [
      "cable-wires-swapped",
      "rx-pair-weak"
    ],
    [
      "chip-brown-out",
      "reset-glitch"
    ],
    [
      "crystal-off",
      "partner-no-arp",
      "tx-pair-reversed"
    ],
    [
      "magnetics-open",
      "partner-silent"
    ],
    [
      "no-power",
      "port-boot-loader",
      "port-login",
      "port-modem",
      "serial-flow-stuck",
      "serial-tx-open",
      "serial-tx-rx-swapped",
      "serial-tx-shorted"
    ],
    [
      "partner-100-only",
      "partner-off"
    ],
    [
      "reset-held",
      "sck-open"
    ],
    [
      "serial-rx-open",
      "serial-rx-shorted",
      "serial-wrong-parity"
    ],
    [
      "supply-low",
      "supply-weak"
    ],
    [
      "tx-pair-open",
      "tx-pair-weak"
    ]
  ],
  "calibration": {
    "fault": {
      "intercept": -3.573,
      "worst": 2.445,
      "total": 0
    },
    "healthy": {
      "intercept": -5.188,
      "worst": 0.108,
      "total": 0.073
    },
    "blind": 0.7,
    "ceilings": {
      "adapter-latency": 0.96,
      "adapter-loose": 0.87,
      "address-taken": 0.96,
      "baud-off-6-percent": 0.9,
      "bias-resistor": 0.9,
      "box-delays": 0.97,
      "box-drops": 0.93,
      "box-drops-large": 0.97,
      "box-duplicates": 0.92,
      "box-mangles": 0.92,
      "box-reorders": 0.87,
      "brown-out": 0.95,
      "cable-bursts": 0.87,
      "cable-intermittent": 0.92,
      "cable-noise": 0.89,
      "cable-shorted": 0.93,
      "cable-split-pair": 0.97,
      "cable-straight": 0.94,
      "cable-too-long": 0.92,
      "cable-unplugged": 0.93,
      "cable-wire-open": 0.89,
      "cable-wires-swapped": 0.84,
      "chip-brown-out": 0.97,
      "computer-slow": 0.97,
      "crystal-off": 0.91,
      "cs-glitches": 0.9,
      "cs-miso-shorted": 0.98,
      "cs-mosi-shorted": 0.93,
      "cs-open": 0.92,
      "cs-stuck-high": 0.98,
      "cs-stuck-low": 0.95,
      "int-open": 0.89,
      "int-stuck-high": 0.95,
      "int-stuck-low": 0.97,
      "mac-taken": 0.96,
      "magnetics-open": 0.87,
      "memory-data-line": 0.93,
      "memory-lines-touch": 0.93,
      "miso-open": 0.96,
      "miso-stuck-low": 0.95,
      "miso-weak": 0.93,
      "mosi-cs-swapped": 0.97,
      "mosi-miso-shorted": 0.97,
      "mosi-miso-swapped": 0.95,
      "mosi-open": 0.83,
      "mosi-stuck-high": 0.99,
      "mosi-stuck-low": 0.96,
      "partner-100-only": 0.85,
      "partner-bad-fcs": 0.87,
      "partner-deaf": 0.9,
      "partner-full-duplex": 0.98,
      "partner-jabber": 0.91,
      "partner-no-arp": 0.9,
      "partner-no-ping": 0.93,
      "partner-off": 0.89,
      "partner-other-network": 0.96,
      "partner-restarts": 0.9,
      "partner-same-mac": 0.91,
      "partner-silent": 0.88,
      "partner-slow": 0.97,
      "port-gps": 0.92,
      "port-loopback": 0.96,
      "port-sketch": 0.92,
      "reset-glitch": 0.97,
      "reset-held": 0.86,
      "rx-noise": 0.92,
      "rx-pair-loose": 0.95,
      "rx-pair-open": 0.93,
      "rx-pair-reversed": 0.98,
      "rx-pair-weak": 0.88,
      "sck-cs-shorted": 0.92,
      "sck-miso-shorted": 0.97,
      "sck-miso-swapped": 0.97,
      "sck-mosi-shorted": 0.96,
      "sck-mosi-swapped": 0.99,
      "sck-open": 0.91,
      "sck-rings": 0.86,
      "sck-stuck-high": 0.96,
      "sck-stuck-low": 0.96,
      "serial-bursts": 0.91,
      "serial-data-bits": 0.89,
      "serial-drops": 0.9,
      "serial-echo": 0.92,
      "serial-ground-missing": 0.97,
      "serial-insertions": 0.94,
      "serial-inverted": 0.74,
      "serial-noise": 0.86,
      "serial-rx-noise": 0.92,
      "serial-rx-open": 0.98,
      "serial-rx-shorted": 0.98,
      "serial-too-long": 0.55,
      "serial-ttl-meets-rs232": 0.9,
      "serial-tx-noise": 0.94,
      "serial-tx-shorted": 0.98,
      "serial-wrong-baud": 0.92,
      "serial-wrong-parity": 0.97,
      "spi-mode": 0.98,
      "spi-noise": 0.86,
      "spi-slow": 0.94,
      "spi-too-fast": 0.98,
      "spi-wire-loose": 0.85,
      "supply-low": 0.92,
      "supply-ripple": 0.99,
      "supply-weak": 0.91,
      "transmit-weak": 0.9,
      "tx-noise": 0.83,
      "tx-pair-loose": 0.94,
      "tx-pair-open": 0.87,
      "tx-pair-reversed": 0.9,
      "tx-pair-weak": 0.87,
      "vcap-missing": 0.95
    },
    "again": {
      "steady": [
        0.91,
        0.95
      ],
      "others": {
        "adapter-latency": [
          0.57,
          0.05
        ],
        "adapter-loose": [
          0.48,
          0.04
        ],
        "address-taken": [
          0.74,
          0.05
        ],
        "box-delays": [
          0.21,
          0.02
        ],
        "box-drops": [
          0.08,
          0.02
        ],
        "box-duplicates": [
          0.16,
          0.05
        ],
        "box-mangles": [
          0.05,
          0.04
        ],
        "brown-out": [
          0.35,
          0.14
        ],
        "buffer-memory-bad": [
          0.68,
          0.53
        ],
        "cable-bursts": [
          0.14,
          0.02
        ],
        "cable-intermittent": [
          0.06,
          0.03
        ],
        "cable-noise": [
          0.28,
          0.02
        ],
        "chip-brown-out": [
          0.14,
          0.01
        ],
        "cs-glitches": [
          0.14,
          0.01
        ],
        "int-open": [
          0.44,
          0.05
        ],
        "int-stuck-high": [
          0.44,
          0.05
        ],
        "miso-weak": [
          0.14,
          0.01
        ],
        "partner-bad-fcs": [
          0.1,
          0.02
        ],
        "partner-restarts": [
          0.08,
          0.02
        ],
        "partner-slow": [
          0.35,
          0.22
        ],
        "reset-glitch": [
          0.14,
          0.02
        ],
        "rx-noise": [
          0.24,
          0.02
        ],
        "rx-pair-loose": [
          0.14,
          0.02
        ],
        "sck-rings": [
          0.14,
          0.01
        ],
        "serial-bursts": [
          0.06,
          0.05
        ],
        "serial-drops": [
          0.06,
          0.03
        ],
        "serial-insertions": [
          0.14,
          0.01
        ],
        "serial-noise": [
          0.35,
          0.02
        ],
        "serial-tx-noise": [
          0.05,
          0.05
        ],
        "spi-noise": [
          0.14,
          0.01
        ],
        "spi-wire-loose": [
          0.08,
          0.03
        ],
        "supply-ripple": [
          0.21,
          0.01
        ],
        "tx-noise": [
          0.28,
          0.02
        ],
        "tx-pair-loose": [
          0.1,
          0.04
        ],
        "wrong-revision": [
          0.21,
          0.01
        ]
      }
    }
  }
}
