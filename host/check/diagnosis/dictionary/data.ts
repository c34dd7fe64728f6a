/** What `make dictionary` learned; `dictionary.ts` says what it means. Written by a program: do not edit. */
import type { DictionaryData } from './dictionary.js'

// biome-ignore format: written by a program
export const DICTIONARY_DATA: DictionaryData = {
  "provenance": {
    "runsOfEach": 40,
    "soundRuns": 480,
    "seed": 10000000,
    "plan": "46f33cb3ee914469",
    "faults": 130,
    "symptoms": 119
  },
  "symptoms": [
    "report layer/7/0/0.555",
    "report occupant/14/0/0.666",
    "serial.session octetsReceived/10/8/0.909",
    "serial.session cellsUnderstood/10/8/0.224",
    "serial.session answerTime/14/8/0.166",
    "serial.session ownCells/9/0/0.123",
    "serial.session boardAsked/9/1/0.295",
    "serial.rate unquiet/10/0/0.482",
    "serial.rate share/10/0/0.5",
    "serial.link/4/0/0.233",
    "serial.round-trip/4/0/0.333",
    "serial.line-errors boardHeaders of damaged/10/0/0.514",
    "serial.line-errors boardHeaders at the board/10/0/0.711",
    "serial.whole-run/4/0/0.255",
    "serial.whole-run boardHeaders of damaged/10/0/1.086",
    "serial.whole-run boardHeaders at the board/10/0/0.829",
    "serial.whole-run boardPayloads/9/0/0.322",
    "serial.whole-run hostPayloads/9/0/0.071",
    "serial.retransmissions/4/0/0.368",
    "serial.octets lostThere/9/0/0.024",
    "serial.restarts/4/0/0.534",
    "spi.clock/4/0/0.689",
    "spi.miso allOnes/10/0/0.324",
    "spi.miso allZeros/10/0/0.466",
    "spi.miso rightWhenSlow/14/0/0.528",
    "spi.bit-order mirrored/9/0/0.734",
    "spi.bit-order cleared/6/2/0.606",
    "spi.pins/4/0/0.195",
    "spi.pins */9/0/0.63",
    "spi.pins sck/9/0/0.738",
    "spi.pins mosi/9/0/0.687",
    "spi.pins cs/9/0/0.575",
    "spi.pins int/9/0/0.145",
    "spi.pins reset/9/0/0.414",
    "spi.pins intDriven/9/1/0.481",
    "spi.pins csPulled/9/1/0.402",
    "spi.pins sckMosi/9/0/0.451",
    "spi.pins sckMiso/9/0/0.318",
    "spi.pins sckCs/9/0/0.318",
    "spi.pins mosiMiso/9/0/0.32",
    "spi.pins mosiCs/9/0/0.006",
    "spi.by-hand */9/0/0.443",
    "spi.by-hand sckMosi/9/0/0.927",
    "spi.by-hand sckCs/9/0/0.856",
    "spi.by-hand mosiCs/9/0/0.379",
    "spi.by-hand sckMiso/9/0/0.847",
    "spi.by-hand mosiMiso/9/0/0.56",
    "spi.by-hand misoInt/9/0/0.149",
    "spi.interrupt-pin/4/0/0.629",
    "spi.memory wrong/10/0/0.43",
    "chip.clock/4/0/0.361",
    "chip.self-test rotatedRead/6/0/0.3",
    "chip.self-test firstWrong/6/0/0.264",
    "chip.self-test-unrotated */9/0/0.469",
    "chip.self-test-unrotated wrong/9/0/0.748",
    "chip.self-test-unrotated firstWrong/6/0/0.463",
    "chip.self-test-unrotated stuckHigh/6/0/0.025",
    "chip.address-lines wrong/9/0/0.171",
    "chip.memory-at-rest wrong/9/0/0.017",
    "chip.memory-at-rest twice/9/0/0.084",
    "chip.memory-at-rest rested/9/0/0.276",
    "chip.first-command reset/6/0/0.014",
    "phy.identifier/4/0/0.631",
    "phy.identifier phid2/6/0/0.465",
    "phy.filter-hash tried/9/1/0.052",
    "phy.forced-link/4/0/0.122",
    "phy.forced-listening */9/0/0.06",
    "phy.forced-listening own/9/0/0.06",
    "phy.forced-listening answers/9/2/0.149",
    "phy.forced-listening frames/9/0/0.11",
    "phy.forced-listening bad/9/0/0.376",
    "phy.forced-listening receiving/9/0/0.171",
    "phy.link/4/0/0.429",
    "phy.link receiving/10/0/0.033",
    "phy.link time/14/9/0.214",
    "phy.partner/4/0/0.177",
    "phy.partner */9/0/0.407",
    "phy.partner power/9/1/0.32",
    "phy.polarity/4/0/0.821",
    "mac.bystanders busy/10/0/0.119",
    "mac.bystanders others/9/0/0.16",
    "mac.transmit/4/0/0.675",
    "mac.transmit collisions/9/0/0.209",
    "mac.receive time/4/0/0.393",
    "mac.receive requests/9/1/0.039",
    "mac.frame-check/4/0/0.159",
    "mac.frame-check wrongFcs/10/0/0.586",
    "mac.frame-check lost/10/0/0.236",
    "mac.unicast-filter/4/0/0.17",
    "mac.simultaneous late/10/0/0.472",
    "mac.heard frames/9/0/0.131",
    "mac.address-conflict/4/0/0.132",
    "mac.address-conflict address/9/0/0.581",
    "mac.address-conflict otherwise/9/2/0.446",
    "mac.echo-short */9/0/0.077",
    "mac.echo-short lost/9/0/0.272",
    "mac.echo-odd lost/9/0/0.193",
    "mac.echo-odd wrongFcs/9/0/0.283",
    "mac.echo-long lost/9/0/0.163",
    "mac.echo-long median/14/6/0.079",
    "mac.duplex-flood/4/0/0.558",
    "mac.duplex-flood overlaps/9/3/0.268",
    "mac.duplex-flood answers/9/0/0.081",
    "mac.duplex-flood damaged/9/3/0.084",
    "mac.overflow-recovery */9/0/0.143",
    "mac.order/4/0/0.254",
    "mac.order overtaken/10/0/0.215",
    "mac.settings */9/0/0.45",
    "network.controller/4/0/0.282",
    "network.arp */9/0/0.318",
    "network.arp time/10/6/0.35",
    "network.arp found/9/1/0.268",
    "network.ping/4/0/0.087",
    "network.ping loss/4/0/0.149",
    "network.ping-large median/10/2/0.307",
    "network.ping-large loss/4/0/0.24",
    "network.board-answers median/14/4/0.383",
    "network.steady */9/0/0.615",
    "network.release address/14/6/0.107"
  ],
  "counts": {
    "healthy": [
      [
        480,
        ".7-2.2-2.-2.8-2.7a131 .8-6.4-.-3.7b338c126d16 .3a175b55c250 a357c1d122 .a401b48c27d4 .a459d1e1i19 f112g112h56i35j165 a108 a108 b108 .a399e76f5 a343c4d29e104 .a479b1 .6a104d4 a411d69 .2a59b10c411 .5g278h139i28j35 .a110b9c16d345 a277b27c27d103e46 a135d345 .2a391 .3g455h25 .5e107f1 .g279h138i63"
      ]
    ],
    "adapter-latency": [
      [
        26,
        "b26 .3j26 .2-2a21c5 c21 -2a20c1 g1 f1 a21 a20b1 a1b20 a21 a21 a21 a21 a21 -2c21 a21 a21 a21 a21 a21 a21 a7 b21 b21 a21 a21 a21 a21 a21 a21 -6a21 a21 a21 a21 -a21 -3a21 a21 a21 a21 a21 a21 a21 b15c6 a21 a20 a20 a1c19 a17d3 a20 a18b1c1 a21 a21 j16k4l1 a9 a9 b9 a21 a19e2 a18e3 a21 a21 a16c5 b21 a16 a16 a16 a16 a5d3 a18d3 a20d1 a20 a1c19 a16 a16 a16 a16 a16 j2k14 a16 a2d14 a11b1d2e2 a3d13 a16 a16 a15 a21 a20c1 a5b15 i16j4 b20 a1 a1 j1 c1 e8f1 a20 g1h1i2j11k5"
      ]
    ],
    "adapter-loose": [
      [
        40,
        "a14b24f2 .6-2a38c2 a32c5d1 f6g1 e1f5i1 a13b3c22 f22g3 a1e1f13g6i4 a14b4c7d6e5f1h1 a17b4c4d9e3g1 a29b9 a35d1 a37c1 a35d1 a35 a35 -2c36 a36 a36 a36 a36 a36 a36 a11 b36 b36 a36 a36 a36 a36 a36 a36 -6a35d1 a35 a35 a35 -a35 -3a35 a35 a35 a35 a35 a35 a35 b26c7d1 a35 a34 a34 a6b3c25 a26d8 a34 a28b5c1 a35 a34i1 f8g8h4i1j5k1l8 a8 a8 b8 a35 a31e4 a27d2e6 a34d1 a34 a27c8 b35 a24d3 a24 a24 a27 a7 a31d4 a26d9 a26 a2c24 a27 a27 a27 a27 a27 g11h9i1k2l4 a27 a4b1d22 a16b2c3d4e2 a5d22 a27 a27 a24 a33b2 a22c13 a22 g20h2 b22 a19c3 a19c3 c19j3 a19c3 e5 a22 g11h8i2k1"
      ]
    ],
    "address-taken": [
      [
        35,
        "f35 .6-2.2-2.-2.8-2.7a6 .8-6.4-.-3.7b27c8 .9f21g14 a14 a14 b14 .11a14 .c35 d35 .6g21h14 .10g31h4 .5d1e13 .g21h14"
      ],
      [
        5,
        "f5 .6-2.2-2.-2.8-2.7a2 .8-6.4-.-3.7b3c2 .9h2i3 -3.11-.c5 d5 .b5 e5 .3i2j3 .a5 d5 a5 a2c3 .-.3j5 .-5.i2j3"
      ]
    ],
    "baud-off-6-percent": [
      [
        35,
        "b35 .f18h1i16 a29f6 n35 .a29d6 -2.2-2.-2.8-2.7a6 .8-6.4-.-3.7b25c10 .3a10b6c19 a22d13 .a26b6c3 .2f6g11h7i1j7k3 a8 a8 b8 .a26e9 a21c1d3e10 .a34b1 .6a8 a30d5 .2a5b2c28 .5g19h13i2j1 .a4b2d29 a21b3c3d6e2 a7d28 .2a30 .3g32h3 .5e7f1 .g19h13i3"
      ]
    ],
    "bias-resistor": [
      [
        35,
        "e6f29 .6-2.2-2.-2.8-2.7a9 .8-6.4-.-3.7b28c7 .3a35 .5f5g5h21i3j1 a2c6 a2b6 b8 .5d35 d35 -5.3a35 -13.2b35 j35 a35 -4n8 .g25h7i3"
      ]
    ],
    "box-delays": [
      [
        28,
        "f28 .6-2.2-2.-2.8-2.7a4 .8-6.4-.-3.7b23c5 .3a27b1 .5f2g8h16i2 a9 a9 b9 .2a24b3c1 .2a16c12 b22c6 c16 a16 e7f4g5 a6c10 a5d1 .3a19b8c1 b16 d13e3 d13e3 a16 a2b1c3d8e2 g2h2i10n2 a16 a16 a2b5c5d4 a16 b16 a15c1 a8f1 .2a1b27 i28 .a1 a1 h1 a1 k5l2n2 .g14h12i2"
      ]
    ],
    "box-drops": [
      [
        34,
        "a2f32 .6-2.2-2.-2.8-2.7a9 .8-6.4-.-3.7b30c4 .3a4b2c28 .5f19g7h7i1 a10 a10 b10 .5a33d1 b22c11d1 a2c31 a33 a2c1d11e9f9g1 a29c4 a10 .3a5b7c22 a13b20 a7b6c8d10e2 a6b7c7d13 a33 a11b5c5d11e1 g21h9i1j1n1 a33 a33 b1d11e21 a33 a22b10c1 a33 a26 .2a32b2 c3e1g20h2i2j6 a1b33 a10c17 a10c17 c26j1 a14c13 e9n1 .g22h10i2"
      ]
    ],
    "box-drops-large": [
      [
        40,
        "f40 .6-2.2-2.-2.8-2.7a11 .8-6.4-.-3.7b30c10 .9f18g11h7i4 a18 a18 b18 .7c40 .e28f12 .a16d2 .6a36e4 .e40 n40 .a40 a26d5e9 a40 a23b17 .a29 .3g35h5 .3j40 c40 e18 .g18h16i6"
      ]
    ],
    "box-duplicates": [
      [
        26,
        "f26 .6-2.2-2.-2.8-2.7a7 .8-6.4-.-3.7b19c7 .3c14d12 .5f19g7 a6 a6 b6 .11a6 .9g19h7 .a26 e25f1 a26 .c26 d1e16f8g1 .3g24h2 .a22c4 a22c4 c23d3 .e5f1 .g19h7"
      ],
      [
        7,
        ".7-2.2-2.-2.8-2.7a2 .8-6.4-.-3.7b6c1 .3c5d2 .5g1h6 a2 a2 b2 .11a2 .9h4i3 .a7 d4e3 a7 .2a6 .3g6h1 .5e2 .h4i3"
      ]
    ],
    "box-mangles": [
      [
        38,
        "a1f35g2 .6-2.2-2.-2.8-2.7a10 .8-6.4-.-3.7b22c16 .3b1c37 .5f20g5h7i6 a10 a10 b10 .6b37c1 a3c35 .a3c5d9e15f3h1i2 .a10 .4a23b15 a13b10c4d8e3 a14b9c6d6e3 .a14b8c9d4e3 g19h9i2j5n3 .a38 a3d14e21 a38 a33b1c4 .a23 .3c9d3e1g24h1 .a6c32 a6c32 c36j2 a14c24 e9n1 .g20h9i6j3"
      ]
    ],
    "box-reorders": [
      [
        35,
        "a19f16 .6-2.2-2.-2.8-2.7a10 .8-6.4-.-3.7b24c11 .9f16g8h9i2 a7 a7 b7 .11a7 .9g19h13i1j2 .a35 d5e30 a35 .a19c16 a14d8e4f4 .3g32h3 .5e4f2h1 .g22h10i3"
      ]
    ],
    "brown-out": [
      [
        24,
        "b24 .6-2.2-2.-2.2a23b1 .c24 .3-2.7a8 .8-6.3a22 -.-3.7b13c5 a18d6 a17 a17 a5b2c10 a12d5 a17 a13b2c2 a18 a18 f3g8h2i2j3 a5 a5 b5 a18 a14e4 a13e5 a18 a18 a18 b18 a15c1d2 a16 a15c1 a15d3 a4d1 a12d3 a13d5 a13 a2c11 a14 a14 a14 a14 a13 g5h7l1 a11d7 b1d10 a7b1d2e1 a1c1d9 a13 a12d6 a12 a4b10c4 a9c9 a9 g7h2 b9 a9 a9 c9 a9 e1 a4c5 h2m1n5"
      ],
      [
        16,
        "a14b1c1 .6-2.2-2a15d1 -2a15 a15 .3a15 a14e1 a15 j1 -c15 a15 a15 a15 a15 a15 a15 a3 b15 b15 a15 a15 a15 a15 a15 a15 -6a15 a14 a14 a14 -a14 -3a14 a14 a14 a14 a14 a14 a14 b10c4 a14 a14 a14 a6b2c6 a10d4 a14 a12c2 a14 a13i1 f3g5j6 a4 a4 b4 a14 a10e3f1 a10d1e3 a14 a14 a14 b14 a14 a14 a14 a14 a4 a11d3 a14 a14 a2c12 a14 a14 a14 a14 a14 g9h5 a14 a2b1d11 a9b1c1e3 a3d11 a14 a14 a14 a14 a14 a14 g14 b14 a14 a14 c14 a14 e4 a14 g9h5"
      ]
    ],
    "buffer-memory-bad": [
      [
        40,
        "c13d27 .6-2.2-2.-2.8-2.7a9 .8-6.a27b13 .a24d9e7 e20f15 b40 b40 e40 b17e23 a39b1 a39b1 .5b31c9 .3a13b5c22 a29c1d10 .a35b4c1 .2f9g14h5i1j11 a8 a8 b8 .a36e4 a28b1c2d1e8 .2a39d1 b38c1d1 a35c4 a39 a35e2f2 a38c1 a8 a33d7 .2a6b1c33 a39 a39 a36e3 a39 a35e4 g19h14i1j1n4 a39 a10b1c1d27 a28b1d5e5 a13d26 a36b3 a39 a35 .2a39b1 g35h3i1j1 a1b39 a36c3 a36c3 c37j2 a18c21 e8 .g22h16i2"
      ]
    ],
    "cable-bursts": [
      [
        32,
        "a9f23 .6-2.2-2.-2.8-2.7a6 .8-6.4-.-3.7b23c9 .3a15b2c15 a27d5 a31d1 a29b2c1 .2f4g9h4i1j14 a9 a9 b9 .a27e5 a25d3e4 .3b29c3 a9c23 a22c3d6e1 a11c4d6e8f2g1 a31c1 a9 a30d2 .2a1b1c30 a24b6c2 a21b6c2d3 a18b4c5d5 a31b1 a19b2c7d4 g18h12i1j1 .a7b1c2d22 a16b3c2d7e4 a9c3d20 a31b1 .a27 .3c2g26h1i3 .a14c18 a14c18 c31j1 a20c12 e9 .g18h12i2"
      ]
    ],
    "cable-intermittent": [
      [
        18,
        "a13g5 .6-2.2-2.-2.8-2.7a6 .8-6.4-.-3.7b12c6 .3a12c6 a16d2 .a16b2 .2f2g2h1j11l2 a2 a2 b2 .a17e1 a16c1d1 .8a2 a17d1 .8g14h3i1 .a5d13 a12d3e3 a5d13 .2a16 .9e2 a13b5 g14h3i1"
      ],
      [
        17,
        "e3f14 .6-2.2-2.-2.8-2.7a2 .8-6.4-.-3.7b14c3 .3a7b3c7 a12d5 .a15b1c1 .2g2h2i3j5k3l2 a4 a4 b4 .a15e2 a12d1e4 .2a16d1 b12c2d3 a4c12 a16 a4d2e5f4g1 a12c4 a4 a16b1 .2a7b1c9 a13b3 a13d2e1 a10c2d1e3 a16 a11d1e4 g3h5i2j2n4 a16 a8b2d6 a8c2d6 a9b1d6 a10b4c2 a16 a6 b17 .2g13i4 .a11c6 a11c6 c16g1 a10c7 e4 a3b14 g5h6i6"
      ]
    ],
    "cable-noise": [
      [
        15,
        "a7f8 .6-2.2-2.-2.8-2.7a7 .8-6.4-.-3.7b12c2d1 .3a9c6 a11c1d3 a14d1 a12b2c1 .a13i2 f3g2h1i1j8 a1 a1 b1 .a12e3 a11c1d1e2 .4a7c8 a10d5 a7c3d3e2 .a1 .3a1c14 .a14b1 a10b5 a11b3c1 a9b3c3 g11h3j1 .a5c1d9 a7c2d2e4 a4c2d9 .2a13 .3c1g14 .a12c3 a12c3 .a10c5 e1 .g11h3i1"
      ],
      [
        14,
        "f14 .6-2.2-2.-2.8-2.7a3 .8-6.4-.-3.7b12c2 .3a7b2c5 .a11d3 a12b2 .a13i1 f3g4h2j5 a1 a1 b1 .a11e3 a13b1 .a13c1 a13d1 b8c2d4 c13 d5e8 f6g7 a10c3 a1 a13b1 .2b8c6 a1b1c11 a2c4d7 d11e2 a2b5c5d1 d5e8 g4h1n8 a13 a9c4 a13 a7b1c4d1 b13 a13 a10 .2a13b1 c3e1g6i2j2 .c11 c11 j11 c11 n1 .g8h5i1"
      ],
      [
        10,
        "f10 .6-2.2-2.-2.8-2.7a4 .8-6.4-.-3.7b8c2 .3a10 .a7d3 a7b3 .2f2g3h2j3 a3 a3 b3 .a8e1f1 .3d10 d10 -5.3a10 -13.2b10 j10 a10 -4n3 .g5h4i1"
      ]
    ],
    "cable-shorted": [
      [
        35,
        "e35 .6-2.2-2.-2.8-2.7a2 .8-6.4-.-3.7b27c7d1 .3a35 .3c35 .n35 a7c2 a7b2 b9 .-40"
      ],
      [
        5,
        "f5 .6-2.2-2.-2.8-2.7-.8-6.4-.-3.7b4c1 .3a5 .5g2h3 -3.5d5 d5 -5.3a5 -13.2b5 j5 a5 -5.g2h3"
      ]
    ],
    "cable-split-pair": [
      [
        34,
        "e34 .6-2.2-2.-2.8-2.7a1 .8-6.4-.-3.7b23c11 .b34 c34 a34 a29b1c1d3 .a30b3c1 .2f10g9h5i1j9 a7 a7 b7 .a28e5f1 a23d4e7 c34 e34 d34 d34 -5a30d4 .2a34 -13.2b34 j34 a34 -4n7 .g19h11i4"
      ]
    ],
    "cable-straight": [
      [
        40,
        "e40 .6-2.2-2.-2.8-2.7a11 .8-6.4-.-3.7b32c7d1 .3a40 .3c40 .n40 c8 b8 b8 .-40"
      ]
    ],
    "cable-too-long": [
      [
        24,
        "e24 .6-2.2-2.-2.8-2.7a4 .8-6.4-.-3.7b11c12d1 .3a24 .3a2c22 .j1l1n22 a1c2 a1b2 b3 .a2 a2 a2 a2 d2 d2 -5a2 a2 a2 a2 -13b2 a2 b2 j2 a2 -5b2 g1h1"
      ],
      [
        10,
        "f10 .6-2.2-2.-2.8-2.7a4 .8-6.4-.-3.7b7c3 .3a10 .5f1g4j5 a5 a5 b5 .5d10 d10 -5.3a10 -13.2b10 j10 a10 -4n5 .g6h4"
      ],
      [
        3,
        ".7-2.2-2.-2.8-2.7-.8-6.4-.-3.7b2d1 .3a1c2 .5g2j1 a2 a2 b2 .11a2 .9g1h2 .a2d1 a1e2 a2d1 .6g2h1 .5e2 .g1h2"
      ]
    ],
    "cable-unplugged": [
      [
        40,
        "e40 .6-2.2-2.-2.8-2.7a8 .8-6.4-.-3.7b27c13 .3a40 .3c40 .n40 a10c1 a10b1 b11 .-40"
      ]
    ],
    "cable-wire-open": [
      [
        19,
        "e19 .6-2.2-2.-2.8-2.7a3 .8-6.4-.-3.7b15c3d1 .3a19 .3c19 .n19 a7 a7 b7 .-40"
      ],
      [
        16,
        "e1f15 .6-2.2-2.-2.8-2.7a3 .8-6.4-.-3.7b13c3 .3a16 .5f3g5h6i2 a2c1 a2b1 b3 .5d16 d16 -5.3a16 -13.2b16 j16 a16 -4n3 .g9h5i2"
      ]
    ],
    "cable-wires-swapped": [
      [
        32,
        "e32 .6-2.2-2.-2.8-2.7a11 .8-6.4-.-3.7b22c10 .3a32 .3c32 .n32 a4c6 a4b6 b10 .-40"
      ],
      [
        8,
        "e8 .6-2.2-2.-2.8-2.7a1 .8-6.4-.-3.7b6c2 .3a8 .2a6c2 .2g1h2i2j3 -3c8 a7e1 .3d8 d8 -5.3a8 -13.2b8 j8 a8 -5.g4h3i1"
      ]
    ],
    "chip-brown-out": [
      [
        18,
        "a14g4 .6-2.2-2.-2.8-2.7a4 .8-6.4-.-3.7b15c2d1 .3a5b2c11 a15d3 .a15c3 .2f3g9h1j5 a7 a7 b7 .a16e2 a15d1e2 .8a6d1 a17d1 .2a1c17 .5g8h10 .a3d15 a13c2d1e2 a3d15 .2a17 .3g16h2 .a17c1 a17c1 .2e7 a14c4 g8h10"
      ],
      [
        12,
        "c4d5e3 .6-2.2-2.-2.7a11e1 j1 -.7a2 .8-6.a9f1h2 .2-a11b1 a1 f1 b1 .a11h1 .a7h5 .3b6c2d2 a10d2 .2a6b4c2 a9d3 .a8b1c2d1 a11 a10i1 f3g2h3i2j1 a5 a5 b5 a11 a9e2 a10e1 c11 a8b2c1 d11 d11 -5a11 a11 a11 a11 -13c11 a11 a11 g11 b11 a4c7 a4c7 c9g1j1 a4c7 e4f1 c11 g5h4i1j1"
      ],
      [
        9,
        "d1e2f6 .6-2.2-2.-2.8-2.7a4 .8-6.4-.-3.3a8h1 .a8c1 a8b1 b6c2 .3a5b1c3 a7d2 .a7c2 .2f3g3j3 a1 a1 b1 .a6e3 a6d1e2 .2a8d1 b8d1 a5c3 a8 a5g2i1 a4c4 a1 .3a6c3 a3b4c1 a3d1e4 a2d1e5 a7b1 a2d1e5 g2n6 a8 a6b1d1 a7c1 a6c1d1 a1c7 a8 a1 c9 .2g8h1 .a8c1 a8c1 .a7c2 e1 a4c5 g6h3"
      ],
      [
        1,
        "c1 .6-2.2-2.-2.6i1 .2-.c1 c1 .4-a1 a1 .5b1 .6c1 -70"
      ]
    ],
    "computer-slow": [
      [
        24,
        "a18b6 .3i21j2k1 .2-2a21c3 a21 i1 a1 a18c1d2 g1 a1 a19 a18b1 a13b8 a21 a21 a19 a19 a19 -2c19 a19 a19 a19 a19 a19 a19 a5 b19 b19 a19 a19 a19 a19 a19 a19 -6a19 a19 a19 a19 -a19 -3a19 a19 a19 a19 a19 a19 a19 b16c3 a19 a19 a19 a6b1c12 a16d3 a19 a17b1c1 a19 a19 f7g4h2i1j5 a8 a8 b8 a19 a17e2 a14c1d1e3 a19 a19 a19 b19 a19 a19 a19 a19 a8 a17d2 a19 a19 a2b1c16 a19 a19 a19 a19 a19 g14h4j1 a19 a7d12 a11c1d1e6 a7d12 a19 a19 a18 a19 a19 a19 g18i1 b19 a19 a19 c16f1g1h1 a19 e8 a19 g13h3i1j2"
      ],
      [
        11,
        "b10f1 .6-2.a4c7 f7 a7 b1c9d1 f10 a9d1 a10 b1c2d3e2f2 a4b7 .2a10 a10 a10 -2c10 a10 a10 a10 a10 a10 a10 a1 b10 b10 a10 a10 a10 a10 a10 a10 -6a10 a10 a10 a10 -a10 -3a10 a10 a10 a10 a10 a10 a10 b7c3 a10 a5 a5 a1c4 a4d1 a5 a4c1 a10 a10 l10 a3 a3 b3 a10 a8e2 a6e4 a10 a10 a2c8 b10 a2 a2 a2 a2 -a8d2 d10 -2a2 a2 a2 a2 a2 k1l1 a2 a1d1 c1d1 a1d1 a2 a1d1 a1 a10 a1c9 a1 g1 b1 a1 a1 c1 a1 -a1 i1"
      ]
    ],
    "crystal-missing": [
      [
        40,
        "d40 .6-2.2-2.-2.7e40 -2.7a8 .8-6.2c40 -6.5-57"
      ]
    ],
    "crystal-off": [
      [
        34,
        "f34 .6-2.2-2.-2.8-2.7a5 .8-6.4-.-3.7b27c7 .3a34 .a30d4 a31b2c1 .2f4g10h8i1j11 a9 a9 b9 .a30e4 .3d34 d34 -5.3a34 -13.2b34 j34 a34 -4n9 .g18h14i2"
      ],
      [
        6,
        "f6 .6-2.2-2.-2.8-2.7a3 .8-6.4-.-3.7b2c3d1 .3a2c4 .a5d1 a5d1 .2f3h1j2 a3 a3 b3 .a5e1 .5c6 .f6 .a3 .6a1e5 .e6 n6 .a5d1 .a6 b5c1 .a5 .5a5c1 a5c1 j6 c6 e3 .g5h1"
      ]
    ],
    "cs-glitches": [
      [
        15,
        "c15 .6-2.2-2.-2.6c3d4e8 a13e2 i15 a11 .7a4 .7a10b5 a5 a5 a5 a5 a5 a5 a11c4 h7 a10c5 a5b1d1 b1e5 a2b3c2 h5 b2e3 c5 a1c6 h7 h7 g1h6 a7e8 c13 a1b4e8 -d5 a1 a1 a1 a1 b1 b1 a1 a1 f1 -3a1 e1 a1 a1 a1 a1 b1 -5a1 a1 a1 b1 -13b1 c1 -10"
      ],
      [
        13,
        "c13 .6-2.2-2.-2.6a6c7 .i3j5 -.7a6 .8-6.g7h6 .2e2 .-3a11b1c1 a4g6h3 a3g2h8 a2g3h8 .a12c1 a12e1 b8c3d1 a12c1 a11b1 a11b1 a6b2c4 a7b1c1d3 a12 a10b1d1 .2f3g1h3i1j5 a7 a7 b7 .a11e1f1 a8c2d1e2 .2a12d1 b12d1 c12 a12 e2f8g2 a6c6 a6 a8b2d3 .2a8c5 a4b7c1 a6d3e3 a4d4e4 a9b2c1 a1d8e3 h1i3j1k1n6 a12 a11c1 a10d2 a11b1 a2b6c4 a12 a6 a8b3c2 .2g10i3 .c13 c13 j13 c13 e3f1n2 a1c12 g7h1i2j1k1l1"
      ],
      [
        8,
        "a1c5f1g1 .6-2.2-2.-2.8-2.7a1 .8-6.a3g5 .2-.-3.a6g2 a7g1 a6c1g1 .3b7c1 .3a2c6 .5f1g4i1j2 a2 a2 b2 .7a4c4 .a4e3f1 .a2 .3a1c7 .4a6e2 g2h3j1n2 .a2d6 a7d1 a2d6 .2a7 .3c1g6h1 .a5c3 a5c3 .a2c6 e2 .g3h4j1"
      ],
      [
        3,
        "c3 .6-2.2-2.-2.6c2d1 .i3 a2 .7-.7a2b1 a1 a1 a1 a1 a1 a1 .g1h2 .a1c1e1 e2 b3 h3 e3 c3 c3 h3 h3 h3 a2e1 .2-.a1b1 a1b1 a1c1 a2 a2 a1b1 a2 a2 g1h1 a1 a1 b1 a2 a2 a2 a1c1 a2 a1d1 b1d1 c1 a1 g1 c1 -a1b1 a1c1 a2 a2 b1 d1 d1 a1 d1 i1 a1 b1 a1 a1 b1 a1 -c2 a2 b2 j2 a2 -4n1 c2 g1h1"
      ]
    ],
    "cs-miso-shorted": [
      [
        40,
        "c40 .6-2.2-2.-2.7i40 .3c40 c40 .2c40 .a8 .a40 .5b40 .6c40 -70"
      ]
    ],
    "cs-mosi-shorted": [
      [
        40,
        "c40 .6-2.2-2.-2.10e40 c40 b40 .4a8 .6b40 b40 .6c40 -70"
      ]
    ],
    "cs-open": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 c40 b40 .4a9 .a40 .5b40 .6c40 -70"
      ]
    ],
    "cs-stuck-high": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 c40 b40 .2b40 .a6 .7b40 .6c40 -70"
      ]
    ],
    "cs-stuck-low": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 c40 c40 .2c40 .a4 .a40 .5b40 .6c40 -70"
      ]
    ],
    "int-open": [
      [
        40,
        "c40 .6-2.2-2.-2.8-2.c40 b40 .4a14 a40 .7-6c40 .3-.-3.7b32c7d1 .3a21b1c18 a33d7 .a36b2c1d1 .2f6g8h4i3j19 a11 a11 b11 .a36e4 a32d2e6 .a39b1 .6a10d1 a35d5 .2a2c38 .5g25h10i2j3 .a11b1c2d26 a24d9e7 a14d26 .2a33 .3g11h5i24 .3c20i20 a37c3 f2i8k1 .g25h10i5"
      ]
    ],
    "int-stuck-high": [
      [
        40,
        "c40 .6-2.2-2.-2.8-2.c40 b40 .3b40 a9 .8-6c40 .3-.-3.7b32c7d1 .3a15b3c22 a33b1d6 .a38b1c1 .a39i1 f5g10h5i5j15 a6 a6 b6 .a36e4 a33c1d3e3 .8a5d1 a36d4 .2a3c37 .5g22h10i3j5 .a11c1d28 a25c3d8e4 a12d28 .2a32 .2a39b1 g16h2i22 .a39 a39 c25g1h1i12 a32c7 f1i4k1 .g22h10i8"
      ]
    ],
    "int-stuck-low": [
      [
        40,
        "c40 .6-2.2-2.-2.8-2.c40 c40 .3c40 a9 a40 .7-6c40 .3-.-3.7b34c6 .3a21b2c17 a35d5 .a37b1c2 .2f3g11h2i3j21 a15 a15 b15 .a36e4 a33d4e3 .8a15 a36d4 .2a1c39 .5g24h13j3 .a8d32 a28b1c2d6e3 a9d31 .2a35 .3g37h3 .5i15 .g24h13i3"
      ]
    ],
    "mac-taken": [
      [
        40,
        "f40 .6-2.2-2.-2.8-2.7a12 .8-6.4-.-3.7b29c11 .9f22g9h6i3 a12 a12 b12 .11a12 .c40 b40 .6g22h13i2j3 .a9d31 a31d9 a9d31 .2a31 .3g37h3 .5d8e4 .g22h13i5"
      ]
    ],
    "magnetics-open": [
      [
        25,
        "e25 .6-2.2-2.-2.8-2.7a10 .8-6.4-.-3.7b20c5 .3a25 .3c25 .n25 a5 a5 b5 .-40"
      ],
      [
        15,
        "e1f14 .6-2.2-2.-2.8-2.7a5 .8-6.4-.-3.7b13c2 .3a15 .5f4g4h7 a3c1 a3b1 b4 .5d15 d15 -5.3a15 -13.2b15 j15 a15 -4n4 .g10h4i1"
      ]
    ],
    "memory-address-line": [
      [
        18,
        "c18 .6-2.2-2.-2.8-2.7a6 .8-6.f18 .2b18 .-3b18 g18 .5-.3a18 .a13d5 a14b4 .2f9g3h2i1k3 a5 a5 b5 .a15e3 .a10c8 .d18 d18 -5.3a18 -13.2b18 j18 a18 -4n5 a15c3 g10h6i2"
      ],
      [
        14,
        "c14 .6-2.2-2.-2.8-2.7a4 .8-6.f14 .2b2 .-3b14 a6g8 .5b3c1 .3a9b1c4 .a10d4 a12b2 .a13i1 f6g1h3j2k2 a4 a4 b4 .a12e2 .5c14 .f14 .a3d1 .3a4c10 .2a6e8 .d1e13 n14 .a9b2c2d1 .a14 a4b10 .a10 .7j14 c14 e4 .g8h5i1"
      ],
      [
        8,
        "d8 .6-2.2-2.-2.8-2.7-.8-6.4-.-3b8 .6b6c1d1 .3b1c7 a7d1 a7c1 .3g6h2 a3 a3 b3 .7c8 .f8 .a3 .6a3d5 .d8 h7i1 .a3d5 a4b1c2d1 a3d5 a3b5 .a6 .3g6h2 .5e3 .h7i1"
      ]
    ],
    "memory-data-line": [
      [
        40,
        "c40 .6-2.2-2.-2.8-2.7a8 .8-6.f40 .d40 b22e18 b40 h40 b40 b18e22 d40 g40 .5e2 .3a39c1 a37d3 a28d12 a35b3c2 .a38i2 f5g6h20i1k8 a11 a11 b11 .a31e7f2 a36b4 a14c26 a30b2c4d4 a2d38 b2d38 c2 a2 i2 c2 a1 a39d1 .2a38c2 b2 e2 e2 a2 e2 n2 a2 a2 a2 a2 c2 a2 -.2a2b38 j40 a38b2 -4n11 .g17h20i3"
      ]
    ],
    "memory-lines-touch": [
      [
        40,
        "c40 .6-2.2-2.-2.8-2.7a14 .8-6.f40 .e40 e40 c40 h40 b40 b40 d40 g40 .5-.3a40 a36d4 a34c1d5 a38b2 .a39i1 f1g1h30i4k4 a10 a10 b10 .a38e2 a36b3c1 a29c11 .d40 d40 -5a36d4 .2a40 -13.2b40 j40 a40 -4n10 .g25h8i7"
      ]
    ],
    "miso-int-shorted": [
      [
        40,
        "c40 .6-2.2-2.-2.8-2.c40 c40 .4a15 .8-6.4-.-3.7b35c5 .3a18b5c17 a29d11 .a33b5c2 .a39i1 f13g4h4i1j18 a12 a12 b12 .a33e6f1 a28d2e10 .8a12 a34d6 .2a4c36 .5g31h7i1j1 .a6b1d33 a27b1c3d7e2 a7d33 .2a35 .a19c21 b19 j19 a19 -4n2 c19 h5i1k2l1m10"
      ]
    ],
    "miso-int-swapped": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 c40 c40 .4a5 a40 .6c40 .5b40 c40 -70"
      ]
    ],
    "miso-open": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 .6a9 .7b40 .7-70"
      ]
    ],
    "miso-stuck-high": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 c40 c40 .4a16 .7b40 .7-70"
      ]
    ],
    "miso-stuck-low": [
      [
        40,
        "c40 .6-2.2-2.-2.7i40 .3c40 b40 .4a12 .7b40 .7-70"
      ]
    ],
    "miso-weak": [
      [
        20,
        "a1c15d1g3 .6-2.2-2.-2.7a19c1 i1j1 -.7a7 .8-6.a5b13c2 .2-.-3.a15b1c3d1 a10b4c2d4 a9b6c2d3 .7a9b3c8 a17d3 .a18b1c1 .2f5g2h2i3j8 a6 a6 b6 .a18e2 a17d1e2 .4a14c6 .a14c5d1 .a6 a17d3 .2a2c18 a19b1 .4g13h4j3 .a6d14 a13c1d5e1 a5b1d14 .2a15 .3c1g19 .a10c10 a10c10 c15j5 a4c16 e5n1 .g13h4i3"
      ],
      [
        10,
        "c10 .6-2.2-2.-2.7a6c4 j9 -.7a4 .8-6.c9d1 .a9d1 e3 a8b2 g2 e2 b2 a9b1 b1c3d5e1 c1d5e4 a1d5e4 .3b9c1 .3a4c6 .3a9 a9 f5j4 a1 a1 b1 a9 a9 a9 a9 a9 a9 b9 a1c8 a9 a1c5d3 a9 a1 a9 a9 a9 c9 a5b4 a9 a9 a7b2 a9 g9 a9 d9 a9 d9 a9 a9 a9 a9 a9 a9 c1e1g5i1j1 b9 c8 c8 j8 c8 e1 a7c2 g8l1"
      ],
      [
        7,
        "c7 .6-2.2-2.-2.7c7 i5j2 -.7a1 .8-6.c1d6 .2e3 a3b4 g1h3 e4 b4 a3b2c2 d2e5 e4f3 e4f3 .3b5 .3a3b2c2 a5d2 a6b1 a6c1 a6 a5f1 g3i2j1 a2 a2 b2 a6 a6 a4b1c1 a6 a6 a6 b4c2 c5 a5 c1d2e2 a5 d1 a5d1 a6 a6 a1b2c3 a4b1 a5 a5 a3c2 a5 g1h3j1 a5 a1d4 a3d2 b1d4 a5 a5 a4 a6 a6 a3b3 g2h1i2j1 a1b5 c3 c3 j3 c3 n2 c6 h3i1k1m1"
      ]
    ],
    "mosi-cs-swapped": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 c40 b40 .4a10 .a40 .5c40 .2b40 -3c40 -70"
      ]
    ],
    "mosi-int-shorted": [
      [
        40,
        "c40 .6-2.2-2.-2.7a2i38 .2c38e2 c40 c40 .c40 .c40 a9 a40 .6b40 .6c40 -70"
      ]
    ],
    "mosi-miso-shorted": [
      [
        40,
        "c40 .6-2.2-2.-2.7i40 .3c40 b40 .4a7 .5b40 .2-6.-70"
      ]
    ],
    "mosi-miso-swapped": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 .6a10 .7c40 .4b40 -c40 -70"
      ]
    ],
    "mosi-open": [
      [
        40,
        "c40 .6-2.2-2.-2.6a23i17 .3b17e23 .6a12 .7b40 .6c40 -70"
      ]
    ],
    "mosi-stuck-high": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 c40 b40 .b40 .2a11 .7b40 .6c40 -70"
      ]
    ],
    "mosi-stuck-low": [
      [
        40,
        "c40 .6-2.2-2.-2.10e40 c40 b40 .c40 .2a10 .7b40 .6c40 -70"
      ]
    ],
    "no-power": [
      [
        40,
        "b40 m40 a40 a40 n40 .a40 .-c40 -109"
      ]
    ],
    "partner-100-only": [
      [
        24,
        "e24 .6-2.2-2.-2.8-2.7a3 .8-6.4-.-3.7b20c4 .3a24 .3c24 .n24 c3 b3 b3 .-40"
      ],
      [
        16,
        "e3f13 .6-2.2-2.-2.8-2.7a3 .8-6.4-.-3.7b11c4d1 .3a16 a3b1d12 .a9b4c3 .a15i1 f4g5h6j1 c3 b3 b3 .a7e9 a2b2d2e10 .2d16 d16 -5a11d5 .2a16 -13.2b16 j16 a16 -4n3 .g7h6i3"
      ]
    ],
    "partner-bad-fcs": [
      [
        34,
        "f33g1 .6-2.2-2.-2.8-2.7a13 .8-6.4-.-3.7b29c4d1 .3a15b3c16 a24d10 .a29b4c1 .a33e1 f6g8h5i3j12 a5 a5 b5 .a29e4f1 a23d3e8 .2a33d1 b27c5d2 a3c30 a7c2d14e7f1g2 a29c1e3 a31c2 a4 a30d4 .2a4b6c24 a14b19 a31b1d1 a30c1d2 a11b8c9d5 a29b1c1d2 g18h9i3j3 a33 a8b2d23 a18b2c2d8e3 a7b3d23 a31b2 a33 a25 .3c5g22h1i3j3 .a7c24 a7c24 c31 a17c14 e3n2 .g19h9i6"
      ]
    ],
    "partner-deaf": [
      [
        40,
        "e7f33 .6-2.2-2.-2.8-2.7a18 .8-6.4-.-3.7b34c5d1 .3a40 a32d8 .a34b3c3 .a39i1 f7g7h18i4j4 c7 b7 b7 .a31e9 a30d1e9 .2d40 d40 -5a34d6 .2a40 -13.2b40 j40 a40 -4n7 .g23h10i7"
      ]
    ],
    "partner-full-duplex": [
      [
        27,
        "a24f3 .6-2.2-2.-2.8-2.7a5 .8-6.4-.-3.7b16c10d1 .3a1b6c20 a15d12 .a19b3c5 .a26i1 f12g6h7i1j1 a5 a5 b5 .a22e5 a15d1e11 .a26d1 .6d2e3 a20d7 .2a5b1c21 .5g13h8i5j1 .a8c1d18 a13b2c1d8e3 a11d16 .2a19 .9e5 .g13h8i6"
      ],
      [
        13,
        "f13 .6-2.2-2.-2.8-2.7a1 .8-6.4-.-3.7b9c4 .9f8g5 a2 a2 b2 .11e2 .9g8h5 c13 .e13 a13 .6g12h1 .5e2 .g8h5"
      ]
    ],
    "partner-jabber": [
      [
        15,
        "f15 .6-2.2-2.-2.8-2.7a3 .8-6.4-.-3.7b10c5 .3a8c7 .a13d2 d15 .f1i14 f3g3h8j1 a8 a8 b8 .g1i14 .c15 e11 d15 d15 -5.3a15 -13.2b15 j15 a15 -4n8 .g8h4i3"
      ],
      [
        14,
        "f14 .6-2.2-2.-2.8-2.7a3 .8-6.4-.-3.7b10c4 .3a14 a9d5 .a7c1d6 .a9i5 f6g3i1j4 a4 a4 b4 .a4e3f2g3i2 a7d4e3 .a8b1c1d4 d14 d14 -5a10d4 .2a14 -13.2b14 j14 a14 -4n4 .g10h3i1"
      ],
      [
        11,
        "e11 .6-2.2-2.-2.8-2.7a2 .8-6.4-.-3.7b8c3 .3a9c2 .2a2d9 .g8i3 h1i2j5k3 a3 a3 b3 .i11 .c11 -d10 d10 -5.3a11 -13b11 .b11 j11 a11 -4n3 b11 g6h3i1j1"
      ]
    ],
    "partner-no-arp": [
      [
        40,
        "f40 .6-2.2-2.-2.8-2.7a12 .8-6.4-.-3.7b31c9 .3a40 a25d15 .a36b2c2 .2f4g12h9i2j13 a10 a10 b10 .a33e7 a24d2e14 .2d40 d40 -5a31c1d8 .2a40 -13.2b40 j40 a40 -4n10 .g18h14i8"
      ]
    ],
    "partner-no-ping": [
      [
        40,
        "f40 .6-2.2-2.-2.8-2.7a13 .8-6.4-.-3.7b32c8 .3a15b4c21 a33d7 .a36b1c2d1 .a39i1 f9g8h6i2j15 a7 a7 b7 .a35e5 a33d1e6 .4c40 .i40 .a7 a36d4 .2a1b3c36 b40 e40 e40 .e40 n40 .a33b2c4d1 .a40 c40 .-.3j40 .-4e7 .g24h12i2j2"
      ]
    ],
    "partner-off": [
      [
        21,
        "e21 .6-2.2-2.-2.8-2.7a6 .8-6.4-.-3.7b17c4 .3a21 .3c21 .n21 c8 c8 a8 .-40"
      ],
      [
        19,
        "e2f17 .6-2.2-2.-2.8-2.7a4 .8-6.4-.-3.7b15c4 .3a19 a8d11 .a15b3d1 .2f7g3h3i4j2 c2 c2 a2 .a13e5f1 a7d2e10 .2d19 d19 -5a12d7 .2a19 -13.2b19 j19 a19 -4n2 .g10h5i4"
      ]
    ],
    "partner-other-network": [
      [
        40,
        "f40 .6-2.2-2.-2.8-2.7a10 .8-6.4-.-3.7b31c8d1 .3a16b3c21 a36b1d3 .a38b1c1 .2f5g12h3i4j16 a7 a7 b7 .a37e3 a36b1d1e2 .4c40 .i40 .a4d3 a38d2 .2a1b1c38 b40 e40 e40 .e40 n40 .a38b2 .a40 c40 .-.2b40 j40 a40 -4n7 .g22h14i4"
      ]
    ],
    "partner-restarts": [
      [
        40,
        "a23e2f13g2 .6-2.2-2.-2.8-2.7a14 .8-6.4-.-3.7b30c10 .3a20b4c16 a28c1d11 .a35b2c2d1 .a39d1 f7g6h6i3j15l3 a8c1 a8c1 a1b8 .a29e9f2 a26d5e9 .2a39d1 b33c5d2 a32c7 a39 a32d1e1f1g2i2 a36c3 a8d1 a29d11 .2a10c30 a33b6 a33e6 a34d1e4 a39 a35d1e3 g21h9i4j2n3 a39 a12c2d25 a24b3d10e2 a15d24 a31c8 a39 a25 a33b7 .a39b1 g34h5i1 .a35c4 a35c4 c36d1j2 a33c6 e8f1 a33b7 g22h10i8"
      ]
    ],
    "partner-same-address": [
      [
        40,
        "f40 .6-2.2-2.-2.8-2.7a6 .8-6.4-.-3.7b32c7d1 .3a40 a31d9 .a34b5c1 .a38i2 f14g7h5i2j12 a8 a8 b8 .a35e4f1 a30d2e8 .2d40 d40 -5a35d5 c40 d40 a3b1c36 -13.2b40 a40 a40 -4a8 .g26h10i4"
      ]
    ],
    "partner-same-mac": [
      [
        40,
        "f40 .6-2.2-2.-2.8-2.7a13 .8-6.4-.-3.7b32c8 .3a40 a33d7 .a36b1c3 .2f6g6h14i1j13 a10 a10 b10 .a35e5 a31d1e8 .2d40 d40 -5a34d6 .2a4c36 -13.2b40 j40 a40 -4n10 .g23h13i4"
      ]
    ],
    "partner-silent": [
      [
        22,
        "e22 .6-2.2-2.-2.8-2.7a7 .8-6.4-.-3.7b16c6 .3a22 .3c22 .n22 a5 a5 b5 .-40"
      ],
      [
        18,
        "f18 .6-2.2-2.-2.8-2.7a3 .8-6.4-.-3.7b14c3d1 .3a18 a10d8 .a13b3c2 .a17i1 f7g6h4j1 a5 a5 b5 .a10e8 a10d3e5 .2d18 d18 -5a13d5 .2a18 -13.2b18 j18 a18 -4n5 .g11h7"
      ]
    ],
    "partner-slow": [
      [
        32,
        "f32 .6-2.2-2.-2.8-2.7a9 .8-6.4-.-3.7b25c7 .3a27b2c3 a23d9 .a27b4c1 .a31i1 f5g4h10i1j12 a8 a8 b8 .a24e7f1 a20b1d4e7 .2a24c8 b26c6 c24 a24 e14f5g3h2 a10c14 a7 a28d4 .2a17b10c5 b24 d15e9 c5d12e7 a24 a5b2c3d11e3 h6i15n3 a24 a17b1c3d3 a3b11c6d4 a23b1 a2b22 a23c1 a16g1 .2a6b26 i32 .a6 a6 h1i5 a6 k3l5 .g22h6i4"
      ]
    ],
    "phy-dead": [
      [
        40,
        "e40 .6-2.2-2.-2.8-2.7a11 .8-6.4-.-3.5c40 b40 -55"
      ]
    ],
    "port-boot-loader": [
      [
        40,
        "b40 m40 a40 a40 n40 .a40 .-c40 -109"
      ]
    ],
    "port-gps": [
      [
        40,
        "b40 d26i14 f1i38 a39 n39 a39 a39 f14 -c40 -109"
      ]
    ],
    "port-login": [
      [
        40,
        "b40 m40 a40 a40 n40 .a40 .-c40 -109"
      ]
    ],
    "port-loopback": [
      [
        40,
        "b40 h40 .2n40 d40 a40 -2c40 -109"
      ]
    ],
    "port-modem": [
      [
        40,
        "b40 m40 a40 a40 n40 .a40 .-c40 -109"
      ]
    ],
    "port-sketch": [
      [
        40,
        "b40 g22i18 d1e6f33 a40 n40 .a40 f18 -c40 -109"
      ]
    ],
    "reset-glitch": [
      [
        16,
        "e8f8 .6-2.2-2.-2.8-2.7a3 .8-6.4-.-3.7b10c4 a15c1 .2a6b4c6 a13d3 .a15b1 .2f3g3h6i1j3 a3 a3 b3 .a14e2 a13d2e1 a8c8 .a8d8 b8d8 a2c5d1 a7 a2e1f1g3 a1c7 a2 .3a16 a1b7 b1e7 e8 a8 e8 n8 a8 a8 a8 a8 c8 a8 -c16 .2g13h3 .a12c4 a12c4 .a11c5 e3 a3c13 g7h8i1"
      ],
      [
        14,
        "a10g4 .6-2.2-2.-2.8-2.7a4 .8-6.4-.-3.7b10c4 .3a6b2c6 a10d4 .a12b1c1 .2f3g3h3j5 a5 a5 b5 .a11e3 a10d1e3 .8a5 a12d2 .2a2c12 .5g8h5i1 .a4d10 a7c1d5e1 a4d10 .2a11 .3g13h1 .a13c1 a13c1 .2e5 a10c4 g8h5i1"
      ],
      [
        9,
        "c7d2 .6-2.2-2.-2.6a8d1 a6d2e1 j4 -.7a2 .8-6.a5d2e1f1 .2f1 .-3a8c1 a8h1 .5b1e1 a8d1 .2a8c1 a8d1 .a7b2 a7 a7 f1g1h2i3 a1 a1 b1 a7 a6e1 a7 c7 a7 d7 d7 -5a7 a6c1 a7 a6b1 -13c7 a7 a5b2 g5j2 a2b5 a1c4 a1c4 c2j3 c5 e1 c7 g1h2i2j2"
      ]
    ],
    "reset-held": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 a32c8 a32b8 .4c8 .7b40 .6c40 -70"
      ]
    ],
    "rx-noise": [
      [
        20,
        "f20 .6-2.2-2.-2.8-2.7a6 .8-6.4-.-3.7b14c5d1 .3a6b7c7 a14c1d5 a12c3d5 a16b2c2 .a17d1i2 f5g8h4i1j2 a2 a2 b2 .a13e7 a14c1d4e1 .2a18d2 b14c4d2 c18 f10g8 a2c3d7e6 a15c3 a1 a16d4 .2a4b4c12 a2b11c5 a8b5c5 a8b4c4d2 b1c1d15e1 a7b6c4d1 g7h9i1j1 a18 a2b1c2d13 a17d1 c1d15e2 a1b16c1 a18 a12 .3c6d1g8i2j3 .c17 c17 j17 c17 e1n1 .g8h10i2"
      ],
      [
        10,
        "a4f6 .6-2.2-2.-2.8-2.7a5 .8-6.4-.-3.7b8c2 .3a3c7 a8d2 a9b1 .3f3g4j3 a6 a6 b6 .a9f1 a8c1e1 .4a4c6 a4d3e3 a9c1 .a6 a9d1 .6a4b5c1 .g6h4 .2a9b1 .7g9h1 .a9c1 a9c1 .a7c3 e6 .g6h4"
      ],
      [
        6,
        "f6 .6-2.2-2.-2.8-2.7a2 .8-6.4-.-3.7b4c2 .3a6 .5g1h1j4 -3.5a1d5 d6 c1 f1 e1 a1 -.3a6 c1 d1 d1 d1 d1 g1 a1 d1 a1 d1 c1 a1 -.2b6 j6 a6 -5.g5h1"
      ]
    ],
    "rx-pair-loose": [
      [
        25,
        ".7-2.2-2.-2.8-2.7a7 .8-6.4-.-3.7b19c6 .3a9c16 a20c1d4 .3a24i1 f5g4h3i4j9 a6 a6 b6 .a23e2 a22d1e2 .8a6 a24d1 .2b1c24 .5g14h4i3j4 .a7d18 a17c1d7 a7d18 .2a18 .9e6 .g14h4i7"
      ],
      [
        15,
        "e3f9g3 .6-2.2-2.-2.8-2.7a2 .8-6.4-.-3.7b12c3 .3a5b1c9 a11d4 .4f4g4h1i1j5 a3 a3 b3 .a13e2 a10d2e3 .3b14c1 a8c7 a12c3 a9d5e1 a14c1 a3 a13d2 .2b3c12 a14b1 a14d1 a13b2 .a12b1c1d1 g9h3i2j1 .a3d12 a9b2c1d1e2 a4d11 a14b1 .a13 a8b7 .2g14h1 .a9c6 a9c6 .a11c4 e3 a8b7 g9h4i2"
      ]
    ],
    "rx-pair-open": [
      [
        40,
        "e40 .6-2.2-2.-2.8-2.7a13 .8-6.4-.-3.7b29c10d1 .3a40 .3c40 .n40 a9 a9 b9 .-40"
      ]
    ],
    "rx-pair-reversed": [
      [
        40,
        "e40 .6-2.2-2.-2.8-2.7a9 .8-6.4-.-3.7b26c12d2 .3a40 .2a32b3c5 .a38i2 f9g10h8i11j2 a16 a16 b16 c40 a30e9f1 .3d40 d40 -5.3a40 -13.2b40 j40 a40 -4n16 .g15h16i9"
      ]
    ],
    "rx-pair-weak": [
      [
        35,
        "e34f1 .6-2.2-2.-2.8-2.7a8 .8-6.4-.-3.7b28c7 .3a35 .3a1c34 .i1n34 a10 a10 b10 .a1 a1 a1 a1 d1 d1 -5a1 a1 a1 a1 -13a1 a1 b1 j1 a1 -4n1 a1 i1"
      ]
    ],
    "sck-cs-shorted": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 c40 c40 .4a11 .a40 .2b40 .2b40 .6c40 -70"
      ]
    ],
    "sck-cs-swapped": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 c40 b40 .4a8 .a40 .5c40 .b40 -4c40 -70"
      ]
    ],
    "sck-miso-shorted": [
      [
        40,
        "c40 .6-2.2-2.-2.7i40 .3c40 b40 .4a10 .3b40 .4-6.-70"
      ]
    ],
    "sck-miso-swapped": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 .6a6 .7c40 .3b40 -2c40 -70"
      ]
    ],
    "sck-mosi-shorted": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 c40 b40 .4a8 .2b40 .4b40 .6c40 -70"
      ]
    ],
    "sck-mosi-swapped": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 .6a11 .7c40 b40 -5c40 -70"
      ]
    ],
    "sck-open": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 .6a14 .7b40 .6c40 -70"
      ]
    ],
    "sck-rings": [
      [
        14,
        "c10d1f2g1 .6-2.2-2.-2.8-2.7a5 .8-6.a5b1c2d6 .2-.-3.2a13g1 a12e1g1 .3b9c5 .a13b1 a13b1 a3b4c7 a9d5 .a9b4c1 .a13i1 f4g4h3j3 a2 a2 b2 .a11e2f1 a9e5 .4a9c5 .a9c2e3 .a1d1 a13d1 .2a5c9 .4a13e1 g7h3i3n1 .a2b1d11 a7b1c3d3 a3d11 a13b1 .a11 .5a10c4 a10c4 c13j1 a5c9 e2 .g7h4i3"
      ],
      [
        11,
        "c11 .6-2.2-2.-2.7a6c5 i4j5 -.7a5 .8-6.d1e6f4 .2e2 a10c1 h2 e2 c2 a7b3c1 a3f1g7 a2d1f1g6h1 a3f3g4h1 .3b8c1e1 .a10b1 a10b1 a4b1c6 a8d3 a10b1 a9b2 a10 a10 f2g3h1j4 a2 a2 b2 a10 a8e2 a6b1c1e2 a10 a10 a10 b10 c10 a10 e1f7g1i1 a8c2 a2 a9d1 a10 a10 a4b2c4 a3b7 a6e4 a4d2e4 a10 d2e8 h1i1n8 a10 a8b1d1 a10 a9d1 a2b4c4 a10 a5 a6b3c1 a10 a10 g9j1 b10 c9 c9 c3j6 c9 e2 a3c7 g5h3i1k1"
      ],
      [
        10,
        "c10 .6-2.2-2.-2.7c6d4 i10 a4 .7a3 .8-6a9c1 f1g4h5 .a6b1c1e2 b1e8 a2b3c4d1 h8 b2e6 c8 a3b1c2d4 g4h6 g5h5 g6h4 a9e1 a1c9 a3b4e3 e2 a4d2 a5 a5 a4b1 a5 a5 a3b1c1 a3 a3 g1h1k1 a1 a1 b1 a3 a2e1 a3 a3 a3 a1c1d1 b2d1 c1 a1 h1 a1 -a3 a3 a3 a2c1 b1 e1 e1 a1 d1 g1 a1 a1 b1 a1 b1 a1 -a1b2 a3 a1b2 g1j2 a2b1 c1 c1 j1 c1 -c3 g1l1m1"
      ]
    ],
    "sck-stuck-high": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 c40 b40 b40 .3a9 .7b40 .6c40 -70"
      ]
    ],
    "sck-stuck-low": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 c40 b40 c40 .3a11 .7b40 .6c40 -70"
      ]
    ],
    "serial-bursts": [
      [
        32,
        "b32 .6-2.a31c1 f4g4i5 f12g1 c31d1 g31 f31 b3c7d7e7f6g1 a3b3c5d8e6f4g2 a19b13 a28c3d1 .a31 a31 a31 -2c31 a31 a31 a31 a31 a31 a31 a9 b31 b31 a31 a31 a31 a31 a31 a31 -6a31 a31 a31 a31 -a31 -3a31 a31 a31 a31 a31 a31 a31 b24c7 a31 a31 a31 a8b3c20 a25d6 a31 a28b2c1 a31 a31 f3g12h5i7j4 a10 a10 b10 a31 a28e3 a25d1e5 a31 a31 a31 b31 a31 a31 a31 a31 a10 a27d4 a31 a31 a3c28 a31 a31 a31 a31 a31 g11h17i2j1 a31 a5b1c1d24 a19b1c4d5e2 a7d24 a31 a31 a26 a31 a31 a31 g24h4i3 b31 a29c2 a29c2 c25e1f1g4 a30c1 e10 a31 g11h16i3j1"
      ],
      [
        8,
        "a5b3 .6-2.2-2a5c3 i3 f3 .8-2.7-.8-6.4-.-3.7b6c2 .3a5c3 a7d1 .4f1g2j5 a4 a4 b4 .2a6c1e1 .8a4 .9g6h2 .a2d6 a6e2 a2d6 .6g6h2 .5e4 .g6h2"
      ]
    ],
    "serial-data-bits": [
      [
        26,
        "b26 g23i3 g10i16 a26 n26 .a26 a6 -c26 -109"
      ],
      [
        14,
        "b14 i14 f14 a14 n14 .a14 e14 -c14 -109"
      ]
    ],
    "serial-drops": [
      [
        38,
        "b38 .f1g1h6i30 e1f10i27 i27j6k4l1 .a5b33 -2a34c4 a28c5d1 f25g4 a2e1f20g5i1 c34 f34 e1f32g1 d2e5f4g11h12 d2e6f4g11h11 a4b29d1 a9b5c6d6e6 a34 a33 a33 a33 -2c33 a33 a33 a33 a33 a33 a33 a5 b33 b33 a33 a33 a33 a33 a33 a33 -6a33 a32 a33 a33 -a33 -3a33 a33 a33 a33 a33 a33 a33 b23c10 a33 a32 a32 a6b6c20 a21d11 a32 a26b3c3 a33 a31i2 f11g4h3i8j3k2l1m1 a9 a9 b9 a33 a26e7 a21d1e11 a33 a33 a30c3 b33 a27d3 a27 a27 a30 a7d1 a28d5 a32d1 a32 a8c24 a30 a30 a30 a30 a30 g12h3i6j7k2 a30 a4b3d23 a11b1c4d11e3 a6b1d23 a30 a29d1 a26 a30b3 a30c3 a27b3 g10h2i18 b30 a20c7 a20c7 c10d1f2g3h4i4j3 a16c11 e9 a30 g17h5i1j3k4"
      ]
    ],
    "serial-echo": [
      [
        40,
        "b40 b40 .2n40 d40 .f40 -c40 -109"
      ]
    ],
    "serial-flow-stuck": [
      [
        40,
        "b40 m40 a40 a40 n40 .a40 .-c40 -109"
      ]
    ],
    "serial-ground-missing": [
      [
        32,
        "b32 k32 f14g18 a32 n32 .a32 i32 -c32 -109"
      ],
      [
        7,
        "b7 a6k1 f1g1i5 a1f3i3 i3j2k1n1 .a3b4 i1 -a4c3 c1d3 g1 f1 c2d2 f1g1 e1f1 b2 b2 b3d1 e1 a4 a2 a1 a1 -2c1 a2 a2 a2 a2 a2 a2 a2 b2 b2 a2 a2 a2 a2 a2 a2 -6a2 a1 a1 a1 -a1 -3a1 a1 a1 a1 a1 a1 a1 -d1 -53"
      ]
    ],
    "serial-insertions": [
      [
        40,
        "b40 .f1g2i37 e2f12g1i25 i25j11k2l2 .a6b33c1 -2a37c3 a7c27d3 f24g12 a3e5f23g4i1 c37 f37 e3f34 c2e5f8g11h11 c1d1e9f6g10h10 a1b35d1 a31d2e2 a37 a34 a34 a34 -2c34 a34 a34 a34 a34 a34 a34 a13 b34 b34 a34 a34 a34 a34 a34 a34 -6a33d1 a34 a34 a34 -a34 -3a34 a34 a34 a34 a34 a34 a34 b24c10 a34 a32 a32 a2c30 a26d6 a32 a29b1c2 a34 a32i2 f7g3h1j3k3l17 a9 a9 b9 a34 a31e3 a26d1e7 a34 a34 a15c19 b34 a6d9 a6 a6 a15 a3d1 a30d4 a17d17 a17 c17 a15 a15 a15 a15 a14 g1k5l8 a14d1 a2b1c1d10 a6b1c1d3e3 a4d10 a15 a13d2 a13 a33b1 a8c26 a7b1 g1h1i3j3 b8 a1c3 a1c3 h1j3 c4 e2 a8 g5h3"
      ]
    ],
    "serial-inverted": [
      [
        24,
        "b24 i21j3 g9h3i12 a24 n24 .a24 e2f22 -c24 -109"
      ],
      [
        16,
        "b16 b16 f16 f16 n16 .d16 f16 -c16 -109"
      ]
    ],
    "serial-noise": [
      [
        40,
        "b40 a36b1i3 f1g5h2i32 a3e2f11i24 i24j4k4l3m1n4 .a4b35c1 d1f3 -a32c8 a27c3d2 a5e18f6i1 a1e2f23g1i3 c31d1 e31 a1d1f29 a1b1d1e3f8g4h13 d3e4f7g5h12 b30d2 a16b2c4d5e2 a32 a29d1 a30 a30 -2c30 a30 a30 a30 a30 a30 a30 a6 b30 b30 a30 a30 a30 a30 a30 a30 -6a30 a29 a30 a30 -a30 -3a30 a30 a30 a30 a30 a30 a30 b26c4 a30 a29 a29 a6b4c19 a21d8 a29 a25b4 a30 a29i1 f8g9h5i4j2l1m1 a8 a8 b8 a30 a25e5 a22d2e6 a30 a30 a27c3 b30 a26d1 a26 a26 a26d1 a7d1 a27d3 a28d2 a28 a4c24 a26b1 a26e1 a26e1 a27 a26e1 g8h9i7j2n1 a27 a4b1d22 a6b2c4d12e3 a4b1d22 a26c1 a27 a24 a28b2 a28c2 a28 g12h6i9j1 b28 a20c7 a20c7 c12f4g1h2i3j5 a19c8 e8 a27c1 g9h10i2j2k3l1n1"
      ]
    ],
    "serial-rx-noise": [
      [
        20,
        "b20 .6-2a17c3 a17 a4e4f4g2 i14 c17 e14f3 h1i16 e3f5g5h4 a17 a3b14 a11b3c3 a17 a17 a17 a17 -2c17 a17 a17 a17 a17 a17 a17 a5 b17 b17 a17 a17 a17 a17 a17 a17 -6a17 a17 a17 a17 -a17 -3a17 a17 a17 a17 a17 a17 a17 b14c2d1 a17 a17 a17 a5b3c9 a13d4 a17 a15b1d1 a17 a17 f4g4h2i3j4 a2 a2 b2 a17 a13e4 a12d1e4 a17 a17 a17 b17 a17 a17 a17 a17 a1d1 a14d3 a17 a17 a3c14 a17 a17 a17 a17 a17 g12h4i1 a17 a1c1d15 a5c4d7e1 a1c2d14 a17 a17 a16 a17 a17 a17 g16h1 b17 a17 a17 c16e1 a17 e2 a17 g12h4i1"
      ],
      [
        11,
        "b11 a5b6 f11 f11 j3l2n6 .b3d8 f4g1 -a5c6 c2d3 e1f2 i3 c3d2 f3 h1i2 d1e1h1 a3 b4d1 a1 a5 a1 a1 a1 -2c1 a1 a1 a1 a1 a1 a1 -b1 b1 a1 a1 a1 a1 a1 a1 -6a1 a1 a1 a1 -a1 -3a1 a1 a1 a1 a1 a1 a1 b1 a1 -6a1 a1 k1 -3a1 e1 d1 a1 a1 a1 b1 d1 -2a1 -2d1 -4a1 a1 -2d1 -4d1 -c1 c1 -10"
      ],
      [
        7,
        "b7 .f5g2 f5g2 j7 .b5c2 -2.a4d3 f5 i5 c6d1 e6 h2i4 d1h5 a6 b6d1 c1d3e1 .a5d1 a5 a5 -2c5 a6 a6 a6 a6 a6 a6 a2 b6 b6 a6 a6 a6 a6 a6 a5 -6a6 a5 a5 a5 -a5 -3a5 a5 a5 a5 a5 a5 a5 b5 a5 a4 a4 c4 a3d1 a4 a3b1 a5 a5 f1g2h1l1 a1 a1 b1 a5 a4e1 a4d1 a5 a5 a4c1 b5 a4 a4 a4 a4 a1 a5 a5 a5 c5 a4 a4 a4 a4 a4 h3i1 a4 a1d3 d3e1 a1d3 a4 a4 a3 a5 a5 a5 h3i1 b5 a3c1 a3c1 g2h2 a4 e1 a5 g2h2m1"
      ],
      [
        2,
        "b2 .6-2.a1c1 f2 i2 c2 e2 h1i1 h2 a1b1 b2 e2 .4-2.7-.8-6.4-.-3.9a1 a1 b1 d1 a1 a1 .a1i1 g1j1 -3.2d1e1 .8-d2 a1d1 a1 a1 a1 a1 .3i1j1 .b2 d1e1 a1b1 .2a1 a1b1 .2i2 .c2 c2 i1j1 c2 -.j1l1"
      ]
    ],
    "serial-rx-open": [
      [
        40,
        "b40 b40 f40 f40 n40 .d40 f40 -c40 -109"
      ]
    ],
    "serial-rx-shorted": [
      [
        40,
        "b40 b40 f40 f40 n40 .d40 f40 -c40 -109"
      ]
    ],
    "serial-too-long": [
      [
        15,
        ".7-2.2-2.-2.8-2.7a4 .8-6.4-.-3.7b12c3 .3b1c14 a13d2 .a14b1 .2f1g6h1i7 a6 a6 b6 .a14e1 a13d1e1 .8a3d3 .3a1c14 .5g1h6i1j7 .a8d7 a6c1d8 a8d7 .2a7 .3g14h1 .5e6 .g1h6i8"
      ],
      [
        14,
        "b14 i14 b5c7d2 a14 n14 .a14 .-c14 -109"
      ],
      [
        11,
        "b11 i11 e9g2 a11 n11 .a11 e1f10 -c11 -109"
      ]
    ],
    "serial-ttl-meets-rs232": [
      [
        40,
        "b40 i36j4 g36h4 a40 n40 .a40 e4f36 -c40 -109"
      ]
    ],
    "serial-tx-noise": [
      [
        27,
        "b27 .2f5i22 i22j3k1l1 .a2b25 -2a26c1 a25c1 a6e14f4 a24 c26 e26 a25b1 a26 e3f4g7h12 a2b24 a25 a25c1 a26 a26 a26 -2c26 a26 a26 a26 a26 a26 a26 a12 b26 b26 a26 a26 a26 a26 a26 a26 -6a26 a26 a26 a26 -a26 -3a26 a26 a26 a26 a26 a26 a26 b16c10 a26 a25 a25 a5b3c17 a17c1d7 a25 a24b1 a26 a25f1 f8g4h4i5j4l1 a8 a8 b8 a26 a20e6 a17c1d3e5 a26 a26 a26 b26 a25d1 a25 a25 a26 a7d1 a25d1 a25d1 a25 a3c22 a25 a25 a25 a25 a26 g12h7i2j3k2 a25d1 a7c1d17 a12b2c3d7e1 a8d17 a26 a24d2 a18 a25b1 a22c4 a22 g15h3i4 b22 a18c4 a18c4 c14f1g3h1i1j2 a18c4 e7 a22 g12h6i2j1k1"
      ],
      [
        13,
        "b13 a6i7 .a7e6 k1l2m3n7 .a13 f6 -a5c8 d5 -2c2d3 f2 a2 a2 f1h1 b2d3 -a5 -98"
      ]
    ],
    "serial-tx-open": [
      [
        40,
        "b40 m40 a40 a40 n40 .a40 .-c40 -109"
      ]
    ],
    "serial-tx-rx-swapped": [
      [
        40,
        "b40 m40 a40 a40 n40 .a40 .-c40 -109"
      ]
    ],
    "serial-tx-shorted": [
      [
        40,
        "b40 i40 b40 a40 n40 .a40 .-c40 -109"
      ]
    ],
    "serial-wrong-baud": [
      [
        12,
        "b12 .g5i7 a12 n12 .a12 -i12 .2-2.-2.8-2.7a2 .8-6.4-.-3.7b7c5 .4a11d1 .4h12 a2 a2 b2 .2a11e1 .8a1d1 .9i12 .a12 d12 a12 .2-.9e2 .i12"
      ],
      [
        11,
        "b11 .e7i4 a11 n11 .a11 -i11 .2-2.-2.2b11 .5-2.7a5 .8-6.4-.-3.7b9c2 .3a1c10 a10d1 .5-3.2a10e1 .8-a10d1 a10d1 a10 c10 .5k11 .a10b1 d11 a11 .2-.3h10i1 .a10d1 a10 .a10c1 -a10c1 j1k10"
      ],
      [
        10,
        "b10 .e3f7 a10 n10 .a10 -h1i9 .2-2.-2.8-2.7a5 .8-6.4-.-3.7b8c2 .3a1b1c8 a8d2 .a8b1c1 .2i10 a1 a1 b1 .a8e2 a8e2 .8d1 a9d1 .2a2c8 .5j10 .a10 d10 a10 .2-.9e1 .i3j7"
      ],
      [
        7,
        "b7 a3i4 d6e1 a7 n7 .a7 a4 g1h2 a3c4 a3 -2a3 -2a3 a3 a3 a3 a3 a3 a3 a3 -2c3 a3 a3 a3 a3 a3 a3 -b3 b3 a3 a3 a3 a3 a3 a3 -6a3 a3 a3 a3 -a3 -3a3 a3 a3 a3 a3 a3 a3 b2c1 a3 a3 a3 a1c2 a3 a3 a3 a3 a3 g2j1 -3a3 a3 a3 a3 a3 a3 b3 a3 a3 a3 a3 -a3 a3 a3 c3 a3 a3 a3 a3 a3 g1h2 a3 d3 a3 d3 a3 a3 a3 a3 a3 a3 g1h1i1 b3 a3 a3 c1d1g1 a3 -a3 g1h2"
      ]
    ],
    "serial-wrong-parity": [
      [
        40,
        "b40 b40 f40 f40 n40 .d40 f40 -c40 -109"
      ]
    ],
    "spi-bit-order": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .2d40 b40 .6a14 .8-6c40 -70"
      ]
    ],
    "spi-mode": [
      [
        39,
        "c39 .6-2.2-2.-2.6a19c20 a38f1 .2e39 .6a11 .8-6a19c20 -c19 -10e19 -57"
      ]
    ],
    "spi-noise": [
      [
        22,
        "c20f1g1 .6-2.2-2.-2.6a20c2 a21c1 i1j5 -.7a8 .8-6.a2b17c2e1 .2e1 .g1 e1 e1 a19b1c2 a16b2c3d1 a14b5c2d1 a12b4c6 .a21c1 .b15c3e1 .a21b1 a21b1 a9b1c12 a16c1d5 a21b1 a17b4c1 a20 a20 f5g7h2j6 a6 a6 b6 a20 a15e4f1 a14b1d1e4 a16c4 a20 a19c1 b20 a7c12 a19 a7e8f3h1 a17c2 a6 a17d3 a20 a20 a5c15 a16b3 a16b1e2 a14d2e3 a18b1 a8d3e8 g2h6i2n9 a19 a8b1c2d8 a15c1d2e1 a11d8 a10b6c3 a19 a12 a16b2c2 a20 a20 c1g15h4 b20 a5c15 a5c15 c10j10 a1c19 e6 a16c4 g9h6i1k3l1"
      ],
      [
        17,
        "c17 .6-2.2-2.-2.6a6c9d2 a3c8d2e3f1 f1i9j5 a5 .7a3 .8-6a16c1 b2c6f2g2h4 a15c1 a14e1f1 b1e7 a11b3c2 g2h3 b1e4 c4e1 a6b5c2d3 a1b2c2d3e2f1h5 b1c2d5e2f1h5 b3c1d5e2f1h4 a16 a12c4 a13b2e1 b4c1d1e2 a10c2d2 a10b2 a10b2 a5b2c5 a9c1d2 a8b2c1d1 a10b1c1 a12 a11d1 f1g4h3i2j1k1 a4 a4 b4 a12 a9e3 a9b1d1e1 a9c3 a12 a10d2 b10d2 c9d1 a9 e2f2g4h1 a1c9 a3 a12 a12 a12 a12 b4c6 d7e3 d6e4 a4b3c2d1 d7e3 n10 a10 a10 a10 a8c1d1 c10 a10 -a1b5c6 a12 a8b4 c2g4i2j4 a4b8 c8 c8 j8 c8 e1f2n1 c12 g2h6k1l1m1n1"
      ]
    ],
    "spi-slow": [
      [
        40,
        "a37g3 .6-2.2-2.-2.8-2.7a11 .8-6.4-.-3.7b28c9d3 .3a14b6c20 a29d11 .a39c1 .a39i1 f8g10h5i4j13 a10 a10 b10 .a35e5 a28d2e10 .8a10 a36d4 .2a5b1c34 .5g21h14i1j4 .a12b1d27 a21b1c3d11e4 a13d27 .2a31 .3g37h3 .5g2h2i3k2n1 .h16i24"
      ]
    ],
    "spi-too-fast": [
      [
        40,
        "c40 .6-2.2-2.-2.8j40 .e40 .6a8 .8-6.-c40 -10e40 -57"
      ]
    ],
    "spi-wire-loose": [
      [
        40,
        "a30c7d2e1 .6-2.2-2.-2.6a39e1 .a1j1 a1 c39e1 .6a12 .7a38b2 a2 a2 a2 a2 a2 a2 a39c1 a35e2g1 a37c1 a37 f1 a37 -3a38 a38 a38 a38 a38 a37 a37 b27c10 a37 a36b1 a36b1 a17b2c18 a30d7 a37 a35b1c1 a37 a37 f3g14h2i1j17 a7 a7 b7 a37 a34e3 a30d1e6 a36c1 a36c1 a37 b37 a35c2 a37 a35c2 a37 a7 a34d3 a37 a37 a2c35 a37 a37 a37 a37 a36b1 g21h15j1 a37 a5b2d30 a27b2c2d2e4 a6b1d30 a36c1 a37 a35 a37 a37 a37 g36h1 b37 a35c2 a35c2 c37 a36c1 e6f1 a35c2 g21h15i1"
      ]
    ],
    "supply-low": [
      [
        40,
        "c40 .6-2.2-2.-2.6i40 .3b40 c40 c40 .4a8 a40 a40 .5b40 .6c40 -70"
      ]
    ],
    "supply-ripple": [
      [
        19,
        "c19 .6-2.2-2.-2.6e1f9g9 a1d5e13 a1h9i9 a18 b6c13 c19 c19 .4a9 a19 a19 .5a9b10 a10 a10 a10 a10 a10 a10 c17 -a3c15 -10a8c10 c16 b16 -55"
      ],
      [
        16,
        "c16 .6-2.2-2.-2.6a1d1e1f11g2 d2e14 h4i10j2 a12 b3c13 .6a4 .7a8b8 a8 a8 a8 a8 a8 a8 a2c12 h3 a6c9 b2c1 b3 c1d2 h3 b3 c3 a1e2 h3 h3 h3 a5c10 c14 b14 -d1 -53"
      ]
    ],
    "supply-weak": [
      [
        23,
        "c23 .6-2.2-2.-2.6i23 .3b23 c23 c23 .4a4 a23 a23 .5b23 .6c23 -70"
      ],
      [
        6,
        "e6 .6-2.2-2.-2.8-2.7a3 .8-6.4-.-3.7b4c1d1 c6 .2a6 a5d1 .4f1g3i2 -3.a5e1 a5e1 c6 a2c1d1e2 d6 d6 -5.3a6 -13c6 .b6 j6 a6 -5c6 g3h3"
      ]
    ],
    "transmit-weak": [
      [
        37,
        "e6f31 .6-2.2-2.-2.8-2.7a7 .8-6.4-.-3.7b20c15d2 .3a37 a36d1 .3a36i1 f6g10h20i1 a7c6 a7b6 b13 .a36f1 a36e1 .a36b1 d37 d37 -5a36d1 .2a37 -13.2b37 j37 a37 -4n13 .g20h13i4"
      ]
    ],
    "tx-noise": [
      [
        20,
        "a5f14g1 .6-2.2-2.-2.8-2.7a6 .8-6.4-.-3.7b14c6 .3a9b1c10 a15d5 .a17b2c1 .a19i1 f7g3h1i1j8 a4 a4 b4 .a17e2f1 a14e6 .4a6c14 .a6c1d4e8f1 .a4 a18d2 .2a3c17 .a17b3 a12b4c3d1 .a8b2c3d7 g15h3i1j1 .a3c2d15 a6b1c7d3e3 a5c1d14 a19b1 .a18 .3g16h2i2 .a14c6 a14c6 c19j1 a11c9 e4 .g15h3i2"
      ],
      [
        17,
        "f17 .6-2.2-2.-2.8-2.7a7 .8-6.4-.-3.7b13c4 .3a13b4 a16d1 .4f3g1h3j10 a3 a3 b3 .a16e1 a16e1 .2a10d7 b6c3d8 c10 a10 g10 a10 a2 .3a8b4c5 a1b9 a1c3d6 d5e5 a10 e10 n10 a10 a9b1 a10 a10 b10 a10 a6 .2a10b7 c3g1h1i2j10 a7b10 c7 c7 j7 c7 e2n1 .g14h2i1"
      ]
    ],
    "tx-pair-loose": [
      [
        35,
        "a26f7g2 .6-2.2-2.-2.8-2.7a10 .8-6.4-.-3.7b29c5d1 .3a9b3c23 a24c1d10 .a29b3c3 .a34i1 f14g7h6j8 a9 a9 b9 .a30e5 a24c1d3e7 .3b34c1 a30c5 .a30c3d1e1 .a8d1 a28d7 .2a3b1c31 a34b1 a33b1d1 a32b1c1d1 .a32b2c1 g24h7i4 .a9d26 a20b3c2d5e5 a9c2d24 .2a31 .3g32h1i2 .a32c3 a32c3 .a33c2 e8n1 a34b1 g24h7i4"
      ],
      [
        5,
        "e1f4 .6-2.2-2.-2.8-2.7a3 .8-6.4-.-3.7b4c1 .3a4b1 .5h1j4 a1 a1 b1 .6b3c2 a2c3 .a2d1g2 c5 a1 .3a4c1 a3b2 a3d1e1 a3d1e1 .a3e2 g3n2 .a2d3 .a2d3 b3c2 .-a1b4 .a3b2 h2i1j2 a2b3 a2c1 a2c1 c3 a2c1 e1 a1b4 g4h1"
      ]
    ],
    "tx-pair-open": [
      [
        40,
        "e2f38 .6-2.2-2.-2.8-2.7a12 .8-6.4-.-3.7b29c11 .3a40 .5f4g11h24i1 a9c2 a9b2 b11 .5d40 d40 -5.3a40 -13.2b40 j40 a40 -4n11 .g24h13i3"
      ]
    ],
    "tx-pair-reversed": [
      [
        35,
        "e5f30 .6-2.2-2.-2.8-2.7a12 .8-6.4-.-3.7b27c8 .3a35 .5f8g9h18 a4c5 a4b5 b9 .5d35 d35 -5.3a35 -13.2b35 j35 a35 -4n9 .g23h10i2"
      ],
      [
        5,
        ".7-2.2-2.-2.8-2.7a2 .8-6.4-.-3.7b4c1 .3a2c3 .5g2i1j2 -3.11-.9g2h2j1 .a5 d1e4 a5 .2a4 .9-.g2h2i1"
      ]
    ],
    "tx-pair-weak": [
      [
        38,
        "e2f36 .6-2.2-2.-2.8-2.7a4 .8-6.4-.-3.7b31c7 .3a38 a37d1 .a37b1 .2f5g11h16i5j1 a6c2 a6b2 b8 .a37e1 a37e1 .a37c1 d38 d38 -5.3a38 -13.2b38 j38 a38 -4n8 .g20h13i5"
      ]
    ],
    "vcap-missing": [
      [
        40,
        "e40 .6-2.2-2.-2.8-2.7a11 .8-6.4-.-3.7b29c11 c40 .2a40 a32c1d7 .a35b3c1d1 .2f6g6h15i13 a8 a8 b8 .a35e4f1 a33c2d1e4 c40 a3b2c9d22e4 d38 d38 -5.3a40 -13c40 .b40 j40 a40 -4n8 c40 g25h11i4"
      ]
    ],
    "wrong-revision": [
      [
        40,
        "c40 .6-2.2-2.-2.5c40 .2-2.7-.8-6.4-.-3.5a27c13 a32e8 b8c4d1e1 a23d17 a23 a23 a2b5c16 a15d8 a23 a10b9c4 a27 a24e1i2 g20i6k1 a9 a9 b9 a27 a17e9f1 a20d1e6 a25c2 a27 a27 b27 a27 a27 a27 a24c3 a9 a23d4 a27 a27 a5c22 a25b2 a25e2 a25e2 a27 a25e2 h22i1j2n2 a27 a6d21 a16b2c4d3e2 a10d17 a25c2 a27 a22 a13b13c1 a19c8 a19 g18h1 b19 a17c2 a17c2 c19 a17c2 -c19 h3k1l5m4n6"
      ]
    ]
  },
  "twins": [
    [
      "bias-resistor",
      "cable-wire-open",
      "magnetics-open",
      "transmit-weak"
    ],
    [
      "brown-out",
      "spi-wire-loose"
    ],
    [
      "cable-bursts",
      "cable-noise"
    ],
    [
      "cable-intermittent",
      "partner-restarts"
    ],
    [
      "cable-shorted",
      "cable-straight",
      "cable-too-long",
      "cable-unplugged",
      "rx-pair-open",
      "rx-pair-weak"
    ],
    [
      "chip-brown-out",
      "reset-glitch"
    ],
    [
      "crystal-off",
      "tx-pair-open",
      "tx-pair-weak"
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
      "partner-100-only",
      "partner-off",
      "partner-silent"
    ],
    [
      "partner-deaf",
      "tx-pair-reversed"
    ],
    [
      "reset-held",
      "sck-open"
    ],
    [
      "rx-pair-loose",
      "tx-pair-loose"
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
      "intercept": -3.528,
      "worst": 2.478,
      "total": 0
    },
    "healthy": {
      "intercept": -4.998,
      "worst": 0.068,
      "total": 0.017
    },
    "ceilings": {
      "adapter-latency": 0.97,
      "adapter-loose": 0.84,
      "address-taken": 0.98,
      "baud-off-6-percent": 0.89,
      "bias-resistor": 0.88,
      "box-delays": 0.9,
      "box-drops": 0.88,
      "box-drops-large": 0.97,
      "box-duplicates": 0.95,
      "box-mangles": 0.89,
      "box-reorders": 0.87,
      "brown-out": 0.99,
      "buffer-memory-bad": 0.97,
      "cable-bursts": 0.85,
      "cable-intermittent": 0.96,
      "cable-noise": 0.91,
      "cable-shorted": 0.94,
      "cable-split-pair": 0.98,
      "cable-straight": 0.93,
      "cable-too-long": 0.92,
      "cable-unplugged": 0.94,
      "cable-wire-open": 0.88,
      "cable-wires-swapped": 0.83,
      "chip-brown-out": 0.95,
      "computer-slow": 0.91,
      "crystal-off": 0.9,
      "cs-glitches": 0.91,
      "cs-mosi-shorted": 0.91,
      "cs-open": 0.91,
      "cs-stuck-high": 0.98,
      "cs-stuck-low": 0.94,
      "int-open": 0.91,
      "int-stuck-high": 0.95,
      "int-stuck-low": 0.98,
      "mac-taken": 0.96,
      "magnetics-open": 0.87,
      "memory-data-line": 0.92,
      "memory-lines-touch": 0.93,
      "miso-int-swapped": 0.98,
      "miso-open": 0.95,
      "miso-stuck-high": 0.98,
      "miso-stuck-low": 0.96,
      "miso-weak": 0.93,
      "mosi-cs-swapped": 0.96,
      "mosi-miso-shorted": 0.96,
      "mosi-miso-swapped": 0.94,
      "mosi-open": 0.82,
      "mosi-stuck-high": 0.99,
      "mosi-stuck-low": 0.96,
      "partner-100-only": 0.88,
      "partner-bad-fcs": 0.88,
      "partner-deaf": 0.87,
      "partner-full-duplex": 0.99,
      "partner-jabber": 0.91,
      "partner-no-arp": 0.87,
      "partner-no-ping": 0.94,
      "partner-off": 0.9,
      "partner-other-network": 0.95,
      "partner-restarts": 0.94,
      "partner-same-mac": 0.9,
      "partner-silent": 0.88,
      "partner-slow": 0.91,
      "port-gps": 0.9,
      "port-loopback": 0.97,
      "port-sketch": 0.92,
      "reset-glitch": 0.97,
      "reset-held": 0.86,
      "rx-noise": 0.92,
      "rx-pair-loose": 0.94,
      "rx-pair-open": 0.94,
      "rx-pair-reversed": 0.97,
      "rx-pair-weak": 0.93,
      "sck-cs-shorted": 0.93,
      "sck-cs-swapped": 0.99,
      "sck-miso-shorted": 0.96,
      "sck-miso-swapped": 0.97,
      "sck-mosi-shorted": 0.97,
      "sck-mosi-swapped": 0.99,
      "sck-open": 0.92,
      "sck-rings": 0.86,
      "sck-stuck-high": 0.96,
      "sck-stuck-low": 0.96,
      "serial-bursts": 0.97,
      "serial-data-bits": 0.95,
      "serial-drops": 0.87,
      "serial-echo": 0.97,
      "serial-ground-missing": 0.98,
      "serial-insertions": 0.89,
      "serial-inverted": 0.72,
      "serial-noise": 0.85,
      "serial-rx-noise": 0.9,
      "serial-rx-open": 0.98,
      "serial-rx-shorted": 0.98,
      "serial-too-long": 0.85,
      "serial-ttl-meets-rs232": 0.94,
      "serial-tx-noise": 0.91,
      "serial-tx-shorted": 0.85,
      "serial-wrong-baud": 0.93,
      "serial-wrong-parity": 0.98,
      "spi-mode": 0.94,
      "spi-noise": 0.82,
      "spi-slow": 0.94,
      "spi-too-fast": 0.97,
      "spi-wire-loose": 0.84,
      "supply-low": 0.9,
      "supply-ripple": 0.99,
      "supply-weak": 0.9,
      "transmit-weak": 0.88,
      "tx-noise": 0.89,
      "tx-pair-loose": 0.92,
      "tx-pair-open": 0.89,
      "tx-pair-reversed": 0.9,
      "tx-pair-weak": 0.89,
      "vcap-missing": 0.96
    }
  }
}
