/** What `make dictionary` learned; `dictionary.ts` says what it means. Written by a program: do not edit. */
import type { DictionaryData } from './dictionary.js'

// biome-ignore format: written by a program
export const DICTIONARY_DATA: DictionaryData = {
  "provenance": {
    "runsOfEach": 40,
    "soundRuns": 480,
    "seed": 10000000,
    "plan": "f8cf8cebbbe33425",
    "faults": 130,
    "symptoms": 122
  },
  "symptoms": [
    "report layer/7/0/0.531",
    "report occupant/14/0/0.641",
    "serial.session octetsReceived/10/8/0.887",
    "serial.session cellsUnderstood/10/8/0.223",
    "serial.session answerTime/14/8/0.107",
    "serial.session ownCells/9/0/0.163",
    "serial.session boardAsked/9/1/0.268",
    "serial.rate unquiet/10/0/0.516",
    "serial.rate share/10/0/0.719",
    "serial.link/4/0/0.275",
    "serial.round-trip/4/0/0.32",
    "serial.line-errors boardHeaders of damaged/10/0/0.441",
    "serial.line-errors boardHeaders at the board/10/0/0.764",
    "serial.whole-run/4/0/0.281",
    "serial.whole-run boardHeaders of damaged/10/0/1.031",
    "serial.whole-run boardHeaders at the board/10/0/0.799",
    "serial.whole-run boardPayloads/9/0/0.308",
    "serial.whole-run hostPayloads/9/0/0.117",
    "serial.retransmissions/4/0/0.383",
    "serial.restarts/4/0/0.573",
    "spi.clock/4/0/0.691",
    "spi.miso allOnes/10/0/0.181",
    "spi.miso allZeros/10/0/0.399",
    "spi.miso rightWhenSlow/14/0/0.531",
    "spi.bit-order mirrored/9/0/0.72",
    "spi.bit-order cleared/6/2/0.698",
    "spi.pins */9/0/0.793",
    "spi.pins sck/9/0/0.754",
    "spi.pins mosi/9/0/0.667",
    "spi.pins miso/9/0/0.012",
    "spi.pins cs/9/0/0.588",
    "spi.pins int/9/0/0.021",
    "spi.pins reset/9/0/0.5",
    "spi.pins intDriven/9/1/0.558",
    "spi.pins csPulled/9/1/0.429",
    "spi.pins sckMosi/9/0/0.469",
    "spi.pins sckMiso/9/0/0.33",
    "spi.pins sckCs/9/0/0.267",
    "spi.pins mosiMiso/9/0/0.331",
    "spi.pins mosiCs/9/0/0.045",
    "spi.by-hand */9/0/0.418",
    "spi.by-hand sckMosi/9/0/0.974",
    "spi.by-hand sckCs/9/0/0.897",
    "spi.by-hand mosiCs/9/0/0.446",
    "spi.by-hand sckMiso/9/0/0.904",
    "spi.by-hand mosiMiso/9/0/0.603",
    "spi.by-hand misoInt/9/0/0.191",
    "spi.zero-bit ones/10/0/0.204",
    "spi.interrupt-pin/4/0/0.632",
    "spi.bit-fields set/6/0/0.026",
    "spi.memory wrong/10/0/0.502",
    "chip.clock/4/0/0.421",
    "chip.self-test rotatedRead/6/0/0.334",
    "chip.self-test firstWrong/6/0/0.26",
    "chip.self-test wrongBits/6/0/0.595",
    "chip.self-test-unrotated/4/0/0.377",
    "chip.self-test-unrotated */9/0/0.165",
    "chip.self-test-unrotated wrong/9/0/1.202",
    "chip.self-test-unrotated firstWrong/6/0/0.51",
    "chip.self-test-unrotated stuckHigh/6/0/0.613",
    "chip.address-lines wrong/9/0/0.121",
    "chip.memory-at-rest twice/9/0/0.176",
    "chip.memory-at-rest rested/9/0/0.362",
    "phy.identifier/4/0/0.806",
    "phy.identifier phid1/6/0/0.07",
    "phy.identifier phid2/6/0/0.259",
    "phy.filter-magic tried/9/1/0.021",
    "phy.forced-link/4/0/0.19",
    "phy.forced-listening */9/0/0.073",
    "phy.forced-listening own/9/0/0.073",
    "phy.forced-listening answers/9/2/0.155",
    "phy.forced-listening frames/9/0/0.13",
    "phy.forced-listening bad/9/0/0.376",
    "phy.forced-listening receiving/9/0/0.138",
    "phy.link/4/0/0.411",
    "phy.link receiving/10/0/0.034",
    "phy.link time/14/9/0.236",
    "phy.partner/4/0/0.034",
    "phy.partner */9/0/0.707",
    "phy.partner power/9/1/0.081",
    "phy.polarity/4/0/0.839",
    "mac.bystanders/4/0/0.294",
    "mac.bystanders busy/10/0/0.102",
    "mac.bystanders others/9/0/0.15",
    "mac.transmit/4/0/0.575",
    "mac.transmit collisions/9/0/0.233",
    "mac.receive time/4/0/0.38",
    "mac.receive requests/9/1/0.072",
    "mac.frame-check/4/0/0.164",
    "mac.frame-check wrongFcs/10/0/0.581",
    "mac.frame-check lost/10/0/0.263",
    "mac.unicast-filter/4/0/0.221",
    "mac.simultaneous late/10/0/0.447",
    "mac.heard frames/9/0/0.136",
    "mac.address-conflict/4/0/0.092",
    "mac.address-conflict address/9/0/0.547",
    "mac.address-conflict otherwise/9/2/0.459",
    "mac.echo-short lost/9/0/0.298",
    "mac.echo-odd lost/9/0/0.189",
    "mac.echo-odd wrongFcs/9/0/0.326",
    "mac.echo-long lost/9/0/0.179",
    "mac.echo-long median/14/6/0.023",
    "mac.duplex-flood/4/0/0.543",
    "mac.duplex-flood overlaps/9/3/0.265",
    "mac.duplex-flood answers/9/0/0.064",
    "mac.duplex-flood damaged/9/3/0.105",
    "mac.overflow-recovery */9/0/0.106",
    "mac.overflow-recovery again/9/1/0.066",
    "mac.order/4/0/0.363",
    "mac.order whole/9/4/0.02",
    "mac.settings */9/0/0.447",
    "network.controller/4/0/0.252",
    "network.arp */9/0/0.33",
    "network.arp time/10/6/0.334",
    "network.arp found/9/1/0.246",
    "network.ping/4/0/0.106",
    "network.ping loss/4/0/0.151",
    "network.ping-large median/10/2/0.349",
    "network.ping-large loss/4/0/0.242",
    "network.board-answers median/14/4/0.382",
    "network.steady */9/0/0.662",
    "network.release address/14/6/0.119"
  ],
  "counts": {
    "healthy": [
      [
        480,
        ".7-2.2-2.-2.7-2.7a131 .8-6.6-2.2-3.6b363c107d10 .3a175b55c250 a357c1d122 .a401b48c27d4 .a459d1e1i19 f112g112h56i35j165 a108 a108 b108 .2a399e76f5 a343c4d29e104 .a479b1 .6a104d4 a411d69 .2a59b10c411 .4g278h139i28j35 .a110b9c16d345 a277b27c27d103e46 a135d345 .3a89d9e382 .3g455h25 .5e107f1 .g279h138i63"
      ]
    ],
    "adapter-latency": [
      [
        30,
        "b30 .3j30 .2-2a25c5 c25 -2a24c1 g1 f1 a25 a24b1 a1b24 a25 a25 a25 a25 -2c25 a25 a25 a25 a25 a25 a25 a11 b25 b25 a25 a25 a25 a25 a25 a25 -6a25 a25 a25 a25 a25 a25 -2a25 a25 -3a25 a25 a25 a25 a25 a25 b22c3 a25 a24 a24 a1c23 a21d3 a24 a22b1c1 a25 a25 j20k4l1 a11 a11 b11 a25 a25 a23e2 a22e3 a25 a25 a20c5 b25 a20 a20 a20 a20 a7d3 a22d3 a24d1 a24 a1c23 a20 a20 a20 a20 j2k18 a20 a2d18 a15b1d2e2 a3d17 a20 b20 a20 a1e19 a25 a24c1 a5b19 i20j4 b24 a1 a1 j1 c1 e10f1 a24 g1h1i2j11k9"
      ]
    ],
    "adapter-loose": [
      [
        44,
        "a14b28f2 .6-2a42c2 a36c5d1 f6g1 e1f5i1 a13b3c26 f26g3 a1e2f14g7i5 a14b5c9d7e5f1h1 a18b5c6d9e3g1 a33b9 a41c1 a39d1 a39 a39 -2c40 a40 a40 a40 a40 a40 a40 a15 b40 b40 a40 a40 a40 a40 a40 a40 -6a40 a39d1 a39 a39 a39 a39 -2a39 a39 -3a39 a39 a39 a39 a39 a39 b29c8d1 a39 a37 a37 a6b6c25 a29d8 a37 a31b5c1 a39 a38i1 f8g8h7i1j5k1l9 a10 a10 b10 a39 a39 a35e4 a31d2e6 a38d1 a38 a29c10 b39 a26d3 a26 a26 a29 a7d1 a35d4 a28d11 a28 a2c26 a29 a29 a29 a29 g12h9i1k2l5 a29 a4b1d24 a18b2c3d4e2 a5d24 a29 b29 a29 a3e26 a37b2 a23c16 a23 g21h2 b23 a20c3 a20c3 c20j3 a20c3 e5 a23 g12h8i2k1"
      ]
    ],
    "address-taken": [
      [
        39,
        "f39 .6-2.2-2.-2.7-2.7a10 .8-6.6-2.2-3.6b30c6d3 .9f25g14 a16 a16 b16 .12a16 .c39 d39 .5g25h14 .11g35h4 .5d1e15 .g25h14"
      ],
      [
        5,
        "f5 .6-2.2-2.-2.7-2.7a2 .8-6.6-2.2-3.6b4c1 .9h2i3 -3.12-.c5 d5 .e5 .3i2j3 .a5 d5 a5 a2c3 a3b2 .a5 .3j5 .-5.i2j3"
      ]
    ],
    "baud-off-6-percent": [
      [
        39,
        "b39 .f18h1i20 a33f6 n39 .a33d6 -2.2-2.-2.7-2.7a10 .8-6.6-2.2-3.6b30c9 .3a14b6c19 a26d13 .a30b6c3 .2f6g11h7i1j11k3 a10 a10 b10 .2a30e9 a25c1d3e10 .a38b1 .6a10 a34d5 .2a5b2c32 .4g23h13i2j1 .a4b2d33 a25b3c3d6e2 a7d32 .3a5d1e33 .3g36h3 .5e9f1 .g23h13i3"
      ]
    ],
    "bias-resistor": [
      [
        39,
        "e8f31 .6-2.2-2.-2.7-2.7a13 .8-6.6-2.2-3.6b32c5d2 .3a39 .5f5g5h25i3j1 a2c8 a2b8 b10 .6d39 d39 -5.3a39 -13.2b39 j39 a39 -4n10 .g29h7i3"
      ]
    ],
    "box-delays": [
      [
        32,
        "f32 .6-2.2-2.-2.7-2.7a8 .8-6.6-2.2-3.6b30c2 .3a31b1 .5f2g8h20i2 a11 a11 b11 .3a28b3c1 .2a20c12 b26c6 c20 a20 e11f4g5 a10c10 a7d1 .3a19b12c1 d17e3 d17e3 a20 a6b1c3d8e2 g2h2i14n2 a20 a20 a2b9c5d4 a20 b20 b20 a19c1 a7c3d10 .2a1b31 i32 .a1 a1 h1 a1 k7l2n2 .g18h12i2"
      ]
    ],
    "box-drops": [
      [
        38,
        "a2f36 .6-2.2-2.-2.7-2.7a13 .8-6.6-2.2-3.6b35c3 .3a4b2c32 .5f23g7h7i1 a12 a12 b12 .6a37d1 b26c11d1 a2c35 a37 a2c1d11e13f9g1 a33c4 a12 .3a5b7c26 a8b7c9d11e2 a6b7c10d14 a37 a11b5c7d13e1 g25h9i1j1n1 a37 a37 b1d11e25 a37 a26b10c1 a1b36 a37 a7b1c1d23e5 .2a36b2 c4e1g23h2i2j6 a1b37 a10c21 a10c21 c30j1 a15c16 e11n1 .g26h10i2"
      ]
    ],
    "box-drops-large": [
      [
        44,
        "f44 .6-2.2-2.-2.7-2.7a15 .8-6.6-2.2-3.6b32c12 .9f22g11h7i4 a20 a20 b20 .8c44 .e32f12 .a18d2 .5a40e4 .e44 n44 .a44 a30d5e9 a44 a27b17 .2a11e33 .3g39h5 .3j44 c44 e20 .g22h16i6"
      ]
    ],
    "box-duplicates": [
      [
        30,
        "f30 .6-2.2-2.-2.7-2.7a11 .8-6.6-2.2-3.6b18c11d1 .3c14d16 .5f23g7 a8 a8 b8 .12a8 .8g23h7 .a30 e29f1 a30 .2c30 .4g28h2 .a24c6 a24c6 c26d4 .e7f1 .g23h7"
      ],
      [
        7,
        ".7-2.2-2.-2.7-2.7a2 .8-6.6-2.2-3.6b5c2 .3c5d2 .5g1h6 a2 a2 b2 .12a2 .8h4i3 .a7 d4e3 a7 .3a1b2c2d1e1 .3g6h1 .5e2 .h4i3"
      ]
    ],
    "box-mangles": [
      [
        42,
        "a1f39g2 .6-2.2-2.-2.7-2.7a14 .8-6.6-2.2-3.6b29c13 .3b1c41 .5f24g5h7i6 a12 a12 b12 .7b41c1 a3c39 .a3c5d9e19f3h1i2 .a12 .4a14b12c5d8e3 a15b11c7d6e3 .a15b11c9d4e3 g23h9i2j5n3 .a42 a3d14e25 a42 a37b1c4 a4b38 .a15b2c1d17e7 .3c10d3e1g27h1 .a6c36 a6c36 c40j2 a17c25 e11n1 .g24h9i6j3"
      ]
    ],
    "box-reorders": [
      [
        39,
        "a19f20 .6-2.2-2.-2.7-2.7a14 .8-6.6-2.2-3.6b36c2d1 .9f18g8h11i2 a9 a9 b9 .12a9 .8g19h17i1j2 .a39 d5e34 a39 .2a19c20 a5e34 .3g33h6 .5e4f3g1h1 .g26h10i3"
      ]
    ],
    "brown-out": [
      [
        28,
        "b28 .6-2.2-2.-2.2a27b1 c28 .3-2.7a12 .8-6.5a26 -2.2-3.6b10c7 a18d10 a17 a17 a5b2c10 a12d5 a17 a13b2c2 a18 a18 f3g8h2i2j3 a5 a5 b5 a18 a18 a14e4 a13e5 a18 a18 a18 b18 a15c1d2 a16 a15c1 a15d3 a4d1 a12d3 a13d5 a13 a2c11 a14 a14 a14 a13 g5h7l1 a11d7 b1d10 a7b1d2e1 a1c1d9 a13 b13 a12d6 e12 a4b10c4 a9c9 a9 g7h2 b9 a9 a9 c9 a9 e1 a4c5 h2m1n5"
      ],
      [
        16,
        "a14b1c1 .6-2.2-2a15d1 -2a15 a15 .2a15 a14e1 a15 j1 -c15 a15 a15 a15 a15 a15 a15 a3 b15 b15 a15 a15 a15 a15 a15 a15 -6a15 a15 a14 a14 a14 a14 -2a14 a14 -3a14 a14 a14 a14 a14 a14 b11c3 a14 a14 a14 a6b2c6 a10d4 a14 a12c2 a14 a13i1 f3g5j6 a4 a4 b4 a14 a14 a10e3f1 a10d1e3 a14 a14 a14 b14 a14 a14 a14 a14 a4 a11d3 a14 a14 a2c12 a14 a14 a14 a14 g9h5 a14 a2b1d11 a9b1c1e3 a3d11 a14 b14 a14 e14 a14 a14 a14 g14 b14 a14 a14 c14 a14 e4 a14 g9h5"
      ]
    ],
    "buffer-memory-bad": [
      [
        44,
        "c13d31 .6-2.2-2.-2.7-2.7a13 .8-6.3a31b13 .a24d9e11 e24f15 b15e24 c44 b44 b44 e44 b17e27 a39b5 .5b31c10e3 .3a17b5c22 a33c1d10 .a39b4c1 .2f9g14h5i1j15 a10 a10 b10 .2a40e4 a32b1c2d1e8 .2a43d1 b42c1d1 a39c4 a43 a39e2f2 a42c1 a10 a37d7 .2a6b1c37 a43 a40e3 a43 a39e4 g23h14i1j1n4 a43 a10b1c1d31 a32b1d5e5 a13d30 a40b3 a1b42 a43 a4d7e32 .2a43b1 g39h3i1j1 a1b43 a36c7 a36c7 c41j2 a22c21 e10 .g26h16i2"
      ]
    ],
    "cable-bursts": [
      [
        36,
        "a9f27 .6-2.2-2.-2.7-2.7a10 .8-6.6-2.2-3.6b30c5d1 .3a19b2c15 a31d5 a35d1 a33b2c1 .2f4g9h4i1j18 a11 a11 b11 .2a31e5 a29d3e4 .3b32c4 a9c27 a26c3d6e1 a11c4d6e12f2g1 a35c1 a11 a34d2 .2a1b1c34 a22b6c5d3 a22b4c5d5 a35b1 a19b2c11d4 g22h12i1j1 .a7b1c2d26 a20b3c2d7e4 a9c3d24 a35b1 .2a5b1c1d11e18 .3c2g30h1i3 .a14c22 a14c22 c35j1 a21c15 e11 .g22h12i2"
      ]
    ],
    "cable-intermittent": [
      [
        21,
        "e3f18 .6-2.2-2.-2.7-2.7a6 .8-6.6-2.2-3.6b16c5 .3a8b4c9 a16d5 .a19b1c1 .2f3g2h2i3j6k3l2 a6 a6 b6 .2a19e2 a16d1e4 .2a20d1 b16c2d3 a6c14 a20 a6d2e5f4g1i2 a15c5 a6 a20b1 .2a10b1c10 a14d2e4 a14c2d1e3 a20 a15d1e4 g7h5i2j2n4 a20 a8b2d10 a12c2d6 a9b1d10 a14b4c2 a5b15 a20 a10b1d2e7 b21 .2g17i4 .a14c7 a14c7 c20g1 a13c8 e6 a3b18 g9h6i6"
      ],
      [
        18,
        "a13g5 .6-2.2-2.-2.7-2.7a6 .8-6.6-2.2-3.6b15c3 .3a12c6 a16d2 .a16b2 .2f2g2h1j11l2 a2 a2 b2 .2a17e1 a16c1d1 .8a2 a17d1 .7g14h3i1 .a5d13 a12d3e3 a5d13 .3a2e16 .9e2 a13b5 g14h3i1"
      ]
    ],
    "cable-noise": [
      [
        18,
        "f18 .6-2.2-2.-2.7-2.7a7 .8-6.6-2.2-3.6b13c5 .3a11b2c5 .a15d3 a16b2 .a17i1 f3g4h2j9 a3 a3 b3 .2a15e3 a17b1 .a17c1 a17d1 b11c3d4 c17 d6e11 f10g7 a14c3 a3 a17b1 .2b8c10 a3c7d7 c1d14e2 a2b7c6d2 d7e10 g6h1n10 a17 a11b1c5 a14b3 a7b3c5d2 b17 b17 a17 a3b1c2d11 .2a17b1 c3e1g10i2j2 .c15 c15 j15 c15 e2n1 .g12h5i1"
      ],
      [
        15,
        "a7f8 .6-2.2-2.-2.7-2.7a7 .8-6.6-2.2-3.6b12c3 .3a9c6 a11c1d3 a14d1 a12b2c1 .a13i2 f3g2h1i1j8 a1 a1 b1 .2a12e3 a11c1d1e2 .4a7c8 a10d5 a7c3d3e2 .a1 .3a1c14 a14b1 a10b5 a11b3c1 a9b3c3 g11h3j1 .a5c1d9 a7c2d2e4 a4c2d9 .3a2d3e10 .3c1g14 .a12c3 a12c3 .a10c5 e1 .g11h3i1"
      ],
      [
        10,
        "f10 .6-2.2-2.-2.7-2.7a4 .8-6.6-2.2-3.6b8c2 .3a10 .a7d3 a7b3 .2f2g3h2j3 a3 a3 b3 .2a8e1f1 .3d10 d10 -5.3a10 -13.2b10 j10 a10 -4n3 .g5h4i1"
      ]
    ],
    "cable-shorted": [
      [
        39,
        "e39 .6-2.2-2.-2.7-2.7a6 .8-6.6-2.2-3.6b27c12 .3a39 .3c39 .n39 a7c4 a7b4 b11 .-41"
      ],
      [
        5,
        "f5 .6-2.2-2.-2.7-2.7-.8-6.6-2.2-3.10a5 .5g2h3 -3.6d5 d5 -5.3a5 -13.2b5 j5 a5 -5.g2h3"
      ]
    ],
    "cable-split-pair": [
      [
        38,
        "e38 .6-2.2-2.-2.7-2.7a5 .8-6.6-2.2-3.6b24c14 .b38 c38 a38 a33b1c1d3 .a34b3c1 .2f10g9h5i1j13 a9 a9 b9 .2a32e5f1 a27d4e7 c38 e38 d38 d38 -5a34d4 .2a38 -13.2b38 j38 a38 -4n9 .g23h11i4"
      ]
    ],
    "cable-straight": [
      [
        44,
        "e44 .6-2.2-2.-2.7-2.7a15 .8-6.6-2.2-3.6b31c10d3 .3a44 .3c44 .n44 c10 b10 b10 .-41"
      ]
    ],
    "cable-too-long": [
      [
        28,
        "e28 .6-2.2-2.-2.7-2.7a8 .8-6.6-2.2-3.6b21c6d1 .3a28 .3a2c26 .j1l1n26 a1c4 a1b4 b5 .a2 a2 a2 a2 a2 d2 d2 -5a2 a2 a2 a2 -13b2 a2 b2 j2 a2 -5b2 g1h1"
      ],
      [
        10,
        "f10 .6-2.2-2.-2.7-2.7a4 .8-6.6-2.2-3.6b8c2 .3a10 .5f1g4j5 a5 a5 b5 .6d10 d10 -5.3a10 -13.2b10 j10 a10 -4n5 .g6h4"
      ],
      [
        3,
        ".7-2.2-2.-2.7-2.7-.8-6.6-2.2-3.6b2c1 .3a1c2 .5g2j1 a2 a2 b2 .12a2 .8g1h2 .a2d1 a1e2 a2d1 .7g2h1 .5e2 .g1h2"
      ]
    ],
    "cable-unplugged": [
      [
        44,
        "e44 .6-2.2-2.-2.7-2.7a12 .8-6.6-2.2-3.6b35c7d2 .3a44 .3c44 .n44 a10c3 a10b3 b13 .-41"
      ]
    ],
    "cable-wire-open": [
      [
        23,
        "e23 .6-2.2-2.-2.7-2.7a7 .8-6.6-2.2-3.6b14c9 .3a23 .3c23 .n23 a9 a9 b9 .-41"
      ],
      [
        16,
        "e1f15 .6-2.2-2.-2.7-2.7a3 .8-6.6-2.2-3.6b9c7 .3a16 .5f3g5h6i2 a2c1 a2b1 b3 .6d16 d16 -5.3a16 -13.2b16 j16 a16 -4n3 .g9h5i2"
      ]
    ],
    "cable-wires-swapped": [
      [
        36,
        "e36 .6-2.2-2.-2.7-2.7a15 .8-6.6-2.2-3.6b27c7d2 .3a36 .3c36 .n36 a4c8 a4b8 b12 .-41"
      ],
      [
        8,
        "e8 .6-2.2-2.-2.7-2.7a1 .8-6.6-2.2-3.6b6c2 .3a8 .2a6c2 .2g1h2i2j3 -3c8 .a7e1 .3d8 d8 -5.3a8 -13.2b8 j8 a8 -5.g4h3i1"
      ]
    ],
    "chip-brown-out": [
      [
        18,
        "a14g4 .6-2.2-2.-2.7-2.7a4 .8-6.6-2.2-3.6b11c7 .3a5b2c11 a15d3 .a15c3 .2f3g9h1j5 a7 a7 b7 .2a16e2 a15d1e2 .8a6d1 a17d1 .2a1c17 .4g8h10 .a3d15 a13c2d1e2 a3d15 .3a1d1e16 .3g16h2 .a17c1 a17c1 .2e7 a14c4 g8h10"
      ],
      [
        16,
        "c5d5e6 .6-2.2-2.-2.5a15i1 a15e1 a1j1 -.a15c1 .5a5 a1b15 a1b15 .5a15b1 a1 a1 a1 a1 a1 a1 .a15c1 a15 a12f1h2 a15 a15 -2a14c1 a14b1 a1 f1 b1 a15 a15 a10h5 a15 a15 a15 b12c1e1 a13d2 a15 a15 a6b4c5 a12d3 a15 a11b1c2d1 a14 a13i1 f6g2h3i2j1 a6 a6 b6 a14 a14 a12e2 a13e1 c14 a11b2c1 d14 d14 -5a14 a14 a14 a14 -13c14 a14 a14 g14 b14 a7c7 a7c7 c12g1j1 a7c7 e5f1 c14 g8h4i1j1"
      ],
      [
        10,
        "d1e2f7 .6-2.2-2.-2.7-2.7a5 .8-6.6-2.2-3.2a9h1 a9c1 .a9b1 b6c3 .3a6b1c3 a8d2 .a8c2 .2f3g3j4 a2 a2 b2 .2a7e3 a7d1e2 .2a9d1 b9d1 a5c4 a9 a5g3i1 a4c5 a2 .3a7c3 a3d2e4 a2d2e5 a7b2 a2d1e6 g2n7 a9 a7b1d1 a8c1 a7c1d1 a1c8 a8b1 a9 a8d1 c10 .2g9h1 .a9c1 a9c1 .a8c2 e2 a4c6 g7h3"
      ]
    ],
    "computer-slow": [
      [
        21,
        "a18b3 .3i19j1k1 .2-2.2i1 a1 a18c1d2 g1 a1 a19 a18b1 a13b8 .a19 a19 a19 -2c19 a19 a19 a19 a19 a19 a19 a5 b19 b19 a19 a19 a19 a19 a19 a19 -6a19 a19 a19 a19 a19 a19 -2a19 a19 -3a19 a19 a19 a19 a19 a19 b12c6d1 a19 a19 a19 a6b1c12 a16d3 a19 a17b1c1 a19 a19 f7g4h2i1j5 a8 a8 b8 a19 a19 a17e2 a14c1d1e3 a19 a19 a19 b19 a19 a19 a19 a19 a8 a17d2 a19 a19 a2b1c16 a19 a19 a19 a19 g14h4j1 a19 a7d12 a11c1d1e6 a7d12 a19 b19 a19 a1e18 a19 a19 a19 g18i1 b19 a19 a19 c16f1g1h1 a19 e8 a19 g13h3i1j2"
      ],
      [
        18,
        "b13e1f4 .3i17j1 .2-2a15c3 a8c7 f7 a7 b5c9d1 f14 a13d1 a14 b5c2d3e2f2 a8b7 a15 a14 a14 a14 -2c14 a14 a14 a14 a14 a14 a14 a5 b14 b14 a14 a14 a14 a14 a14 a14 -6a14 a14 a14 a14 a14 a14 -2a14 a14 -3a14 a14 a14 a14 a14 a14 b11c3 a14 a8 a8 a1c7 a7d1 a8 a7c1 a14 a14 l14 a5 a5 b5 a14 a14 a12e2 a10e4 a14 a14 a3c11 b14 a2d1 a2 a2 a3 -a12d2 d14 -2a3 a3 a3 a3 k1l2 a3 a1d2 a1c1d1 a1d2 a3 b3 a2d1 e2 a14 a1c13 a1 g1 b1 a1 a1 c1 a1 -a1 i1"
      ]
    ],
    "crystal-missing": [
      [
        44,
        "d44 .6-2.2-2.-2.6e44 -2.7a12 .8-6.4c44 -8.3-59"
      ]
    ],
    "crystal-off": [
      [
        38,
        "f38 .6-2.2-2.-2.7-2.7a9 .8-6.6-2.2-3.6b28c10 .3a38 .a34d4 a35b2c1 .2f4g10h8i1j15 a11 a11 b11 .2a34e4 .3d38 d38 -5.3a38 -13.2b38 j38 a38 -4n11 .g22h14i2"
      ],
      [
        6,
        "f6 .6-2.2-2.-2.7-2.7a3 .8-6.6-2.2-3.6b3c2d1 .3a2c4 .a5d1 a5d1 .2f3h1j2 a3 a3 b3 .2a5e1 .5c6 .f6 .a3 .5a1e5 .e6 n6 .a5d1 .a6 b5c1 a1b5 .a1e5 .5a5c1 a5c1 j6 c6 e3 .g5h1"
      ]
    ],
    "cs-glitches": [
      [
        17,
        "c17 .6-2.2-2.-2.5a9c8 .i4j6 -.7a10 .8-6a11c5d1 .2g11h6 .a16f1 e4 c4 .2-3a13b3c1 a3g6h8 a2g7h8 a16c1 .a16e1 b6c6e4 a16c1 a14b2 a14b2 a8b2c6 a11b1c1d3 a16 a13b2d1 a16 a16 f4g1h3i1j7 a8 a8 b8 a16 a16 a14e1f1 a11c2d1e2 a16 a16 a15d1 b15d1 c15 a15 e3f9g2h1 a7c8 a7 a11b2d3 a16 a16 a10c6 a7d3e5 a4d4e7 a12b2c1 a2d10e3 g1h1i3j2k1n7 a15 a14c1 a13d2 a14b1 a2b8c5 a5b10 a15 a8b2d5 a9b4c3 a16 a16 g11i5 b16 c16 c16 j16 c16 e4f1n2 a1c15 g10h1i2j1k1l1"
      ],
      [
        15,
        "c15 .6-2.2-2.-2.5c3d4e8 a13e2 i15 a11 .7a4 .7a10b5 a5 a5 a5 a5 a5 a5 d7e8 a11c4 a9c1e5 h7 a10c5 a5b1d1 b1e5 c6 a2c5 a2b3c2 h5 b2e3 c5 a1c6 h7 g1h6 c13 a4b2e7 a1b4e8 -d5 a1 a1 a1 a1 b1 b1 a1 a1 f1 -3a1 a1 e1 a1 a1 a1 a1 b1 -5a1 a1 a1 b1 -13b1 c1 -10"
      ],
      [
        8,
        "a1c5f1g1 .6-2.2-2.-2.7-2.7a1 .8-6.3a3g5 .2-2.2-3.a7g1 a6c1g1 .3b5c2d1 .3a2c6 .5f1g4i1j2 a2 a2 b2 .8a4c4 .a4e3f1 .a2 .3a1c7 .3a6e2 g2h3j1n2 .a2d6 a7d1 a2d6 .3a1e7 .3c1g6h1 .a5c3 a5c3 .a2c6 e2 .g3h4j1"
      ],
      [
        3,
        "c3 .6-2.2-2.-2.5c2d1 .i3 a2 .7-.7a2b1 a1 a1 a1 a1 a1 a1 a1d2 .2g1h2 .a1c1e1 e2 c2 c3 b3 h3 e3 c3 c3 h3 h3 .3-.a1b1 a1b1 a1c1 a2 a2 a1b1 a2 a2 g1h1 a1 a1 b1 a2 a2 a2 a2 a1c1 a2 a1d1 b1d1 c1 a1 g1 c1 -a1b1 a1c1 a2 a2 d1 d1 a1 d1 i1 a1 b1 a1 a1 b1 b1 a1 a1 c2 a2 b2 j2 a2 -4n1 c2 g1h1"
      ]
    ],
    "cs-miso-shorted": [
      [
        44,
        "c44 .6-2.2-2.-2.6i44 .3c44 .2c44 c44 .a12 .a44 .5b44 .7c44 -73"
      ]
    ],
    "cs-mosi-shorted": [
      [
        44,
        "c44 .6-2.2-2.-2.9e44 b44 .5a12 .6b44 b44 .6i44 c44 -73"
      ]
    ],
    "cs-open": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 b44 .5a13 .a44 .5b44 .6i44 c44 -73"
      ]
    ],
    "cs-stuck-high": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 b44 .3b44 .a10 .7b44 .6i44 c44 -73"
      ]
    ],
    "cs-stuck-low": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 c44 .3c44 .a8 .a44 .5b44 .6i44 c44 -73"
      ]
    ],
    "int-open": [
      [
        44,
        "c44 .6-2.2-2.-2.7-2.b44 .5a18 a44 .7-6.c44 .4-2.2-3.6b33c11 .3a25b1c18 a37d7 .a40b2c1d1 .2f6g8h4i3j23 a13 a13 b13 .2a40e4 a36d2e6 .a43b1 .6a12d1 a39d5 .2a2c42 .4g29h10i2j3 .a11b1c2d30 a28d9e7 a14d30 .3a7d1e36 .3g11h5i28 .3c21i23 a40c4 f2i9k2 .g29h10i5"
      ]
    ],
    "int-stuck-high": [
      [
        44,
        "c44 .6-2.2-2.-2.7-2.b44 .4b44 a13 .8-6.c44 .4-2.2-3.6b33c10d1 .3a19b3c22 a37b1d6 .a42b1c1 .a43i1 f5g10h5i5j19 a8 a8 b8 .2a40e4 a37c1d3e3 .8a7d1 a40d4 .2a3c41 .4g26h10i3j5 .a11c1d32 a29c3d8e4 a12d32 .3a8e36 .2a43b1 g16h2i26 .a43 a43 c26g1h1i15 a36c7 f1i6k1 .g26h10i8"
      ]
    ],
    "int-stuck-low": [
      [
        44,
        "c44 .6-2.2-2.-2.7-2.c44 .4c44 a13 a44 .7-6.c44 .4-2.2-3.6b34c10 .3a25b2c17 a39d5 .a41b1c2 .2f3g11h2i3j25 a17 a17 b17 .2a40e4 a37d4e3 .8a17 a40d4 .2a1c43 .4g28h13j3 .a8d36 a32b1c2d6e3 a9d35 .3a5e39 .3g41h3 .5i17 .g28h13i3"
      ]
    ],
    "mac-taken": [
      [
        44,
        "f44 .6-2.2-2.-2.7-2.7a16 .8-6.6-2.2-3.6b31c12d1 .9f26g9h6i3 a14 a14 b14 .12a14 .c44 b44 .5g26h13i2j3 .a9d35 a35d9 a9d35 .3a9e35 .3g41h3 .5d10e4 .g26h13i5"
      ]
    ],
    "magnetics-open": [
      [
        29,
        "e29 .6-2.2-2.-2.7-2.7a14 .8-6.6-2.2-3.6b22c6d1 .3a29 .3c29 .n29 a7 a7 b7 .-41"
      ],
      [
        15,
        "e1f14 .6-2.2-2.-2.7-2.7a5 .8-6.6-2.2-3.6b11c4 .3a15 .5f4g4h7 a3c1 a3b1 b4 .6d15 d15 -5.3a15 -13.2b15 j15 a15 -4n4 .g10h4i1"
      ]
    ],
    "memory-address-line": [
      [
        22,
        "c22 .6-2.2-2.-2.7-2.7a10 .8-6.3f22 .2b22 e22 .2-3b22 .5-.3a22 .a17d5 a18b4 .2f13g3h2i1k3 a7 a7 b7 .2a19e3 .a14c8 .d22 d22 -5.3a22 -13.2b22 j22 a22 -4n7 a19c3 g14h6i2"
      ],
      [
        14,
        "c14 .6-2.2-2.-2.7-2.7a4 .8-6.3f14 .2b2 e2 .2-3b14 .5b2c2 .3a9b1c4 .a10d4 a12b2 .a13i1 f6g1h3j2k2 a4 a4 b4 .2a12e2 .5c14 .f14 .a3d1 .3a4c10 .a6e8 .d1e13 n14 .a9b2c2d1 .a14 a4b10 .2a4e10 .7j14 c14 e4 .g8h5i1"
      ],
      [
        8,
        "d8 .6-2.2-2.-2.7-2.7-.8-6.6-2.2-3b8 .5b7c1 .3b1c7 a7d1 a7c1 .3g6h2 a3 a3 b3 .8c8 .f8 .a3 .5a3d5 .d8 h7i1 .a3d5 a4b1c2d1 a3d5 a3b5 .2a2e6 .3g6h2 .5e3 .h7i1"
      ]
    ],
    "memory-data-line": [
      [
        26,
        "c26 .6-2.2-2.-2.7-2.7a7 .8-6.3f26 .d26 b26 e26 c26 b26 h26 b26 e26 d26 .5-.3a26 .a20d6 a23b2c1 .a25i1 f1g4h15i1k5 a7 a7 b7 .2a21e4f1 .c26 a12b2c4d8 d26 d26 -5.3a26 -13.2b26 j26 a26 -4n7 .g12h13i1"
      ],
      [
        18,
        "c18 .6-2.2-2.-2.7-2.7a5 .8-6.3f18 .d18 e18 e18 c18 b18 h18 b18 b18 d18 .5e2 .3a17c1 a15d3 a12d6 a16b1c1 .a17i1 f4g2h9k3 a6 a6 b6 .2a14e3f1 a14b4 a14c4 .a2d16 b2d16 c2 a2 i2 c2 a1 a17d1 .2a16c2 e2 e2 a2 e2 n2 a2 a2 a2 a2 c2 a2 a2 a2 .2a2b16 j18 a16b2 -4n6 .g9h7i2"
      ]
    ],
    "memory-lines-touch": [
      [
        44,
        "c44 .6-2.2-2.-2.7-2.7a18 .8-6.3f44 .e44 e44 e44 c44 c44 h44 b44 b44 d44 .5-.3a44 a40d4 a38c1d5 a42b2 .a43i1 f1g1h34i4k4 a12 a12 b12 .2a42e2 a40b3c1 a33c11 .d44 d44 -5a40d4 .2a44 -13.2b44 j44 a44 -4n12 .g29h8i7"
      ]
    ],
    "miso-int-shorted": [
      [
        44,
        "c44 .6-2.2-2.-2.7-2.c44 .5a19 .8-6.6-2.2-3.6b33c10d1 .3a22b5c17 a33d11 .a37b5c2 .a43i1 f13g4h4i1j22 a14 a14 b14 .2a37e6f1 a32d2e10 .8a14 a38d6 .2a4c40 .4g35h7i1j1 .a6b1d37 a31b1c3d7e2 a7d37 .3a5e39 .a19c25 b19 j19 a19 -4n2 c19 h5i1k2l1m10"
      ]
    ],
    "miso-int-swapped": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 c44 .5a9 a44 .6c44 .5b44 i44 c44 -73"
      ]
    ],
    "miso-open": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 .6a13 .7b44 .6i44 .-73"
      ]
    ],
    "miso-stuck-high": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 c44 .2b44 .2a20 .7b44 .6i44 .-73"
      ]
    ],
    "miso-stuck-low": [
      [
        44,
        "c44 .6-2.2-2.-2.6i44 .3b44 .2c44 .2a16 .7b44 .8-73"
      ]
    ],
    "miso-weak": [
      [
        20,
        "c20 .6-2.2-2.-2.6a19c1 i1j4 -.7a9 .8-6.3b12c8 .2-2.2-3.a3b4c3d10 a4b5c2d9 .3b13c6d1 .3a13b3c4 a18d2 .a19c1 a19 a19 f3h2i2j12 a4 a4 b4 a19 a19 a17e2 a17e2 a19 a19 a19 b19 a11c8 a19 a11c5d3 a19 a4 a17d2 a19 a19 a2c17 a19 a19 a18b1 a19 g15h2j2 a19 a4d15 a14c1d4 a3b1d15 a19 b19 a19 a4d10e5 a19 a19 a19 c1g17j1 b19 a4c14 a4c14 c8j10 c18 e3n1 a19 g15h2i2"
      ],
      [
        8,
        "c8 .6-2.2-2.-2.6a2c6 i1j7 -.7a4 .8-6.3c6d2 .a7d1 e3 c3 a5c3 a5b3 g3 e3 b3 a7b1 d3e5 c1d2e5 .3b4c4 .3a5c3 a7d1 .a7c1 .a7f1 f3i1j4 a2 a2 b2 .3a7c1 .4c8 .c7d1 .a2 .3a1c7 .2a5b3 .g7h1 .2a7d1 .4d8 .3c1e1g5i1 .c8 c8 j8 c8 e2 a5c3 g6h1l1"
      ],
      [
        7,
        "a1c2d1g3 .6-2.2-2.-2.7-2.7a2 .8-6.3a5b2 .2-2.2-3.2a6b1 .8a6d1 .a6b1 .2f4g2i1 a3 a3 b3 .3a6d1 .8a3 a6d1 .7g4h2j1 .a2d5 a5d1e1 a2d5 .3a1e6 .5a6c1 a6c1 .a4c3 e3 .g4h2i1"
      ],
      [
        6,
        "c6 .6-2.2-2.-2.6c6 i4j2 -.7a1 .8-6.3c1d5 .2e3 c3 a3c3 a3b3 h3 e3 b3 a2b2c2 e3f3 e3f3 .3b4c1 .3a2b2c2 a5d1 a5b1 .a5 a5 g3i1j1 a2 a2 b2 a5 a5 a5 a4b1 a5 a5 a5 b3c2 c4 a4 d2e2 a4 d1 a4d1 a5 a5 b2c3 a4 a4 a2c2 a4 g1h2j1 a4 a1d3 a3d1 b1d3 a4 b4 a4 a1b2c1 a5 a5 a2b3 g1h1i2j1 a1b4 c2 c2 j2 c2 n2 c5 h2i1k1m1"
      ]
    ],
    "mosi-cs-swapped": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 b44 .5a14 .a44 .5c44 .2b44 -3i44 c44 -73"
      ]
    ],
    "mosi-int-shorted": [
      [
        42,
        "c42 .6-2.2-2.-2.6i42 .3c42 .c42 .2c42 a13 a42 .6b42 .7c42 -73"
      ],
      [
        2,
        "c2 .6-2.2-2.-2.9e2 c2 .c2 .2c2 -a2 .6b2 .6i2 c2 -73"
      ]
    ],
    "mosi-miso-shorted": [
      [
        44,
        "c44 .6-2.2-2.-2.6i44 .3b44 .5a11 .5b44 .2-6.2-73"
      ]
    ],
    "mosi-miso-swapped": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 .6a14 .7c44 .4b44 -i44 c44 -73"
      ]
    ],
    "mosi-open": [
      [
        44,
        "c44 .6-2.2-2.-2.5a27i17 .3b17e27 .6a16 .7b44 .6i44 c44 -73"
      ]
    ],
    "mosi-stuck-high": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 b44 .b44 .3a15 .7b44 .6i44 c44 -73"
      ]
    ],
    "mosi-stuck-low": [
      [
        44,
        "c44 .6-2.2-2.-2.9e44 b44 .c44 .3a14 .7b44 .6i44 c44 -73"
      ]
    ],
    "no-power": [
      [
        44,
        "b44 m44 a44 a44 n44 .a44 .-c44 -112"
      ]
    ],
    "partner-100-only": [
      [
        28,
        "e28 .6-2.2-2.-2.7-2.7a7 .8-6.6-2.2-3.6b22c6 .3a28 .3c28 .n28 c5 b5 b5 .-41"
      ],
      [
        16,
        "e3f13 .6-2.2-2.-2.7-2.7a3 .8-6.6-2.2-3.6b15c1 .3a16 a3b1d12 .a9b4c3 .a15i1 f4g5h6j1 c3 b3 b3 .2a7e9 a2b2d2e10 .2d16 d16 -5a11d5 .2a16 -13.2b16 j16 a16 -4n3 .g7h6i3"
      ]
    ],
    "partner-bad-fcs": [
      [
        38,
        "f37g1 .6-2.2-2.-2.7-2.7a17 .8-6.6-2.2-3.6b31c6d1 .3a19b3c16 a28d10 .a33b4c1 .a37e1 f6g8h5i3j16 a7 a7 b7 .2a33e4f1 a27d3e8 .2a37d1 b31c5d2 a3c34 a7c2d14e11f1g2 a33c1e3 a35c2 a6 a34d4 .2a4b6c28 a35b1d1 a34c1d2 a13b9c10d5 a33b1c1d2 g22h9i3j3 a37 a8b2d27 a22b2c2d8e3 a7b3d27 a35b2 b37 a37 a8d27e2 .3c5g26h1i3j3 .a9c26 a9c26 c35 a20c15 e5n2 .g23h9i6"
      ]
    ],
    "partner-deaf": [
      [
        44,
        "e9f35 .6-2.2-2.-2.7-2.7a22 .8-6.6-2.2-3.6b34c10 .3a44 a36d8 .a38b3c3 .a43i1 f7g7h22i4j4 c9 b9 b9 .2a35e9 a34d1e9 .2d44 d44 -5a38d6 .2a44 -13.2b44 j44 a44 -4n9 .g27h10i7"
      ]
    ],
    "partner-full-duplex": [
      [
        27,
        "a24f3 .6-2.2-2.-2.7-2.7a5 .8-6.6-2.2-3.6b23c4 .3a1b6c20 a15d12 .a19b3c5 .a26i1 f12g6h7i1j1 a5 a5 b5 .2a22e5 a15d1e11 .a26d1 .6d2e3 a20d7 .2a5b1c21 .4g13h8i5j1 .a8c1d18 a13b2c1d8e3 a11d16 .3a8e19 .9e5 .g13h8i6"
      ],
      [
        17,
        "f17 .6-2.2-2.-2.7-2.7a5 .8-6.6-2.2-3.6b14c2d1 .9f12g5 a4 a4 b4 .12e4 .8g12h5 c17 .e17 a17 .7g16h1 .5e4 .g12h5"
      ]
    ],
    "partner-jabber": [
      [
        19,
        "f19 .6-2.2-2.-2.7-2.7a7 .8-6.6-2.2-3.6b14c4d1 .3a12c7 .a17d2 d19 .a3f1g1i14 f6g3h8i1j1 a10 a10 b10 .c19 g1i18 .c19 e11 d19 d19 -5.3a19 -13.2b19 j19 a19 -4n10 .g12h4i3"
      ],
      [
        14,
        "f14 .6-2.2-2.-2.7-2.7a3 .8-6.6-2.2-3.6b9c4d1 .3a14 a9d5 .a7c1d6 .a9i5 f6g3i1j4 a4 a4 b4 .a13c1 a4e3f2g3i2 a7d4e3 .a8b1c1d4 d14 d14 -5a10d4 .2a14 -13.2b14 j14 a14 -4n4 .g10h3i1"
      ],
      [
        11,
        "e11 .6-2.2-2.-2.7-2.7a2 .8-6.6-2.2-3.6b8c3 .3a9c2 .2a2d9 .g8i3 h1i2j5k3 a3 a3 b3 .c11 i11 .c11 -d10 d10 -5.3a11 -13b11 .b11 j11 a11 -4n3 b11 g6h3i1j1"
      ]
    ],
    "partner-no-arp": [
      [
        44,
        "f44 .6-2.2-2.-2.7-2.7a16 .8-6.6-2.2-3.6b33c10d1 .3a44 a29d15 .a40b2c2 .2f4g12h9i2j17 a12 a12 b12 .2a37e7 a28d2e14 .2d44 d44 -5a35c1d8 .2a44 -13.2b44 j44 a44 -4n12 .g22h14i8"
      ]
    ],
    "partner-no-ping": [
      [
        44,
        "f44 .6-2.2-2.-2.7-2.7a17 .8-6.6-2.2-3.6b35c9 .3a19b4c21 a37d7 .a40b1c2d1 .a43i1 f9g8h6i2j19 a9 a9 b9 .2a39e5 a37d1e6 .4c44 .i44 .a9 a40d4 .2a1b3c40 e44 e44 .e44 n44 .a37b2c4d1 .a44 c44 a44 .a44 .3j44 .-4e9 .g28h12i2j2"
      ]
    ],
    "partner-off": [
      [
        25,
        "e25 .6-2.2-2.-2.7-2.7a10 .8-6.6-2.2-3.6b17c8 .3a25 .3c25 .n25 c10 c10 a10 .-41"
      ],
      [
        19,
        "e2f17 .6-2.2-2.-2.7-2.7a4 .8-6.6-2.2-3.6b16c3 .3a19 a8d11 .a15b3d1 .2f7g3h3i4j2 c2 c2 a2 .2a13e5f1 a7d2e10 .2d19 d19 -5a12d7 .2a19 -13.2b19 j19 a19 -4n2 .g10h5i4"
      ]
    ],
    "partner-other-network": [
      [
        44,
        "f44 .6-2.2-2.-2.7-2.7a14 .8-6.6-2.2-3.6b31c13 .3a20b3c21 a40b1d3 .a42b1c1 .2f5g12h3i4j20 a9 a9 b9 .2a41e3 a40b1d1e2 .4c44 .i44 .a6d3 a42d2 .2a1b1c42 e44 e44 .e44 n44 .a42b2 .a44 c44 a44 .a44 .2b44 j44 a44 -4n9 .g26h14i4"
      ]
    ],
    "partner-restarts": [
      [
        23,
        ".7-2.2-2.-2.7-2.7a11 .8-6.6-2.2-3.6b20c3 .3a9b4c10 a14d9 .a19b2c2 .a22d1 f7g3h5i1j7 a5 a5 b5 .2a15e7f1 a13d4e6 .3b22c1 .4a5 a15d8 .2a4c19 .4g14h6i2j1 .a6c1d16 a12b2d8e1 a7d16 .3a6d2e15 .3g21h2 .5e4f1 .g14h6i3"
      ],
      [
        11,
        "f11 .6-2.2-2.-2.7-2.7a1 .8-6.6-2.2-3.6b7c4 .3a5c6 a8c1d2 .a10d1 .2g3h1i2j2l3 a2 a2 b2 .2a8e2f1 a7d1e3 .2a10d1 b6c3d2 a3c7 a10 a3d1e1f1g2i2 a7c3 a2 a8d3 .2a6c5 a4e6 a5d1e4 a10 a6d1e3 g1h3i2j1n3 a10 a5c1d4 a6b1d2e1 a7d3 a6c4 a4b6 a10 a6d1e3 a7b4 .2g9h2 .a7c4 a7c4 c8d1j2 a6c5 e2 a7b4 g2h4i5"
      ],
      [
        10,
        "e2f6g2 .6-2.2-2.-2.7-2.7a6 .8-6.6-2.2-3.6b8c2 .3a10 .6a3c1 a3c1 a1b3 .7b9c1 .4a1d3 .10a1d9 .a1d9 a2c8 a8b2 .a6e4 a3b7 .a9b1 g4h3i3 .a9 a9 c9 a8c1 e4 a7b3 ."
      ]
    ],
    "partner-same-address": [
      [
        44,
        "f44 .6-2.2-2.-2.7-2.7a10 .8-6.6-2.2-3.6b37c7 .3a44 a35d9 .a38b5c1 .a42i2 f14g7h5i2j16 a10 a10 b10 .2a39e4f1 a34d2e8 .2d44 d44 -5a39d5 c44 d44 a3b1c40 -13.2b44 a44 a44 -4a10 .g30h10i4"
      ]
    ],
    "partner-same-mac": [
      [
        44,
        "f44 .6-2.2-2.-2.7-2.7a17 .8-6.6-2.2-3.6b32c12 .3a44 a37d7 .a40b1c3 .2f6g6h14i1j17 a12 a12 b12 .2a39e5 a35d1e8 .2d44 d44 -5a38d6 .2a4c40 -13.2b44 j44 a44 -4n12 .g27h13i4"
      ]
    ],
    "partner-silent": [
      [
        26,
        "e26 .6-2.2-2.-2.7-2.7a11 .8-6.6-2.2-3.6b16c9d1 .3a26 .3c26 .n26 a7 a7 b7 .-41"
      ],
      [
        18,
        "f18 .6-2.2-2.-2.7-2.7a3 .8-6.6-2.2-3.6b15c3 .3a18 a10d8 .a13b3c2 .a17i1 f7g6h4j1 a5 a5 b5 .2a10e8 a10d3e5 .2d18 d18 -5a13d5 .2a18 -13.2b18 j18 a18 -4n5 .g11h7"
      ]
    ],
    "partner-slow": [
      [
        36,
        "f36 .6-2.2-2.-2.7-2.7a13 .8-6.6-2.2-3.6b23c13 .3a31b2c3 a27d9 .a31b4c1 .a35i1 f5g4h10i1j16 a10 a10 b10 .2a28e7f1 a24b1d4e7 .2a28c8 b30c6 c28 a28 e18f5g3h2 a14c14 a9 a32d4 .2a17b14c5 d19e9 c9d12e7 a28 a9b2c3d11e3 h6i19n3 a28 a21b1c3d3 a3b15c6d4 a27b1 a2b26 b28 a27c1 a7b1c3d17 .2a10b26 i36 .a10 a10 h1i9 a10 k5l5 .g26h6i4"
      ]
    ],
    "phy-dead": [
      [
        44,
        "e44 .6-2.2-2.-2.7-2.7a15 .8-6.6-2.2-3.3c44 b44 b44 -56"
      ]
    ],
    "port-boot-loader": [
      [
        44,
        "b44 m44 a44 a44 n44 .a44 .-c44 -112"
      ]
    ],
    "port-gps": [
      [
        44,
        "b44 d30i14 f1i42 a43 n43 a43 a43 f14 -c44 -112"
      ]
    ],
    "port-login": [
      [
        44,
        "b44 m44 a44 a44 n44 .a44 .-c44 -112"
      ]
    ],
    "port-loopback": [
      [
        44,
        "b44 h44 .2n44 d44 a44 -2c44 -112"
      ]
    ],
    "port-modem": [
      [
        44,
        "b44 m44 a44 a44 n44 .a44 .-c44 -112"
      ]
    ],
    "port-sketch": [
      [
        44,
        "b44 g26i18 d1e6f37 a44 n44 .a44 f18 -c44 -112"
      ]
    ],
    "reset-glitch": [
      [
        20,
        "e9f11 .6-2.2-2.-2.7-2.7a7 .8-6.6-2.2-3.6b14c4 a19c1 .2a9b4c7 a17d3 .a19b1 .2f4g3h6i1j6 a5 a5 b5 .2a18e2 a17d2e1 a11c9 .a11d9 b11d9 a2c8d1 a10 a2e1f1g6 a1c10 a3 .3a20 b1e10 e11 a11 e11 n11 a11 a11 a11 a11 c11 a11 a11 a11 c20 .2g17h3 .a16c4 a16c4 .a15c5 e5 a3c17 g11h8i1"
      ],
      [
        14,
        "a10g4 .6-2.2-2.-2.7-2.7a4 .8-6.6-2.2-3.6b12c1d1 .3a6b2c6 a10d4 .a12b1c1 .2f3g3h3j5 a5 a5 b5 .2a11e3 a10d1e3 .8a5 a12d2 .2a2c12 .4g8h5i1 .a4d10 a7c1d5e1 a4d10 .3a3e11 .3g13h1 .a13c1 a13c1 .2e5 a10c4 g8h5i1"
      ],
      [
        9,
        "c7d2 .6-2.2-2.-2.5a8d1 a6d2e1 j4 -.7a2 .8-6.3a5d2e1f1 .2f1 b1 .2-3a8c1 .5b1e1 a8d1 .2a8c1 a8d1 .a7b2 a7 a7 f1g1h2i3 a1 a1 b1 a7 a7 a6e1 a7 c7 a7 d7 d7 -5a7 a6c1 a7 a6b1 -13c7 a7 a5b2 g5j2 a2b5 a1c4 a1c4 c2j3 c5 e1 c7 g1h2i2j2"
      ]
    ],
    "reset-held": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 a32b12 .5c12 .7b44 .6i44 c44 -73"
      ]
    ],
    "rx-noise": [
      [
        24,
        "f24 .6-2.2-2.-2.7-2.7a10 .8-6.6-2.2-3.6b17c7 .3a10b7c7 a18c1d5 a16c3d5 a20b2c2 .a21d1i2 f5g8h4i1j6 a4 a4 b4 .2a17e7 a18c1d4e1 .2a22d2 b18c4d2 c22 f13g9 a2c3d10e7 a19c3 a3 a20d4 .2a4b5c15 a11b6c5 a11b5c4d2 b1c1d19e1 a10b7c4d1 g11h9i1j1 a22 a2b1c2d17 a21d1 c1d19e2 a1b20c1 a1b21 a22 a6c1d15 .3c6d1e1g10i3j3 .c21 c21 j21 c21 e3n1 .g12h10i2"
      ],
      [
        10,
        "a4f6 .6-2.2-2.-2.7-2.7a5 .8-6.6-2.2-3.6b8c2 .3a3c7 a8d2 a9b1 .3f3g4j3 a6 a6 b6 .2a9f1 a8c1e1 .4a4c6 a4d3e3 a9c1 .a6 a9d1 .5a4b5c1 .g6h4 .2a9b1 .4d1e9 .3g9h1 .a9c1 a9c1 .a7c3 e6 .g6h4"
      ],
      [
        6,
        "f6 .6-2.2-2.-2.7-2.7a2 .8-6.6-2.2-3.6b5c1 .3a6 .5g1h1j4 -3.6a1d5 d6 c1 f1 e1 a1 -.3a6 d1 d1 d1 d1 g1 a1 d1 a1 d1 c1 a1 a1 a1 .2b6 j6 a6 -5.g5h1"
      ]
    ],
    "rx-pair-loose": [
      [
        44,
        "a25e3f13g3 .6-2.2-2.-2.7-2.7a13 .8-6.6-2.2-3.6b33c9d2 .3a18b1c25 a35c1d8 .3a43i1 f9g8h4i5j18 a11 a11 b11 .2a40e4 a36d3e5 .3b43c1 a37c7 a41c3 a38d5e1 a43c1 a11 a41d3 .2b4c40 a43d1 a42b2 .a41b1c1d1 g27h7i5j5 .a10d34 a30b2c2d8e2 a11d33 a43b1 .2a9d2e33 a33b11 .2g43h1 .a36c8 a36c8 .a40c4 e11 a33b11 g27h8i9"
      ]
    ],
    "rx-pair-open": [
      [
        44,
        "e44 .6-2.2-2.-2.7-2.7a17 .8-6.6-2.2-3.6b32c11d1 .3a44 .3c44 .n44 a11 a11 b11 .-41"
      ]
    ],
    "rx-pair-reversed": [
      [
        44,
        "e44 .6-2.2-2.-2.7-2.7a13 .8-6.6-2.2-3.6b36c8 .3a44 .2a36b3c5 .a42i2 f9g10h8i11j6 a18 a18 b18 c44 .a34e9f1 .3d44 d44 -5.3a44 -13.2b44 j44 a44 -4n18 .g19h16i9"
      ]
    ],
    "rx-pair-weak": [
      [
        39,
        "e38f1 .6-2.2-2.-2.7-2.7a12 .8-6.6-2.2-3.6b30c8d1 .3a39 .3a1c38 .i1n38 a12 a12 b12 .a1 a1 a1 a1 a1 d1 d1 -5a1 a1 a1 a1 -13a1 a1 b1 j1 a1 -4n1 a1 i1"
      ]
    ],
    "sck-cs-shorted": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 c44 .5a15 .a44 .2b44 .2b44 .6i44 c44 -73"
      ]
    ],
    "sck-cs-swapped": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 b44 .5a12 .a44 .5c44 .b44 -4i44 c44 -73"
      ]
    ],
    "sck-miso-shorted": [
      [
        44,
        "c44 .6-2.2-2.-2.6i44 .3b44 .5a14 .3b44 .4-6.2-73"
      ]
    ],
    "sck-miso-swapped": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 .6a10 .7c44 .3b44 -2i44 c44 -73"
      ]
    ],
    "sck-mosi-shorted": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 b44 .5a12 .2b44 .4b44 .6i44 c44 -73"
      ]
    ],
    "sck-mosi-swapped": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 .6a15 .7c44 b44 -5i44 c44 -73"
      ]
    ],
    "sck-open": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 .6a18 .7b44 .6i44 c44 -73"
      ]
    ],
    "sck-rings": [
      [
        15,
        "c11d1f2g1 .6-2.2-2.-2.7j1 -.7a5 .8-6.3a5b1c2d7 .2-2.2-3.a14g1 a13e1g1 .3b8c6d1 .a14b1 a14b1 a3b4c8 a10d5 .a10b4c1 .a14i1 f4g4h4j3 a2 a2 b2 .2a12e2f1 a10e5 .4a9c6 .a9c2e3f1 a14c1 a1d1 a14d1 .2a6c9 a14e1 a14e1 .a13e2 g7h3i3n2 .a3b1d11 a8b1c3d3 a4d11 a13b1c1 a1b14 .a4d2e9 a14c1 .4a10c5 a10c5 c14j1 a5c10 e2 .g7h4i4"
      ],
      [
        14,
        "c14 .6-2.2-2.-2.6a9c5 i4j5 -.7a9 .8-6.3e10f4 .a13f1 e3 c3 a11c3 a12b1c1 h3 e3 c3 a10b3c1 a3d1f3g6h1 a5f4g4h1 .3b5c1d1e7 .a12b2 a12b2 a8b1c5 a11d3 a13b1 a12b2 a13 a13 f2g3j8 a4 a4 b4 a13 a13 a11e2 a9b1c1e2 a13 a13 a13 b13 c13 a13 e2f9g1i1 a12c1 a4 a12d1 a13 a13 a3b2c8 a10e3 a7d3e3 a12c1 d2e11 h1i1n11 a13 a8b1d4 a13 a9d4 a4b6c3 a3b10 a13 a4c1d6e2 a10b3 a13 a13 g12j1 b13 c12 c12 c2j10 c12 e4 a4c9 g9h3k1"
      ],
      [
        10,
        "c10 .6-2.2-2.-2.6c6d4 i10 a4 .7a3 .8-6.a9c1 a9e1 f1g4h5 .a6b1c1e2 b1e8 c9 a2c8 a2b3c4d1 h8 b2e6 c8 a3b1c2d4 g5h5 g6h4 a1c9 a4b4e2 a3b4e3 b1 a4d2 a5 a5 a4b1 a5 a5 a3b1c1 a3 a3 g1h1k1 a1 a1 b1 a3 a3 a2e1 a3 a3 a3 a1c1d1 b2d1 c1 a1 h1 a1 -a3 a3 a3 a2c1 e1 e1 a1 d1 g1 a1 a1 b1 a1 b1 b1 a1 a1 a1b2 a3 a1b2 g1j2 a2b1 c1 c1 j1 c1 -c3 g1l1m1"
      ]
    ],
    "sck-stuck-high": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 b44 b44 .4a13 .7b44 .6i44 c44 -73"
      ]
    ],
    "sck-stuck-low": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 b44 c44 .4a15 .7b44 .6i44 c44 -73"
      ]
    ],
    "serial-bursts": [
      [
        44,
        "a5b39 .6-2.a43c1 f4g4i5 f12g1 a5c38d1 g35i3 f38 a8b3c8d10e7f6g1 a11b3c5d12e6f4g2 a31b13 .a43 a43 a43 -2c43 a43 a43 a43 a43 a43 a43 a13 b43 b43 a43 a43 a43 a43 a43 a43 -6a43 a43 a43 a43 a43 a43 -2a43 a43 -3a43 a43 a43 a43 a43 a43 b31c11d1 a43 a43 a43 a17b3c23 a36d7 a43 a40b2c1 a43 a43 f4g14h5i7j13 a16 a16 b16 a43 a43 a40e3 a35c1d1e6 a43 a43 a43 b43 a43 a43 a43 a43 a16 a39d4 a43 a43 a3c40 a43 a43 a43 a43 g21h19i2j1 a43 a7b1c1d34 a29b1c4d5e4 a9d34 a43 b43 a43 a5e38 a43 a43 a43 g34h6i3 b43 a41c2 a41c2 c37e1f1g4 a42c1 e16 a43 g21h18i3j1"
      ]
    ],
    "serial-data-bits": [
      [
        26,
        "b26 g23i3 g10i16 a26 n26 .a26 a6 -c26 -112"
      ],
      [
        18,
        "b18 i18 f18 a18 n18 .a18 e18 -c18 -112"
      ]
    ],
    "serial-drops": [
      [
        42,
        "b42 .f1g1h7i33 e1f11i30 i30j7k4l1 .a6b36 -2a38c4 a32c5d1 f29g4 a2e1f24g5i1 c38 f38 e1f36g1 d2e5f4g15h12 d2e6f4g15h11 a4b33d1 a38 a37 a37 a37 -2c37 a37 a37 a37 a37 a37 a37 a9 b37 b37 a37 a37 a37 a37 a37 a37 -6a37 a37 a37 a36 a37 a37 -2a37 a37 -3a37 a37 a37 a37 a37 a37 b30c7 a37 a36 a36 a6b6c24 a25d11 a36 a30b3c3 a37 a35i2 f13g4h3i10j3k2l1m1 a11 a11 b11 a37 a37 a30e7 a25d1e11 a37 a37 a34c3 b37 a31d3 a31 a31 a34 a8d2 a32d5 a36d1 a36 a8c28 a34 a34 a34 a34 g15h4i6j7k2 a34 a4b3d27 a12b1c5d13e3 a6b1d27 a34 b34 a33d1 a3d2e28 a34b3 a34c3 a31b3 g11h2i21 b34 a24c7 a24c7 c10d1e1f2g4h6i4j3 a20c11 e11 a34 g21h5i1j3k4"
      ]
    ],
    "serial-echo": [
      [
        44,
        "b44 b44 .2n44 d44 .f44 -c44 -112"
      ]
    ],
    "serial-flow-stuck": [
      [
        44,
        "b44 m44 a44 a44 n44 .a44 .-c44 -112"
      ]
    ],
    "serial-ground-missing": [
      [
        36,
        "b36 k36 f18g18 a36 n36 .a36 i36 -c36 -112"
      ],
      [
        7,
        "b7 a6k1 f1g1i5 a1f3i3 i3j2k1n1 .a3b4 i1 -a4c3 c1d3 g1 f1 c2d2 f1g1 e1f1 b2 b2 b3d1 a4 a2 a1 a1 -2c1 a2 a2 a2 a2 a2 a2 a2 b2 b2 a2 a2 a2 a2 a2 a2 -6a2 a2 a1 a1 a1 a1 -2a1 a1 -3a1 a1 a1 a1 a1 a1 -d1 -54"
      ]
    ],
    "serial-insertions": [
      [
        44,
        "b44 .f1g2i41 e2f12g1i29 i29j11k2l2 .a6b37c1 -2a41c3 a8c30d3 f28g12 a3e5f26g5i1 c41 f41 e3f38 c2e5f8g15h11 c1d1e9f6g14h10 a1b39d1 a41 a38 a38 a38 -2c38 a38 a38 a38 a38 a38 a38 a17 b38 b38 a38 a38 a38 a38 a38 a38 -6a38 a37d1 a38 a38 a38 a38 -2a38 a38 -3a38 a38 a38 a38 a38 a38 b31c7 a38 a36 a36 a2c34 a30d6 a36 a33b1c2 a38 a36i2 f8g4h1j3k3l19 a11 a11 b11 a38 a38 a35e3 a30d1e7 a38 a38 a16c22 b38 a6d10 a6 a6 a16 a3d1 a34d4 a19d19 a19 c19 a16 a16 a16 a15 g1k6l8 a15d1 a2b1c1d11 a7b1c1d3e3 a4d11 a16 b16 a14d2 d2e12 a37b1 a9c29 a7b2 g1h1i4j3 b9 a1c3 a1c3 h1j3 c4 e3 a9 g5h4"
      ]
    ],
    "serial-inverted": [
      [
        28,
        "b28 i25j3 g12h4i12 a28 n28 .a28 e2f26 -c28 -112"
      ],
      [
        16,
        "b16 b16 f16 f16 n16 .d16 f16 -c16 -112"
      ]
    ],
    "serial-noise": [
      [
        44,
        "b44 a40b1i3 f2g5h3i34 a3e2f13i26 i26j6k4l3m1n4 .a5b38c1 d1f3 -a36c8 a31c3d2 a5e22f6i1 a1e3f25g2i3 c35d1 e35 a1d1f33 a1b1d1e3f8g4h17 d3e4f7g5h16 b34d2 a36 a33d1 a34 a34 -2c34 a34 a34 a34 a34 a34 a34 a10 b34 b34 a34 a34 a34 a34 a34 a34 -6a34 a34 a34 a33 a34 a34 -2a34 a34 -3a34 a34 a34 a34 a34 a34 b24c9d1 a34 a33 a33 a6b4c23 a25d8 a33 a29b4 a34 a33i1 f10g9h5i6j2l1m1 a10 a10 b10 a34 a34 a29e5 a26d2e6 a34 a34 a31c3 b34 a30d1 a30 a30 a30d1 a8d2 a31d3 a32d2 a32 a4c28 a30e1 a30e1 a31 a30e1 g8h13i7j2n1 a31 a4b1d26 a6b2c4d16e3 a4b1d26 a30c1 a1b30 a31 a3d2e26 a32b2 a32c2 a32 g12h8i11j1 b32 a24c7 a24c7 c12f4g3h4i3j5 a22c9 e10 a31c1 g11h10i4j2k3l1n1"
      ]
    ],
    "serial-rx-noise": [
      [
        24,
        "b24 .6-2a21c3 a21 a4e6f6g2 i18 c21 e18f3 h1i20 e3f5g5h8 a21 a3b18 a21 a21 a21 a21 -2c21 a21 a21 a21 a21 a21 a21 a9 b21 b21 a21 a21 a21 a21 a21 a21 -6a21 a21 a21 a21 a21 a21 -2a21 a21 -3a21 a21 a21 a21 a21 a21 b18c3 a21 a21 a21 a5b4c12 a17d4 a21 a19b1d1 a21 a21 f6g5h3i3j4 a4 a4 b4 a21 a21 a17e4 a16d1e4 a21 a21 a21 b21 a21 a21 a21 a21 a3d1 a18d3 a21 a21 a3c18 a21 a21 a21 a21 g16h4i1 a21 a1c1d19 a5c6d9e1 a1c2d18 a21 b21 a21 a1e20 a21 a21 a21 g19h1i1 b21 a21 a21 c19e2 a21 e4 a21 g16h4i1"
      ],
      [
        10,
        "b10 a4b6 f10 f10 j2l2n6 .b2d8 f4g1 -a4c6 c2d2 e1f2 i3 c3d1 f3 h1i2 d1e1h1 a3 b3d1 a4 a1 a1 a1 -2c1 a1 a1 a1 a1 a1 a1 -b1 b1 a1 a1 a1 a1 a1 a1 -6a1 a1 a1 a1 a1 a1 -2a1 a1 -3a1 a1 a1 a1 a1 a1 b1 a1 -6a1 a1 k1 -3a1 a1 e1 d1 a1 a1 a1 b1 d1 -2a1 -2d1 -3a1 a1 -2d1 -5d1 -c1 c1 -10"
      ],
      [
        8,
        "b8 .f6g2 f6g2 j8 .b6c2 -2.a4d4 f5 i5 c6d2 e6 h2i4 d1h5 a6 b7d1 .a5d1 a5 a5 -2c5 a6 a6 a6 a6 a6 a6 a2 b6 b6 a6 a6 a6 a6 a6 a5 -6a5 a6 a5 a5 a5 a5 -2a5 a5 -3a5 a5 a5 a5 a5 a5 b5 a5 a4 a4 c4 a3d1 a4 a3b1 a5 a5 f1g2h1l1 a1 a1 b1 a5 a5 a4e1 a4d1 a5 a5 a4c1 b5 a4 a4 a4 a4 a1 a5 a5 a5 c5 a4 a4 a4 a4 h3i1 a4 a1d3 d3e1 a1d3 a4 b4 a4 a1e3 a5 a5 a5 h3i1 b5 a3c1 a3c1 g2h2 a4 e1 a5 g2h2m1"
      ],
      [
        2,
        "b2 .6-2.a1c1 f2 i2 c2 e2 h1i1 h2 a1b1 b2 .4-2.7-.8-6.6-2.2-3.6c1d1 .a1 a1 b1 d1 a1 a1 .a1i1 g1j1 -3.3d1e1 .8-d2 a1d1 a1 a1 a1 .3i1j1 .b2 d1e1 a1b1 .3a1e1 a1b1 .2i2 .c2 c2 i1j1 c2 -.j1l1"
      ]
    ],
    "serial-rx-open": [
      [
        44,
        "b44 b44 f44 f44 n44 .d44 f44 -c44 -112"
      ]
    ],
    "serial-rx-shorted": [
      [
        44,
        "b44 b44 f44 f44 n44 .d44 f44 -c44 -112"
      ]
    ],
    "serial-too-long": [
      [
        15,
        "b15 i15 e13g2 a15 n15 .a15 e1f14 -c15 -112"
      ],
      [
        15,
        ".7-2.2-2.-2.7-2.7a4 .8-6.6-2.2-3.6b10c4d1 .3b1c14 a13d2 .a14b1 .2f1g6h1i7 a6 a6 b6 .2a14e1 a13d1e1 .8a3d3 .3a1c14 .4g1h6i1j7 .a8d7 a6c1d8 a8d7 .3a8e7 .3g14h1 .5e6 .g1h6i8"
      ],
      [
        14,
        "b14 i14 b5c7d2 a14 n14 .a14 .-c14 -112"
      ]
    ],
    "serial-ttl-meets-rs232": [
      [
        44,
        "b44 i40j4 g39h5 a44 n44 .a44 e4f40 -c44 -112"
      ]
    ],
    "serial-tx-noise": [
      [
        31,
        "b31 .2f5i26 i26j3k1l1 .a2b29 -2a30c1 a29c1 a6e18f4 a28 c30 e30 a29b1 a30 e3f4g7h16 a2b28 a29c1 a30 a30 a30 -2c30 a30 a30 a30 a30 a30 a30 a16 b30 b30 a30 a30 a30 a30 a30 a30 -6a30 a30 a30 a30 a30 a30 -2a30 a30 -3a30 a30 a30 a30 a30 a30 b24c6 a30 a29 a29 a6b3c20 a21c1d7 a29 a28b1 a30 a29f1 f10g4h5i6j4l1 a10 a10 b10 a30 a30 a24e6 a21c1d3e5 a30 a30 a30 b30 a29d1 a29 a29 a30 a9d1 a29d1 a29d1 a29 a3c26 a29 a29 a29 a30 g16h7i2j3k2 a29d1 a7c1d21 a16b2c3d7e1 a8d21 a30 b30 a28d2 a6d1e21 a29b1 a26c4 a26 g15h4i7 b26 a22c4 a22c4 c14e2f1g5h1i1j2 a22c4 e9 a26 g16h6i2j1k1"
      ],
      [
        13,
        "b13 a6i7 .a7e6 k1l2m3n7 .a13 f6 -a5c8 d5 -2c2d3 f2 a2 a2 f1h1 b2d3 a5 -102"
      ]
    ],
    "serial-tx-open": [
      [
        44,
        "b44 m44 a44 a44 n44 .a44 .-c44 -112"
      ]
    ],
    "serial-tx-rx-swapped": [
      [
        44,
        "b44 m44 a44 a44 n44 .a44 .-c44 -112"
      ]
    ],
    "serial-tx-shorted": [
      [
        44,
        "b44 i44 b44 a44 n44 .a44 .-c44 -112"
      ]
    ],
    "serial-wrong-baud": [
      [
        16,
        "b16 .g5i11 a16 n16 .a16 -i16 .2-2.-2.7-2.7a6 .8-6.6-2.2-3.6b15c1 .4a15d1 .4h16 a4 a4 b4 .3a15e1 .8a2d2 .8i16 .a16 d16 a16 .3a16 .9e4 .i16"
      ],
      [
        11,
        "b11 .e7i4 a11 n11 .a11 -i11 .2-2.-2.2b11 .4-2.7a5 .8-6.6-2.2-3.6b8c3 .3a1c10 a10d1 .5-3.3a10e1 .8-a10d1 a10d1 a10 c10 .4k11 .a10b1 d11 a11 .3a11 .3h10i1 .a10d1 a10 .a10c1 -a10c1 j1k10"
      ],
      [
        10,
        "b10 .e3f7 a10 n10 .a10 -h1i9 .2-2.-2.7-2.7a5 .8-6.6-2.2-3.6b8c1d1 .3a1b1c8 a8d2 .a8b1c1 .2i10 a1 a1 b1 .2a8e2 a8e2 .8d1 a9d1 .2a2c8 .4j10 .a10 d10 a10 .3a10 .9e1 .i3j7"
      ],
      [
        7,
        "b7 a3i4 d6e1 a7 n7 .a7 a4 g1h2 a3c4 a3 -2a3 -2a3 a3 a3 a3 a3 a3 a3 -2c3 a3 a3 a3 a3 a3 a3 -b3 b3 a3 a3 a3 a3 a3 a3 -6a3 a3 a3 a3 a3 a3 -2a3 a3 -3a3 a3 a3 a3 a3 a3 b3 a3 a3 a3 a1c2 a3 a3 a3 a3 a3 g2j1 -3a3 a3 a3 a3 a3 a3 a3 b3 a3 a3 a3 a3 -a3 a3 a3 c3 a3 a3 a3 a3 g1h2 a3 d3 a3 d3 a3 b3 a3 e3 a3 a3 a3 g1h1i1 b3 a3 a3 c1d1g1 a3 -a3 g1h2"
      ]
    ],
    "serial-wrong-parity": [
      [
        44,
        "b44 b44 f44 f44 n44 .d44 f44 -c44 -112"
      ]
    ],
    "spi-bit-order": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .2d44 b44 .6a18 .8-6i44 c44 -73"
      ]
    ],
    "spi-mode": [
      [
        43,
        "c43 .6-2.2-2.-2.5a19c24 a40f3 .2e43 .6a15 .8-6.a19c24 e19 -c19 -70"
      ]
    ],
    "spi-noise": [
      [
        20,
        "c18f1g1 .6-2.2-2.-2.6a19c1 i1j3 -.7a10 .8-6.3a2b17e1 .2e2 e2 a19c1 .g1 e1 e1 a18b1c1 a16b4 a13b6c1 a19c1 a19e1 .b13c3e3 .a18b2 a18b2 a12b1c7 a16c1d3 a19b1 a16b3c1 a19 a19 f2g6h2j9 a7 a7 b7 a19 a19 a15e3f1 a15b1e3 a17c2 a19 a19 b19 a7c12 a19 a7e7f3g1h1 a16c3 a7 a18d1 a19 a19 a5c14 a15b1e3 a13d3e3 a19 a8d3e8 g2h6i2n9 a19 a10b1c1d7 a15c1d2e1 a12d7 a10b5c4 a5b14 a19 a7d6e6 a15b3c1 a19 a19 g15h4 b19 a5c14 a5c14 c11j8 a1c18 e7 a17c2 g11h6i1k1"
      ],
      [
        14,
        "c14 .6-2.2-2.-2.5a8c6 a8c5e1 i2j6 a2 .7a3 .8-6a12c2 .a13d1 b5c6d1f2 .a13f1 e3 c2e1 a13c1 a13b1 g1 e1 e1 a10b3c1 b3c5d4e1h1 b3c7d3h1 .3b5c3d1e2 .a12b2 a12b2 a3b1c10 a11d3 a13b1 a13b1 a13 a12d1 f4g5h1i2k1 a5 a5 b5 a13 a13 a11e2 a9d2e2 a11c2 a13 a11c1d1 b12d1 c11 a11 e4f4g3 a4c7 a4 a11d2 a13 a13 a11c2 a3d4e4 a3d3e5 a7b4 d6e5 n11 a11 a9c1d1 a11 a10d1 a1b2c8 a8b3 a11 a9d1e1 a5b5c3 a13 a13 c3g8i2 b13 c13 c13 j13 c13 e2f2n1 a2c11 g4h5k3l1"
      ],
      [
        9,
        "c9 .6-2.2-2.-2.5a2c5d2 a1c3d2e2f1 f1i7j1 a3 .7a2 .8-6a4c2d3 a8c1 a7d1 c2g2h4 a7c1 a7e1 b1e4 c5 a4c4 a4b2c2 g1h3 b1e3 c4 a1b2c2d3 d2e1f1h4 d2e2f1h3 a4c4 a5b1d1e1 a5b2e1 c1e1 a2c2d2 a4 a4 a3b1 a2c1d1 a1b1c1d1 a2b1c1 a4 a4 h2i1j1 -3a4 a4 a2e2 a3b1 a1c3 a4 a3d1 b3d1 c2d1 a2 g1h1 c3 -a4 a4 a4 a4 d3 d3 c2d1 d2e1 n3 a3 a3 a3 a1c1d1 c3 a3 a3 a3 c4 a4 b4 j4 a4 -5c4 h1l1m1n1"
      ]
    ],
    "spi-slow": [
      [
        44,
        "a41g3 .6-2.2-2.-2.7-2.7a15 .8-6.6-2.2-3.6b37c7 .3a18b6c20 a33d11 .a43c1 .a43i1 f8g10h5i4j17 a12 a12 b12 .2a39e5 a32d2e10 .8a12 a40d4 .2a5b1c38 .4g25h14i1j4 .a12b1d31 a25b1c3d11e4 a13d31 .3a9d1e34 .3g41h3 .5g2h4i3k2n1 .h20i24"
      ]
    ],
    "spi-too-fast": [
      [
        44,
        "c44 .6-2.2-2.-2.7j44 .e44 .6a12 .8-6.2e44 -c44 -70"
      ]
    ],
    "spi-wire-loose": [
      [
        44,
        "a30c11d2e1 .6-2.2-2.-2.5a43e1 .a1j1 a1 c43e1 .6a16 .7a38b6 a6 a6 a6 a6 a6 a6 .a43c1 a42 a39e2g1 a41c1 a41 f1 b1 a41 a41 -3a42 a42 a42 a41 a41 a41 b33c8 a41 a40b1 a40b1 a21b2c18 a34d7 a41 a39b1c1 a41 a41 f3g14h2i1j21 a9 a9 b9 a41 a41 a38e3 a34d1e6 a40c1 a40c1 a41 b41 a38c3 a41 a38c3 a41 a9 a38d3 a41 a41 a2c39 a41 a41 a41 a40b1 g25h15j1 a41 a5b2d34 a31b2c2d2e4 a6b1d34 a40c1 a1b40 a41 a2b1d3e35 a41 a41 a41 g40h1 b41 a39c2 a39c2 c41 a40c1 e8f1 a38c3 g25h15i1"
      ]
    ],
    "supply-low": [
      [
        44,
        "c44 .6-2.2-2.-2.5i44 .3b44 c44 .5a12 a44 a44 .5b44 .6i44 c44 -73"
      ]
    ],
    "supply-ripple": [
      [
        19,
        "c19 .6-2.2-2.-2.5e1f9g9 a1d5e13 a1h9i9 a18 b6c13 c19 .5a9 a19 a19 .5a9b10 a10 a10 a10 a10 a10 a10 a1f8g10 c17 a3c15 -a3c15 -11c16 b16 b16 -56"
      ],
      [
        16,
        "c16 .6-2.2-2.-2.5a1d1e1f11g2 d2e14 h4i10j2 a12 b3c13 .6a4 .7a8b8 a8 a8 a8 a8 a8 a8 a2e2f9g3 a2c12 a5c10 h3 a6c9 b2c1 b3 c3 c3 c1d2 h3 b3 c3 a1e2 h3 h3 c14 a1b13 b14 -d1 -54"
      ],
      [
        4,
        "c4 .6-2.2-2.-2.5e4 c4 i4 .2c4 .6a4 a4 .6-6f4 c4 c4 h4 .b4 b4 c4 c4 d4 h4 b4 c4 d4 h4 h4 .3-d4 -54"
      ]
    ],
    "supply-weak": [
      [
        23,
        "c23 .6-2.2-2.-2.5i23 .3b23 c23 .5a4 a23 a23 .5b23 .6i23 c23 -73"
      ],
      [
        10,
        "e10 .6-2.2-2.-2.7-2.7a7 .8-6.6-2.2-3.6b7c3 c10 .2a10 a9d1 .4f1g3i6 a2 a2 b2 .2a9e1 a9e1 c10 a2c1d3e4 d10 d10 -5.3a10 -13c10 .b10 j10 a10 -4n2 c10 g7h3"
      ]
    ],
    "transmit-weak": [
      [
        41,
        "e8f33 .6-2.2-2.-2.7-2.7a11 .8-6.6-2.2-3.6b28c12d1 .3a41 a40d1 .3a40i1 f7g10h23i1 a7c8 a7b8 b15 .2a40f1 a40e1 .a40b1 d41 d41 -5a40d1 .2a41 -13.2b41 j41 a41 -4n15 .g24h13i4"
      ]
    ],
    "tx-noise": [
      [
        21,
        "f21 .6-2.2-2.-2.7-2.7a11 .8-6.6-2.2-3.6b16c4d1 .3a17b4 a20d1 .4f3g1h3j14 a5 a5 b5 .2a20e1 a20e1 .2a14d7 b8c4d9 c14 a14 g14 a14 a4 .3a8b4c9 a1c5d8 d9e5 a14 e14 n14 a14 a13b1 a12b2 a14 b14 b14 a14 a4b1c1d8 .2a14b7 c6g1h1i3j10 a7b14 c11 c11 j11 c11 e4n1 .g18h2i1"
      ],
      [
        20,
        "a5f14g1 .6-2.2-2.-2.7-2.7a6 .8-6.6-2.2-3.6b14c6 .3a9b1c10 a15d5 .a17b2c1 .a19i1 f7g3h1i1j8 a4 a4 b4 .2a17e2f1 a14e6 .4a6c14 .a6c1d4e8f1 .a4 a18d2 .2a3c17 a17b3 a12b4c3d1 .a8b2c3d7 g15h3i1j1 .a3c2d15 a6b1c7d3e3 a5c1d14 a19b1 .2a2d5e13 .3g16h2i2 .a14c6 a14c6 c19j1 a11c9 e4 .g15h3i2"
      ]
    ],
    "tx-pair-loose": [
      [
        34,
        "a26f6g2 .6-2.2-2.-2.7-2.7a9 .8-6.6-2.2-3.6b23c10d1 .3a9b2c23 a24c1d9 .a28b3c3 .a33i1 f13g7h6j8 a9 a9 b9 .2a30e4 a24c1d3e6 .3b33c1 a30c4 .a30c3d1 .a8d1 a27d7 .2a3c31 a33b1 a32b1d1 .a32b2 g23h7i4 .a9d25 a19b3c2d5e5 a9c1d24 .3a4d5e25 .3g32h1i1 .a32c2 a32c2 .a33c1 e8n1 a33b1 g23h7i4"
      ],
      [
        10,
        "e1f9 .6-2.2-2.-2.7-2.7a8 .8-6.6-2.2-3.6b8c2 .3a8b2 a9d1 .4f1h1j8 a3 a3 b3 .2a9e1 a9e1 .3b8c2 a6c4 .a6d1e1g2 a1c9 a3 .3a8b1c1 a7d2e1 a7c1d1e1 .a7c1e2 g8n2 .a2d8 .a2c1d7 a1b3c6 a8b2 .a9d1 a2b8 .a8b2 h4i4j2 a2b8 a4c4 a4c4 c8 a2c6 e3 a2b8 g9h1"
      ]
    ],
    "tx-pair-open": [
      [
        44,
        "e4f40 .6-2.2-2.-2.7-2.7a16 .8-6.6-2.2-3.6b40c4 .3a44 .5f5g11h27i1 a9c4 a9b4 b13 .6d44 d44 -5.3a44 -13.2b44 j44 a44 -4n13 .g28h13i3"
      ]
    ],
    "tx-pair-reversed": [
      [
        39,
        "e7f32 .6-2.2-2.-2.7-2.7a16 .8-6.6-2.2-3.6b30c7d2 .3a39 .5f9g9h21 a4c7 a4b7 b11 .6d39 d39 -5.3a39 -13.2b39 j39 a39 -4n11 .g27h10i2"
      ],
      [
        5,
        ".7-2.2-2.-2.7-2.7a2 .8-6.6-2.2-3.10a2c3 .5g2i1j2 -3.12-.8g2h2j1 .a5 d1e4 a5 .3a1e4 .9-.g2h2i1"
      ]
    ],
    "tx-pair-weak": [
      [
        42,
        "e4f38 .6-2.2-2.-2.7-2.7a8 .8-6.6-2.2-3.6b31c11 .3a42 a41d1 .a41b1 .2f8g11h17i5j1 a6c4 a6b4 b10 .2a41e1 a41e1 .a41c1 d42 d42 -5.3a42 -13.2b42 j42 a42 -4n10 .g24h13i5"
      ]
    ],
    "vcap-missing": [
      [
        44,
        "e44 .6-2.2-2.-2.7-2.7a15 .8-6.6-2.2-3.6b37c7 c44 .2a44 a36c1d7 .a39b3c1d1 .2f6g6h15i17 a10 a10 b10 .2a39e4f1 a37c2d1e4 c44 a4b2c9d25e4 d42 d42 -5.3a44 -13c44 .b44 j44 a44 -4n10 c44 g29h11i4"
      ]
    ],
    "wrong-revision": [
      [
        44,
        "c44 .6-2.2-2.-2.4c44 .2-2.7-.8-6.6-2.2-3.3a30c14 a38b4d1e1 a36e8 b10c3e3 a25d19 a25 a25 a3b5c17 a17d8 a25 a12b9c4 a30 a27e1i2 g22i6j1k1 a11 a11 b11 a30 a30 a18e11f1 a23d1e6 a28c2 a30 a30 b30 a30 a30 a30 a27c3 a11 a26d4 a30 a30 a5c25 a28e2 a28e2 a30 a28e2 h25i1j2n2 a29c1 a6d24 a18b2c4d3e3 a11d19 a28c2 a2b28 a30 a5e25 a15b14c1 a20c10 a20 g19h1 b20 a18c2 a18c2 c20 a18c2 -c20 h3k1l5m5n6"
      ]
    ]
  },
  "twins": [
    [
      "bias-resistor",
      "cable-wire-open",
      "partner-deaf",
      "transmit-weak",
      "tx-pair-open",
      "tx-pair-weak"
    ],
    [
      "box-duplicates",
      "box-reorders"
    ],
    [
      "brown-out",
      "spi-wire-loose"
    ],
    [
      "cable-bursts",
      "tx-noise"
    ],
    [
      "cable-intermittent",
      "rx-pair-loose"
    ],
    [
      "cable-shorted",
      "cable-straight",
      "cable-too-long",
      "cable-unplugged",
      "magnetics-open",
      "partner-100-only",
      "partner-silent",
      "rx-pair-open",
      "rx-pair-weak"
    ],
    [
      "chip-brown-out",
      "reset-glitch"
    ],
    [
      "no-power",
      "port-boot-loader",
      "port-login",
      "port-modem",
      "serial-flow-stuck",
      "serial-tx-open",
      "serial-tx-rx-swapped"
    ],
    [
      "partner-restarts",
      "tx-pair-loose"
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
    ]
  ],
  "calibration": {
    "fault": {
      "intercept": -3.586,
      "worst": 2.543,
      "total": 0
    },
    "healthy": {
      "intercept": -5.083,
      "worst": 0.07,
      "total": 0.029
    },
    "ceilings": {
      "adapter-latency": 0.96,
      "adapter-loose": 0.84,
      "address-taken": 0.98,
      "baud-off-6-percent": 0.91,
      "bias-resistor": 0.92,
      "box-delays": 0.9,
      "box-drops": 0.86,
      "box-drops-large": 0.97,
      "box-mangles": 0.88,
      "box-reorders": 0.93,
      "brown-out": 0.99,
      "buffer-memory-bad": 0.98,
      "cable-bursts": 0.85,
      "cable-intermittent": 0.96,
      "cable-noise": 0.9,
      "cable-shorted": 0.97,
      "cable-split-pair": 0.98,
      "cable-straight": 0.96,
      "cable-too-long": 0.94,
      "cable-unplugged": 0.96,
      "cable-wire-open": 0.82,
      "cable-wires-swapped": 0.73,
      "chip-brown-out": 0.96,
      "computer-slow": 0.96,
      "crystal-off": 0.87,
      "cs-glitches": 0.91,
      "cs-mosi-shorted": 0.93,
      "cs-open": 0.93,
      "cs-stuck-high": 0.98,
      "cs-stuck-low": 0.94,
      "int-open": 0.91,
      "int-stuck-high": 0.94,
      "int-stuck-low": 0.99,
      "mac-taken": 0.96,
      "magnetics-open": 0.93,
      "memory-data-line": 0.92,
      "memory-lines-touch": 0.94,
      "miso-int-swapped": 0.98,
      "miso-open": 0.95,
      "miso-stuck-high": 0.98,
      "miso-stuck-low": 0.96,
      "miso-weak": 0.94,
      "mosi-cs-swapped": 0.97,
      "mosi-miso-shorted": 0.97,
      "mosi-miso-swapped": 0.95,
      "mosi-open": 0.82,
      "mosi-stuck-high": 0.99,
      "mosi-stuck-low": 0.97,
      "partner-100-only": 0.93,
      "partner-bad-fcs": 0.89,
      "partner-deaf": 0.91,
      "partner-full-duplex": 0.99,
      "partner-jabber": 0.93,
      "partner-no-arp": 0.87,
      "partner-no-ping": 0.94,
      "partner-off": 0.83,
      "partner-other-network": 0.95,
      "partner-restarts": 0.91,
      "partner-same-mac": 0.9,
      "partner-silent": 0.93,
      "partner-slow": 0.91,
      "port-gps": 0.91,
      "port-loopback": 0.97,
      "port-sketch": 0.91,
      "reset-glitch": 0.97,
      "reset-held": 0.86,
      "rx-noise": 0.92,
      "rx-pair-loose": 0.91,
      "rx-pair-open": 0.96,
      "rx-pair-reversed": 0.97,
      "rx-pair-weak": 0.96,
      "sck-cs-shorted": 0.93,
      "sck-miso-shorted": 0.97,
      "sck-miso-swapped": 0.97,
      "sck-mosi-shorted": 0.97,
      "sck-mosi-swapped": 0.99,
      "sck-open": 0.92,
      "sck-rings": 0.88,
      "sck-stuck-high": 0.96,
      "sck-stuck-low": 0.96,
      "serial-bursts": 0.97,
      "serial-data-bits": 0.95,
      "serial-drops": 0.86,
      "serial-echo": 0.97,
      "serial-ground-missing": 0.98,
      "serial-insertions": 0.89,
      "serial-inverted": 0.72,
      "serial-noise": 0.85,
      "serial-rx-noise": 0.9,
      "serial-rx-open": 0.98,
      "serial-rx-shorted": 0.98,
      "serial-too-long": 0.85,
      "serial-ttl-meets-rs232": 0.92,
      "serial-tx-noise": 0.92,
      "serial-tx-shorted": 0.85,
      "serial-wrong-baud": 0.94,
      "serial-wrong-parity": 0.98,
      "spi-mode": 0.94,
      "spi-noise": 0.82,
      "spi-slow": 0.94,
      "spi-too-fast": 0.97,
      "spi-wire-loose": 0.82,
      "supply-low": 0.91,
      "supply-ripple": 0.99,
      "supply-weak": 0.9,
      "transmit-weak": 0.91,
      "tx-noise": 0.9,
      "tx-pair-loose": 0.94,
      "tx-pair-open": 0.91,
      "tx-pair-reversed": 0.87,
      "tx-pair-weak": 0.91,
      "vcap-missing": 0.94
    }
  }
}
