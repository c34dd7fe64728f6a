/** What `make dictionary` learned; `dictionary.ts` says what it means. Written by a program: do not edit. */
import type { DictionaryData } from './dictionary.js'

// biome-ignore format: written by a program
export const DICTIONARY_DATA: DictionaryData = {
  "provenance": {
    "runsOfEach": 16,
    "soundRuns": 320,
    "seed": 10000000,
    "plan": "cf40828e703a9773",
    "faults": 130,
    "symptoms": 124
  },
  "symptoms": [
    "report/9/0/0.011",
    "report layer/7/0/0.452",
    "report occupant/14/0/0.706",
    "serial.session octetsReceived/10/8/0.708",
    "serial.session cellsUnderstood/10/8/0.173",
    "serial.session answerTime/14/8/0.203",
    "serial.session ownCells/9/0/0.271",
    "serial.session boardAsked/9/1/0.325",
    "serial.rate */9/0/0.092",
    "serial.rate unquiet/10/0/0.742",
    "serial.rate share/10/0/0.961",
    "serial.link/4/0/0.221",
    "serial.round-trip/4/0/0.364",
    "serial.line-errors boardHeaders at the board/10/0/1.45",
    "serial.whole-run/4/0/0.031",
    "serial.whole-run skipped/10/0/0.17",
    "serial.whole-run boardHeaders of damaged/10/0/1.399",
    "serial.whole-run boardHeaders at the board/10/0/1.788",
    "serial.whole-run hostPayloads/9/0/0.247",
    "serial.retransmissions board/10/0/0.217",
    "serial.octets/4/0/0.038",
    "serial.octets lostThere/9/0/0.281",
    "serial.error-rate/4/0/0.165",
    "serial.restarts/4/0/0.745",
    "spi.clock/4/0/0.845",
    "spi.miso allZeros/10/0/0.37",
    "spi.miso estat/6/4/0.203",
    "spi.miso erevid/6/0/0.25",
    "spi.miso rightWhenSlow/14/0/0.814",
    "spi.bit-order mirrored/9/0/1.027",
    "spi.bit-order set/6/2/0.168",
    "spi.bit-order cleared/6/2/0.261",
    "spi.pins/4/0/0.181",
    "spi.pins */9/0/0.591",
    "spi.pins sck/9/0/0.848",
    "spi.pins mosi/9/0/0.741",
    "spi.pins miso/9/0/0.179",
    "spi.pins cs/9/0/0.715",
    "spi.pins int/9/0/0.431",
    "spi.pins reset/9/0/0.216",
    "spi.pins intDriven/9/1/0.244",
    "spi.pins csPulled/9/1/0.384",
    "spi.pins sckMosi/9/0/0.547",
    "spi.pins sckMiso/9/0/0.332",
    "spi.pins sckCs/9/0/0.547",
    "spi.pins mosiMiso/9/0/0.334",
    "spi.pins mosiCs/9/0/0.072",
    "spi.by-hand */9/0/0.276",
    "spi.by-hand sckMosi/9/0/1.133",
    "spi.by-hand sckCs/9/0/1.008",
    "spi.by-hand mosiCs/9/0/0.682",
    "spi.by-hand sckMiso/9/0/1.04",
    "spi.by-hand mosiMiso/9/0/0.85",
    "spi.by-hand misoInt/9/0/0.549",
    "spi.interrupt-pin/4/0/0.528",
    "spi.memory/4/0/0.202",
    "spi.memory wrong/10/0/0.304",
    "chip.clock/4/0/0.534",
    "chip.self-test firstWrong/6/0/0.532",
    "chip.self-test-unrotated */9/0/0.627",
    "chip.self-test-unrotated wrong/9/0/0.774",
    "chip.address-lines/4/0/0.027",
    "chip.address-lines wrong/9/0/0.163",
    "chip.memory-at-rest/4/0/0.045",
    "chip.memory-at-rest twice/9/0/0.293",
    "phy.identifier phid2/6/0/1.228",
    "phy.forced-link/4/0/0.237",
    "phy.forced-listening/4/0/0.361",
    "phy.forced-listening answers/9/2/0.247",
    "phy.forced-listening frames/9/0/0.094",
    "phy.forced-listening receiving/9/0/0.088",
    "phy.link/4/0/0.471",
    "phy.link receiving/10/0/0.222",
    "phy.link time/14/9/0.139",
    "phy.partner/4/0/0.458",
    "phy.partner */9/0/0.114",
    "phy.polarity/4/0/0.755",
    "mac.bystanders busy/10/0/0.262",
    "mac.bystanders others/9/0/0.11",
    "mac.transmit/4/0/0.236",
    "mac.transmit collisions/9/0/0.199",
    "mac.receive time/4/0/0.204",
    "mac.frame-check/4/0/0.172",
    "mac.frame-check wrongFcs/10/0/0.474",
    "mac.frame-check lost/10/0/0.287",
    "mac.frame-sizes/4/0/0.064",
    "mac.simultaneous/4/0/0.212",
    "mac.simultaneous ended/10/8/0.091",
    "mac.address-conflict/4/0/0.331",
    "mac.address-conflict */9/0/0.274",
    "mac.address-conflict address/9/0/0.375",
    "mac.address-conflict otherwise/9/2/0.392",
    "mac.echo-short */9/0/0.008",
    "mac.echo-short lost/9/0/0.129",
    "mac.echo-odd */9/0/0.023",
    "mac.echo-odd wrongFcs/9/0/0.217",
    "mac.echo-long lost/9/0/0.243",
    "mac.echo-long wrongFcs/9/0/0.097",
    "mac.echo-long median/14/6/0.089",
    "mac.duplex-flood/4/0/0.313",
    "mac.duplex-flood overlaps/9/3/0.133",
    "mac.duplex-flood answers/9/0/0.301",
    "mac.duplex-flood damaged/9/3/0.187",
    "mac.overflow-recovery */9/0/0.005",
    "mac.overflow-recovery again/9/1/0.142",
    "mac.order/4/0/0.291",
    "mac.order whole/9/4/0.031",
    "mac.settings/4/0/0.145",
    "mac.settings */9/0/0.12",
    "network.controller/4/0/0.145",
    "network.arp */9/0/0.318",
    "network.arp time/10/6/0.223",
    "network.arp found/9/1/0.269",
    "network.ping/4/0/0.042",
    "network.ping loss/4/0/0.042",
    "network.ping-large/4/0/0.079",
    "network.ping-large median/10/2/0.11",
    "network.ping-large loss/4/0/0.016",
    "network.board-answers/4/0/0.039",
    "network.board-answers median/14/4/0.007",
    "network.steady/4/0/0.058",
    "network.steady */9/0/0.502",
    "network.release link/14/8/0.085",
    "network.release address/14/6/0.023"
  ],
  "counts": {
    "healthy": [
      320,
      ".9-2.2-.2-2.10-2.9a87 .8-6.4-.-.7a119b28c173 a243c1d76 a273b28c15d4 .a302e1i17 f74g74h35i26j111 a83 a83 .a270e45f5 a232c3d19e66 .7a83 g2i81 .3a37b6c277 .6g187h89i18j26 .a71b4c13d232 a191b17c16d67e29 a88d232 .3a59d6e255 .4g304h16 .6a83 e81f2 .2g37h35i222j26 g187h89i44"
    ],
    "adapter-latency": [
      10,
      "b1c9 b10 .3j10 .3-2a9c1 c9 -a9 a9 -2a9 a1c8 a9 a9 a9 a9 a9 a9 e9 a9 -2c9 c9 a9 a9 a9 a9 a9 a9 a9 a3 b9 b9 a9 a9 a9 a9 a9 a9 -6a9 a9 a9 a9 -a9 -a9 a9 a9 a9 a9 a9 a9 c9 a9 a9 a9 a9 j7k2 a3 a3 a9 a9 a9 a9 a9 a7c2 a7 a7 a7 a7 a2 g1i1 a9 a9 a9 c9 a7 a7 a7 a7 a7 a7 j2k5 a7 a1d6 a6e1 a1d6 a7 b7 a7 e7 a9 a9 a9 a3b6 i7j2 b9 a1 a1 c1 j1 c1 a3 e3 a9 a9 i1j5k3 g1i1j5k2"
    ],
    "adapter-loose": [
      16,
      "a6c5d5 a6b9f1 .7-2.a15c1 f2i1 a6b1c9 a6b8c1e1 f9g1 f7g2i1 a7b1c3d4g1 a13d2f1 a14c1d1 a15 a11c3d2 .a14d1 a14 e14 a14 -2c15 c15 a15 a15 a15 a15 a15 a15 a15 a4 b15 b15 a15 a15 a15 a15 a15 a15 -6a14d1 a14 a14 a14 -a14 -a14 a14 a14 a14 a14 a14 a14 a2b2c10 a8d6 a10b4 a14 a13i1 f2g5h2i1j1l3 a1 a1 a14 a11e3 a8d2e4 a14 a14 a12c2 a11d1 a11 a11 a12 a1 g1 a10d4 a10 a10 a2c8 a12 a12 a12 a12 a12 a12 g4h5l3 a12 a1d11 a5b2c3d2 a1d11 a12 b12 a11d1 e11 a13c1 a13b1 a8c6 a8 g8 b8 a7c1 a7c1 a7c1 c7j1 a7c1 a1 e1 a8 a8 g1h3i3j1 g4h4"
    ],
    "address-taken": [
      16,
      "b14d2 f16 .7-2.2-.2-2.10-2.9a2 .8-6.4-.-.12f7g7i2 a8 a8 .10a8 i8 c16 b16 d16 .a14b2 a14e2 .4g7h7j2 .a2d14 a14d2 a2d14 a14c2 a2b14 .a2e14 .4g12h2j2 .a14 a14 a14 c14 a14 a8 e8 .2i14j2 g7h7j2"
    ],
    "baud-off-6-percent": [
      15,
      "c15 b15 .f5i10 a14f1 n15 .a14d1 b15 -2.2-.2-2.10-2.9a4 .8-6.4-.-.7a4b1c10 a11d4 a13b2 .2f1g5h4i1j3k1 a3 a3 .a12e3 a10c1d1e3 .a14b1 .5a3 i3 .3a2c13 .6g7h7j1 .a3b1d11 a8b1d4e2 a5d10 .3a3e12 .4g12h3 .6a3 e2f1 .2g2h2i10j1 g7h7i1"
    ],
    "bias-resistor": [
      15,
      "c11d4 e4f11 .7-2.2-.2-2.10-2.9a3 .8-6.4-.-.7a15 .4f2g4h8i1 a2c4 a2b4 .5d15 -6.3a15 -15.3b15 j15 a15 -5c6 n6 .2i14j1 g9h5i1"
    ],
    "box-delays": [
      12,
      "c2d10 f12 .7-2.2-.2-2.10-2.9a2 .8-6.4-.-.7a12 .4f1g3h8 a6 a6 .2a11c1 .2a10c2 c10 a10 e5f3g2 a10 a5 g1i4 .3a6b6 b10 d8e2 b10 a10 a2c2d5e1 a10 h2i7n1 a10 a10 a2b3c3d2 a10 b10 b10 a9c1 a4c2d4 .3b12 i12 .-5c6 k4l1n1 .3g7h5"
    ],
    "box-drops": [
      15,
      "a1b2c4d8 a1f14 .7-2.2-.2-2.10-2.9a4 .8-6.4-.-.7a1b1c13 .4f11g2h1i1 a4 a4 .5a14d1 a1c13 a14 a1c1d4e6f2 a13c1 a4 i4 .3a2b3c10 a7b7 a4b3c3d4 a6b8 a14 a5b4c2d3 a14 g11h2j1 a14 a14 d3e11 a14 a11b3 b14 a14 a1c1d8e4 .4c1g8h2i1j3 .a6c6 a6c6 a6c6 c11j1 a6c6 a2c2 e4 .2i14j1 g12h2j1"
    ],
    "box-drops-large": [
      16,
      "d16 f16 .7-2.2-.2-2.10-2.9a7 .8-6.4-.-.12f7g5h1i3 a10 a10 .6c16 .e11f5 c16 a10 g1i9 .6a14b2 .e16 .n16 .a16 a10d1e5 a16 a9b7 .2a4e12 .4g13h3 .3c16 j16 c16 a10 e10 .2i13j3 g7h6i3"
    ],
    "box-duplicates": [
      14,
      "a5b7c2 a5f9 .7-2.2-.2-2.10-2.9a4 .8-6.4-.-.7c6d8 .4f8g2h4 a3 a3 .10a3 i3 .10g8h4i2 .a14 d2e11f1 a14 .2a5c9 b1c2d1e10 .4g13h1 .a12c2 a12c2 .c12d2 .a3 e3 .3g8h4i2"
    ],
    "box-mangles": [
      14,
      "c4d10 f14 .7-2.2-.2-2.10-2.9a2 .8-6.4-.-.12f7g3h4 a3 a3 .6c14 .c2d4e7f1 a10c4 a3 i3 .4a11b3 a6b5d3 a11b3 .a4b4c5d1 .g7h7 .a14 d5e9 a14 .3a4c1d9 .4c5e1g7h1 .a1c13 a1c13 a4c10 .a4c10 a1c2 e3 .3g7h7"
    ],
    "box-reorders": [
      14,
      "a6b8 a6f8 .7-2.2-.2-2.10-2.9a4 .8-6.4-.-.12f8g4h2 a2 a2 .10a2 i2 .10g9h5 .a14 e14 a14 .2a6c8 .5g12h2 .6a2 e2 .3g10h4"
    ],
    "brown-out": [
      16,
      "a7b1c2d5e1 a7b8c1 .7-2.2-.2-2.5a8c8 .4j1 -.9a4 .8-6.a15 a15 a15 -a15 -a15 a15 a15 a15 a15 a12d3 a11d4 a4b2c5 a6d5 a9c2 a12 a11i1 f2g5i1j4 -2a12 a8e3f1 a7d1e4 a12 a12 a12 a11d1 a11 a11 a12 -2a10d2 a10 a10 a2c8 a10 a10 a10 a10 a10 a10 g6h4 a10d2 a1b1d8 a5b2c1e2 a2d8 a11 b11 a10d2 e10 a9c3 a9b1c2 a9c3 a9 g9 b9 a9 a9 a9 c9 a9 -2a9 a9 g1h3i3l1 g3h4n1"
    ],
    "buffer-memory-bad": [
      16,
      "c8d8 c7d9 .7-2.2-.2-2.10-2.9a4 .8-6.a9c7 a9b7 .e8f6 b16 b16 a15c1 a15b1 .5a7b2c7 a13d3 a13b3 .2f4g4i1j7 a4 a4 .a14e2 a12d1e3 .3a15c1 .a15f1 a14c2 a4 i4 .3a2b1c13 .2a14b2 .a14e2 .g10h3j1n2 .a4d12 a11b1d1e3 a5d11 a13b3 a1b15 .a1d3e12 .6a13c3 a13c3 a6c10 c15j1 a6c10 a4 e4 .2g3h1i11j1 g11h4i1"
    ],
    "cable-bursts": [
      14,
      "a3b1c5d5 a3f11 .7-2.2-.2-2.10-2.9a1 .8-6.4-.-.7a5b1c8 a12d2 a12b2 .2f3g5h1i1j4 a3 a3 .a12e2 a11d2e1 .3a3c11 a10c2d1e1 a4c1d4e3f1g1 a13c1 a3 i3 .3a1c13 a9b4c1 a8b2c2d2 a9b5 a13b1 a7b2c3d2 a13d1 g7h5i1j1 .a2d12 a7b2c2d3 a2c1d11 a13b1 .2a2b1d3e8 .4c1g11h1i1 .a6c8 a6c8 a7c7 c13j1 a7c7 a3 e3 .2g2h1i10j1 g7h5i2"
    ],
    "cable-intermittent": [
      14,
      "a4b3c1d4e2 a4e2f5g3 .7-2.2-.2-2.10-2.9a4 .8-6.4-.-.7a6b1c7 a12d2 a12b1c1 .2f2g2i1j5k1l3 a1 a1 .a12e2 a12d2 .2a13d1 a8c5 a13 a8d1e1f2g1 a10c1d2 a1 i1 .3a3c11 a11b2 a11d1e1 a11b2 a13 a11e2 a13 g6h3i1j1n2 a13 a6d7 a8c1d3e1 a6d7 a9b3c1 a4b9 a13 a5e8 a7c7 a7b7 .2g11h1i2 .a11c3 a11c3 a11c3 c13g1 a11c3 a1 e1 a5c9 a5b9 g1i5j2k5l1 g7h3i4"
    ],
    "cable-noise": [
      16,
      "a1c7d8 a1f15 .7-2.2-.2-2.10-2.9a5 .8-6.4-.-.7a8b1c7 a14d2 a13b2c1 .a15i1 f5g5h1i1j4 -2.a14e2 a14c1e1 .a15c1 a13d3 a1c12 a3d7e3 a1c2d2e1f3g4 a6c7 -2.3a4b4c8 a7b1c5 a8c2d3 a3b4c6 a4b6c3 a2b2c2d2e5 a8b4c1 g6h1j1n5 a13 a7c2d4 a9c1d2e1 a5b1c3d4 a6b7 b13 a13 a2c2d7e2 .3a13b3 c3g9j4 a3b13 a5c7 a5c7 a3c9 c6j6 a3c9 -2.2h2i13j1 g9h6i1"
    ],
    "cable-shorted": [
      16,
      "b13c3 e13f3 .7-2.2-.2-2.10-2.9-.8-6.4-.-.7a16 .2a3c13 .g1h2n13 a2 a2 .a3 a3 a3 a3 d3 -6a3 a3 a3 a3 -15a3 a3 a3 b3 j3 a3 -7a3 a3 i3 g2h1"
    ],
    "cable-split-pair": [
      15,
      "d15 e15 .7-2.2-.2-2.10-2.9-.8-6.4-.-.6c15 a15 a11b1c1d2 a12b2c1 .2f3g7h3j2 a5 a5 .a12e3 a9d3e3 c15 e15 d15 -6.3a15 -15.3b15 j15 a15 -5c5 n5 .2g1h3i11 g5h8i2"
    ],
    "cable-straight": [
      16,
      "b13c3 e16 .7-2.2-.2-2.10-2.9a7 .8-6.4-.-.7a16 .2c16 .n16 c3 b3 .-47"
    ],
    "cable-too-long": [
      16,
      "a1b10c4d1 a1e11f4 .7-2.2-.2-2.10-2.9a3 .8-6.4-.-.7a15c1 .2a6c10 .g3j2l1n10 a2 a2 .a6 a6 a6 a6 a1d5 a1 a1 a1 a1 -2a6 a6 a6 a5c1 a1 a1 a1 a1 a1 a1 h1 a1 d1 a1 d1 a1 b1 a1 e1 a5c1 a5b1 a6 a1b5 g1j5 a5b1 a1 a1 a1 c1 a1 c2 n2 a5c1 a5b1 i6 g2h4"
    ],
    "cable-unplugged": [
      16,
      "b15c1 e16 .7-2.2-.2-2.10-2.9a4 .8-6.4-.-.7a16 .2c16 .n16 a4c1 a4b1 .-47"
    ],
    "cable-wire-open": [
      14,
      "b11c3 e11f3 .7-2.2-.2-2.10-2.9a4 .8-6.4-.-.7a14 .2a3c11 .f1g1h1n11 a3 a3 .a3 a3 a3 a3 d3 -6a3 a3 a3 a3 -15a3 a3 a3 b3 j3 a3 -7a3 a3 i3 g2h1"
    ],
    "cable-wires-swapped": [
      16,
      "b10c6 e16 .7-2.2-.2-2.10-2.9a3 .8-6.4-.-.7a16 .a15c1 a4c12 .g1i1j2n12 a1c2 a1b2 a12c4 a4 a4 a4 a4 d4 -6a4 a4 a4 a4 -15a4 a4 a4 b4 j4 a4 -7a4 a4 h2i1j1 g2h1i1"
    ],
    "chip-brown-out": [
      16,
      "a5b3c3d5 a5d2e1f5g3 .7-2.2-.2-2.10-2.9a5 .8-6.4-.-.2a14c2 .4a6b3c7 a13d3 a12c4 .2f4g5h1i1j5 a4 a4 .a13e3 a13d1e2 a14c2 a15b1 a13d3 a11c2 a13 a11g1i1 a11c2 a3 g1i2 .3a5c11 a11b2 a11e2 a10b2c1 a12b1 a10e3 a13 g6h4n3 a13 a4b1d8 a10c2d1 a4c1d8 a9c4 a4b9 a13 a5d1e7 a8c8 a8c8 .2g15h1 .a14c2 a14c2 a14c2 .a14c2 a4 e4 a8c8 a8c8 h4i12 g9h7"
    ],
    "computer-slow": [
      14,
      "a8b1c2d3 a8b5f1 .3i12j1k1 .3-2a13c1 a10c3 a3 a8b1c3d1 a8b3c1 f4 a3d1 a8b1c1e1f1 a7d3e3 a13 a13 a11c2 a13 a12 a12 e12 a12 -2c12 c12 a12 a12 a12 a12 a12 a12 a12 a4 b12 b12 a12 a12 a12 a12 a12 a12 -6a12 a12 a12 a12 -a12 -a12 a12 a12 a12 a12 a12 a11d1 a3b1c7 a10d1 a10c1 a12 a12 f1g2h1i1j3l4 a4 a4 a12 a10e2 a9e3 a12 a12 a9c3 a9 a9 a9 a9 a3 i3 a8d4 a8 a8 a2b1c5 a9 a9 a9 a9 a9 a9 g5h2j1l1 a9 a6d3 a3d2e4 a6d3 a9 b9 a8d1 a1e7 a12 a12 a8c4 a8 g7h1 b8 a8 a8 a8 c6f1g1 a8 a3 e3 a8 a8 g2i5j1 g5h1i1j1"
    ],
    "crystal-missing": [
      16,
      "b16 d16 .7-2.2-.2-2.7e16 b16 .-2.9a4 .8-6.3c16 -3.4-59"
    ],
    "crystal-off": [
      16,
      "c13d3 f16 .7-2.2-.2-2.10-2.9a3 .8-6.4-.-.7a14c2 .a13b1c1d1 .2f4g3h4j5 a5 a5 .a13e3 .3a3d13 c3 a3 f3 c3 -2.3a13c3 a3 a3 b3 a3 e3 a3 n3 a3 a2d1 a3 a3 b2c1 a1b2 a3 a1e2 .3a3b13 g3j13 a13b3 a2c1 a2c1 c3 j3 c3 c5 n5 .2g3h1i12 g10h5i1"
    ],
    "cs-glitches": [
      16,
      "b1d2e13 c15g1 .7-2.2-.2-2.7a15e1 .a15b1 i11j2 a7 c12e4 .8a5 .7a13b3 a3 a3 a3 a3 a3 a3 a13c3 a1c10 a1g3h7 a14c2 b2e2 a9b2 h3 a5c6 a5c5d1 a1c10 a2g3h6 a10b2e3 a7d4 a6c1d4 a4c3 a5d2 a5b2 a8 a6d2 f2g1i1j2k2 a4 a4 a8 a6e2 a6d2 a7c1 a8 a7d1 a1c5 a6 a1e1f3h1 a1c5 a3 i3 a7c1 a7b1 a8 a5b1c2 a1b5 a1d2e3 a1b4c1 a5b1 a1d3e2 a6 h1i2j1n2 a6 a4b1c1 a5d1 a6 a2b3c1 a1b5 a6 a5d1 a3c5 a3b4c1 a7c1 a6b1 c2e1g1i2j1 a1b6 a1c5 a1c5 c6 c1j5 c6 a1c1 e2 a1c6 a1c6 h1i2j1k1l2 g3i1k1l2"
    ],
    "cs-miso-shorted": [
      16,
      "d16 c16 .7-2.2-.2-2.7i16 b16 b16 .2b16 .c16 c16 .2c16 c16 .a3 .a16 .5b16 .6c16 -69"
    ],
    "cs-mosi-shorted": [
      16,
      "d16 c16 .7-2.2-.2-2.9e16 .2e16 e16 c16 b16 .5a3 .6b16 b16 .6c16 -69"
    ],
    "cs-open": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 c16 b16 .5a3 .a16 .5b16 .6c16 -69"
    ],
    "cs-stuck-high": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 c16 b16 .3b16 .a1 .7b16 .6c16 -69"
    ],
    "cs-stuck-low": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 c16 c16 .3c16 .a3 .a16 .5b16 .6c16 -69"
    ],
    "int-open": [
      16,
      "c15d1 c16 .7-2.2-.2-2.10-2.2c16 b16 .5a6 a16 .7-6c16 .3-.-.7a10c6 a14d2 a15b1 .2f2g2h1i2j9 a4 a4 .a15e1 a13d1e2 .7a4 g1i3 .3a1c15 .6g11h2i1j2 .a5b1c1d9 a8d4e4 a7d9 .3a3e13 .4g5i11 .3a5c11 c6i10 a15c1 a3c1 f1i3 .2h1l15 g11h2i3"
    ],
    "int-stuck-high": [
      16,
      "c16 c16 .7-2.2-.2-2.10-2.2c16 b16 .4b16 a1 .8-6c16 .3-.-.7a6c10 a14d2 .3g4h2i4j6 a3 a3 .2a14d2 .7a3 g1i2 .10g7h4i1j4 .a7d9 a9d5e2 a7d9 .3a5e11 .4g9h1i6 .3a11c5 c13i3 a14c2 a3 i3 .2j1l15 g7h4i5"
    ],
    "int-stuck-low": [
      16,
      "c16 c16 .7-2.2-.2-2.10-2.2c16 c16 .4c16 a5 a16 .7-6c16 .3-.-.7a9b1c6 a12d4 a13b1c2 .2f2g5j9 a5 a5 .a12e4 a10d3e3 .7a5 i5 .3a1c15 .6g11h5 .a3d13 a9b1c2d1e3 a4d12 .8g14h2 .6a5 i5 .2h2i14 g11h5"
    ],
    "mac-taken": [
      16,
      "b16 f16 .7-2.2-.2-2.10-2.9a5 .8-6.4-.-.12f10g3h3 a4 a4 .10a4 i4 c16 c16 b16 .7g10h4i2 .a3d13 a13d3 a3d13 .3a3e13 .4g14h2 .6a4 d3e1 .3g10h4i2"
    ],
    "magnetics-open": [
      16,
      "b12c4 e12f4 .7-2.2-.2-2.10-2.9a8 .8-6.4-.-.7a16 .2a4c12 .f1g2h1n12 a6 a6 .a4 a4 a4 a4 d4 -6a4 a4 a4 a4 -15a4 a4 a4 b4 j4 a4 -5c1 n1 a4 a4 i4 g2h2"
    ],
    "memory-address-line": [
      16,
      "c1d15 c15d1 .7-2.2-.2-2.10-2.9a4 .8-6.a1c15 a1f15 .b7 .-c16 b16 a5c11 .4a13b1c2 .a14b2 .2f6g4h1i1j2k2 a6 a6 .a12e4 .a14c2 .a9d7 c9 a9 f9 a1c8 a4 i4 .3a10c6 a9 a9 a5b4 a9 d2e7 a8b1 h1n8 a9 a5b1c1d2 a9 a8d1 a4b5 b9 a9 a1e8 .3a9b7 g8h1j7 a7b9 a9 a9 a1c8 c1j8 a1c8 a4c2 e4n2 a14c2 a14c2 g2h3i10j1 g8h7i1"
    ],
    "memory-data-line": [
      16,
      "d8e8 c16 .7-2.2-.2-2.10-2.9a2 .8-6.c16 f16 .b10e6 b16 h16 c16 d16 c16 .4a15c1 .a14b1c1 .a15i1 f2g3h7i1k3 a5 a5 .a13e3 a15b1 a3c13 a12c1d3 a2d14 c2 a2 i2 c2 a1 i1 .3a14c2 b2 e2 b2 a2 e2 a2 n2 a2 a2 a2 a2 c2 a2 a2 a2 .3a2b14 j16 a14b2 -5c5 n5 .2g1h3i11j1 g8h7i1"
    ],
    "memory-lines-touch": [
      16,
      "d13e3 c16 .7-2.2-.2-2.10-2.9a4 .8-6.c16 f16 .e16 c16 h16 c16 d16 c16 .4a16 a15d1 a15b1 .2g1h12i1k2 a4 a4 .a15e1 a15b1 a11c5 .d16 -6.3a16 -15.3b16 j16 a16 -5c4 n4 .2h1i14j1 g9h5i2"
    ],
    "miso-int-shorted": [
      16,
      "c9d7 c16 .7-2.2-.2-2.10-2.2c16 c16 .5a6 .8-6.4-.-.7a7b3c6 a13d3 a15b1 .2f5g1h2i1j7 a4 a4 .a13e2f1 a13e3 .7a4 i4 .3a2c14 .6g12h3j1 .a4d12 a9b1c2d3e1 a4d12 .3a3e13 .2a7c9 b7 j7 a7 -5c1 n1 c7 c7 i3n4 h3k1m3"
    ],
    "miso-int-swapped": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 c16 c16 .5a1 a16 .6c16 .5b16 c16 -69"
    ],
    "miso-open": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 .7a6 .7b16 .7-69"
    ],
    "miso-stuck-high": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 c16 c16 .2b16 .2a7 .7b16 .7-69"
    ],
    "miso-stuck-low": [
      16,
      "d16 c16 .7-2.2-.2-2.7i16 b16 b16 .2b16 .c16 b16 .2c16 .2a4 .7b16 .7-69"
    ],
    "miso-weak": [
      15,
      "a1b1c1d7e5 a1c14 .7-2.2-.2-2.7a10c5 .2i4j4 -.9a4 .8-6.a1c14 a1b6c5d3 .e3 a13b2 g1h1 a12c3 a12b1c2 a2c13 a3b1c3d3e3f2 .3a7b3c5 a14d1 .a14 a14 f1g3h1i2j7 a3 a3 a14 a14 a13b1 a14 a14 a14 a5c9 a14 a5c3d4e2 a4c9d1 a3 i3 a14 a14 a14 b1c13 a11b3 a14 a12b2 a12c2 a14 a10b3c1 g8h4j2 a14 a3d11 a11d3 a2b1d11 a14 b14 a14 a3b2c1d5e3 a14 a14 a14 a13b1 c1e1g10h1j1 a1b13 a4c9 a4c9 a2c11 c6j7 a2c11 a2c1 e2n1 a9c5 a9c5 i10j2k1m1 g7h3i1j1k1m1"
    ],
    "mosi-cs-swapped": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 c16 b16 .5a1 .a16 .5c16 .2b16 -3c16 -69"
    ],
    "mosi-int-shorted": [
      16,
      "d16 c16 .7-2.2-.2-2.7i16 b16 b16 .2b16 .c16 c16 .c16 .2c16 a4 a16 .6b16 .6c16 -69"
    ],
    "mosi-miso-shorted": [
      16,
      "d16 c16 .7-2.2-.2-2.7i16 b16 b16 .2b16 .c16 b16 .5a4 .5b16 .2-6.-69"
    ],
    "mosi-miso-swapped": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 .7a3 .7c16 .4b16 -c16 -69"
    ],
    "mosi-open": [
      16,
      "d16 c16 .7-2.2-.2-2.8c6e10 c6e10 .2c6e10 b6e10 .7a4 .7b16 .6c16 -69"
    ],
    "mosi-stuck-high": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 c16 b16 .b16 .3a5 .7b16 .6c16 -69"
    ],
    "mosi-stuck-low": [
      16,
      "d16 c16 .7-2.2-.2-2.9e16 .2e16 e16 c16 b16 .c16 .3a4 .7b16 .6c16 -69"
    ],
    "no-power": [
      16,
      "c16 b16 m16 a16 a16 n16 .a16 .2-c16 -112"
    ],
    "partner-100-only": [
      16,
      "b10c6 e10f6 .7-2.2-.2-2.10-2.9a1 .8-6.4-.-.7a16 a11d5 a12b3c1 a6c10 a15i1 f1g1h3j1n10 -2.e6 d1e5 a6 a6 d6 -6a6 a6 a6 a6 -15a6 a6 a6 b6 j6 a6 -7a6 a6 g1h2i3 g2h2i2"
    ],
    "partner-bad-fcs": [
      16,
      "b1c3d12 f15g1 .7-2.2-.2-2.10-2.9a7 .8-6.4-.-.7a5b2c9 a13d3 a13b2c1 .2f2g5h2i2j5 a4 a4 .a14e2 a13d2e1 .2a15d1 a1c14 a4d7e3g1 a12e3 a11c4 a3 i3 .3b3c13 a5b10 a13b1d1 a2b13 a5b1c7d2 a12b1d2 a6b4c3d2 g6h6i1j2 a15 a6b1d8 a7b1c1d4e2 a3b3d9 a14b1 b15 a15 a4d10e1 .4c4g9h1j2 .a2c12 a2c12 a7c7 c14 a7c7 c4 e2n2 .2g1h1i12j2 g7h6i3"
    ],
    "partner-deaf": [
      16,
      "c12d4 e4f12 .7-2.2-.2-2.10-2.9a10 .8-6.4-.-.7a16 a14d2 a14c2 .2f2g1h9i2j2 c4 b4 .a13e3 a13e3 .2d16 -6.3a16 -15.3b16 j16 a16 -5c4 n4 .2g2h1i11j2 g10h2i4"
    ],
    "partner-full-duplex": [
      16,
      "a9b5c2 a9f7 .7-2.2-.2-2.10-2.9a3 .8-6.4-.-.7b2c14 a10d6 a12b1c3 .2f11g3h1i1 a4 a4 .a12e4 a10d1e5 .7c4 g4 .3a2c14 .6g11h4j1 a12c4 a1c1d14 a9b1d2e4 a6d10 .3a2e14 .11a4 e4 .2g3h2i10j1 g11h4i1"
    ],
    "partner-jabber": [
      16,
      "c8d8 e3f13 .7-2.2-.2-2.10-2.9a3 .8-6.4-.-.7a13c3 a13d3 a4c1d11 .a6f1g1i8 f4g3h3i3j3 a5 a5 .a3e1f1g3i8 a13d1e2 a9c7 a5b1c1d2e2 d15 -6.3a16 -15a13c3 a13b3 .b16 j16 a16 -5c5 n5 a13c3 a13b3 g1h5i5j3k2 g8h5i2j1"
    ],
    "partner-no-arp": [
      16,
      "c16 f16 .7-2.2-.2-2.10-2.9a5 .8-6.4-.-.7a16 a7d9 a14b1c1 .2f1g6h5j4 a7 a7 .a12e4 a6d2e8 .2d16 -6.3a16 -15.3b16 j16 a16 -5c7 n7 .2g2h5i9 g5h8i3"
    ],
    "partner-no-ping": [
      16,
      "d16 f16 .7-2.2-.2-2.10-2.9a8 .8-6.4-.-.7a5b2c9 a11d5 a14c1d1 .a15i1 f6g4h1j5 a2 a2 .a13e3 a11d1e4 .3c16 .i16 c16 a2 i2 .3a1b2c13 b16 e16 b16 .e16 .n16 .a11b1c3d1 .a16 c16 a16 .a16 .4j16 .-5a2 e2 .2g3h2i11 g11h5"
    ],
    "partner-off": [
      16,
      "b6c10 e8f8 .7-2.2-.2-2.10-2.9a6 .8-6.4-.-.7a16 a11d5 a14b2 a8c8 .f3g1h2i1j1n8 c2 c2 .a5e3 a2d1e5 a8 a8 d8 -6a8 a8 a8 a8 -15a8 a8 a8 b8 j8 a8 -7a8 a8 g4h1i2j1 g4h3i1"
    ],
    "partner-other-network": [
      16,
      "d16 f16 .7-2.2-.2-2.10-2.9a8 .8-6.4-.-.7a6b2c8 a14b1d1 a15c1 .2f2g4h2i2j6 a1 a1 .a15e1 a14b1e1 .3c16 .i16 c14d2 a1 g1 .3a1c15 b16 e16 b16 .e16 .n16 .a16 .a16 c16 a16 .a16 .3b16 j16 a16 -5c1 n1 .2h1i13j2 g9h5i2"
    ],
    "partner-restarts": [
      16,
      "a8b2c3d3 a8f8 .7-2.2-.2-2.10-2.9a6 .8-6.4-.-.7a5b3c8 a11d5 a13b1c1d1 .2f2g3h3i3j5 a3 a3 .a10e4f2 a9d2e5 .2a15d1 a12c3 a15 a12d1f1i1 a12c1d2 a3 i3 .3a5c11 a12b3 a12e3 a13b2 a15 a12d1e2 a15 g6h3i2j2n2 a15 a6c1d8 a7b1d6e1 a8d7 a12c3 a3b12 a15 a7d2e6 a14c2 a14b2 .2g13h2i1 .a13c3 a13c3 a13c3 c13j3 a13c3 a3 e3 .2g4h1i8j3 g7h4i4j1"
    ],
    "partner-same-address": [
      16,
      "c16 f16 .7-2.2-.2-2.10-2.9a2 .8-6.4-.-.7a16 a14d2 a15b1 .2f4g2h3i2j5 a3 a3 .2a14e2 .2d16 -6c16 b16 d16 a1b1c14 -15.3b16 a16 a16 -5a3 a3 .2g2i12j2 g9h4i3"
    ],
    "partner-same-mac": [
      16,
      "c16 f16 .7-2.2-.2-2.10-2.9a5 .8-6.4-.-.7a16 a12d4 a14b1c1 .2f2g2h5i1j6 a1 a1 .a14e2 a12d1e3 .2d16 -6.4-15.3b16 j16 a16 -5c1 n1 .2h3i12j1 g8h5i3"
    ],
    "partner-silent": [
      16,
      "b10c6 e10f6 .7-2.2-.2-2.10-2.9a4 .8-6.4-.-.7a16 a14d2 a15b1 a6c10 a15i1 f3g1h2n10 a5 a5 .a4e2 a4d1e1 a6 a6 d6 -6a6 a6 a6 a6 -15a6 a6 a6 b6 j6 a6 -5c2 n2 a6 a6 g1h1i4 g4h2"
    ],
    "partner-slow": [
      13,
      "c4d9 f13 .7-2.2-.2-2.10-2.9a3 .8-6.4-.-.7a12b1 a11d2 a12b1 .a12i1 g3h5i1j4 a3 a3 .a11e2 a9b1d1e2 .2a9c4 c9 a9 e8f1 a9 a2 i2 .3a7b5c1 b9 d8e1 b9 a9 a3d6 a9 h4i5 a9 a8c1 a1b7c1 a9 a1b8 b9 a8c1 a1c1d7 .3a5b8 i13 .a5 a5 a5 h1i4 a5 a1c2 k2l1 .2g1h1i10j1 g7h4i2"
    ],
    "phy-dead": [
      16,
      "b16 e16 .7-2.2-.2-2.10-2.9a4 .8-6.4-.-.4b16 -58"
    ],
    "port-boot-loader": [
      16,
      "c16 b16 m16 a16 a16 n16 .a16 .2-c16 -112"
    ],
    "port-gps": [
      16,
      "c16 b16 d11i5 f1i15 a16 n16 .a16 a5 f5 -c16 -112"
    ],
    "port-login": [
      16,
      "c16 b16 m16 a16 a16 n16 .a16 .2-c16 -112"
    ],
    "port-loopback": [
      16,
      "c16 b16 h16 .2n16 d16 a16 -3c16 -112"
    ],
    "port-modem": [
      16,
      "c16 b16 m16 a16 a16 n16 .a16 .2-c16 -112"
    ],
    "port-sketch": [
      16,
      "c16 b16 g8i8 e3f13 a16 n16 .a16 a8 f8 -c16 -112"
    ],
    "reset-glitch": [
      15,
      "a4c1d8e2 a4c4d2e2f2g1 .7-2.2-.2-2.7a13d2 .2j2 -.9a3 .8-6.a12c3 a12d2e1 .-.-a14c1 a14c1 a14c1 .4a8b2c5 a12d3 a13b1c1 a14 a14 f3g4h4i2j1 a4 a4 a14 a12e2 a11d2e1 a8c6 a14 a8d6 a6c1d1 a7 a6f1 a6c1d1 a2 i2 a14 a14 a14 a8b1c5 a6b2 a5b1e2 a5b3 a8 a5e3 a8 g2h3n3 a8 a4d4 a6c1d1 a4d4 a5c3 a3b5 a8 a4e4 a5c9 a5c9 a14 a13b1 g11h2j1 a1b13 a7c6 a7c6 a7c6 c10j3 a7c6 a4 e4 a4c10 a4c10 g1h3i8j2 g4h7i2j1"
    ],
    "reset-held": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 a13c3 a13b3 .5c3 .7b16 .6c16 -69"
    ],
    "rx-noise": [
      15,
      "a1c5d9 a1f14 .7-2.2-.2-2.10-2.9a5 .8-6.4-.-.7a6b2c7 a13d2 a13b1c1 .a14d1 f2g7h1j5 a3 a3 .a12e3 a13d2 .2a12d3 a1c11 a1d2f5g4 a5d4e3 a3c9 a3 g1i2 .3a4b2c9 a3b6c3 a8b1c2d1 a1b6c5 a1b2c1d8 a6b2c2d2 a1b2d7e2 g5h7 a12 a1c1d10 a12 d10e2 a4b7c1 a1b11 a12 a3d6e3 .3a11b4 c3g6h1i1j4 a4b11 a3c8 a3c8 a3c8 c3j8 a3c8 a2c1 e3 .2g2h2i11 g7h8"
    ],
    "rx-pair-loose": [
      16,
      "a9b2c5 a9e1f5g1 .7-2.2-.2-2.10-2.9a3 .8-6.4-.-.7a5c11 a13d3 .3f3g3h1i4j5 a3 a3 .a14e2 a13d1e2 .3a13c3 a15c1 a13d3 .a3 i3 .3b2c14 .6g8h3i1j4 .a5d11 a8b2c1d5 a5d11 .3a5d1e10 a13c3 a13b3 .4a13c3 a13c3 a15c1 .a15c1 a3 e3 a12c4 a12b4 g2h1i9j4 g8h3i5"
    ],
    "rx-pair-open": [
      16,
      "b16 e16 .7-2.2-.2-2.10-2.9a4 .8-6.4-.-.7a16 .2c16 .n16 a5 a5 .-47"
    ],
    "rx-pair-reversed": [
      16,
      "c9d7 e16 .7-2.2-.2-2.10-2.9a6 .8-6.4-.-.7a16 .a13b2c1 .a15i1 f4g3h3i5j1 a7 a7 c16 a11e4f1 .3d16 -6.3a16 -15.3b16 j16 a16 -5c7 n7 .2g4h1i8j3 g7h5i4"
    ],
    "rx-pair-weak": [
      13,
      "b12c1 e12f1 .7-2.2-.2-2.10-2.9a3 .8-6.4-.-.7a13 .2a1c12 .i1n12 a5 a5 .a1 a1 a1 a1 d1 -6a1 a1 a1 a1 -15a1 a1 a1 b1 j1 a1 -5c1 n1 a1 a1 j1 i1"
    ],
    "sck-cs-shorted": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 c16 b16 .5a5 .4b16 .2b16 .6c16 -69"
    ],
    "sck-cs-swapped": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 c16 b16 .5a3 .a16 .5c16 .b16 -4c16 -69"
    ],
    "sck-miso-shorted": [
      16,
      "d16 c16 .7-2.2-.2-2.7i16 b16 b16 .2b16 .c16 b16 .5a5 .3b16 .4-6.-69"
    ],
    "sck-miso-swapped": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 .7a3 .7c16 .3b16 -2c16 -69"
    ],
    "sck-mosi-shorted": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 c16 b16 .5a4 .2b16 .4b16 .6c16 -69"
    ],
    "sck-mosi-swapped": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 .7a5 .7c16 b16 -5c16 -69"
    ],
    "sck-open": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 .7a5 .7b16 .6c16 -69"
    ],
    "sck-rings": [
      14,
      "b1c6d2e5 c11d1f2 .7-2.2-.2-2.7a10c3d1 .2i2j3 a2 c12e2 .8a5 .8-6.a4c10 a4b1c2d2e2f1h2 .e3 a12c1d1 h2 a13c1 a13d1 a9c5 a9g4h1 a13b1 a12d1 a12c1 a5b1c7 a12d1 a10b2c1 a12 a12 f4g3h1j4 -2a12 a11e1 a11e1 a11c1 a12 a12 a4c7 a11 a4c2e3f1i1 a7c4 -2a12 a12 a12 a2b1c9 a10b1 a10e1 a10b1 a11 a9e2 a11 g6h2i1n2 a11 a3d8 a9c1d1 a2d9 a9b1c1 a1b10 a11 a2c1d2e6 a11c1 a11b1 a12 a12 g12 b12 a6c6 a6c6 a3c9 c8j4 a3c9 -2a10c2 a10c2 h1i10k1 g8h2i1k1"
    ],
    "sck-stuck-high": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 c16 b16 b16 .4a3 .7b16 .6c16 -69"
    ],
    "sck-stuck-low": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 c16 b16 c16 .4a5 .7b16 .6c16 -69"
    ],
    "serial-bursts": [
      16,
      "a3b4c7d2 a3b13 .7-2.a15c1 f3g1 a3c12d1 a3b2c6d3f1 g11i1 f12 a5c3d5e1g1 a12d3f1 a13c3 .a12c4 .a15 a15 e15 a15 -2c15 c15 a15 a15 a15 a15 a15 a15 a15 a3 b15 b15 a15 a15 a15 a15 a15 a15 -6a15 a15 a15 a15 -a15 -a15 a15 a15 a15 a15 a15 a15 a6c9 a14d1 a15 a15 a15 g6h2i2j5 a5 a5 a15 a14e1 a13e2 a15 a15 a15 a15 a15 a15 a15 a5 i5 a15 a15 a15 c15 a15 a15 a15 a15 a15 a15 g7h7i1 a15 a3d12 a10b1c1d1e2 a3d12 a15 b15 a15 a1e14 a15 a15 a15 a15 g12h2i1 b15 a14c1 a14c1 a15 c14g1 a15 a5 e5 a15 a15 h2i11j2 g7h6i2"
    ],
    "serial-data-bits": [
      16,
      "c16 b16 g10i6 f5g6i5 a16 n16 .a16 a8 a3e5 -c16 -112"
    ],
    "serial-drops": [
      15,
      "b2c2d11 b15 .g1h3i11 e1f4i10 i10j3k1l1 .a3b12 .-2a13c2 a11c2 a1e1f6g3 c13 c4d5e4 f13 f13 e3f1g6h3 a2d4e7 c13 a1b3c3d3e3 a1c12 a13 a13 a13 e13 a13 -2c13 c13 a13 a13 a13 a13 a13 a13 a13 a1 b13 b13 a13 a13 a13 a13 a13 a13 -6a13 a13 a13 a13 -a13 -a13 a13 a13 a13 a13 a13 a13 a2b2c9 a9d4 a9b2c2 a13 a12i1 f5g1h1i4j1m1 a4 a4 a13 a11e2 a9e4 a13 a13 a12c1 a12 a12 a12 a12 a3 i3 a13 a13 a13 a3c10 a12 a12 a12 a12 a12 a12 g5h1i3j3 a12 a2b1d9 a3c2d5e2 a3d9 a12 b12 a12 a1e11 a12c1 a12b1 a13 a11b2 g5i8 b13 a9c2 a9c2 a7c4 c4f1g1h2i2j1 a7c4 a4 e4 a13 a13 h2i6j1k3l1 g6h2i1k4"
    ],
    "serial-echo": [
      16,
      "c16 b16 b16 .2n16 d16 .2f16 -c16 -112"
    ],
    "serial-flow-stuck": [
      16,
      "c16 b16 m16 a16 a16 n16 .a16 .2-c16 -112"
    ],
    "serial-ground-missing": [
      16,
      "b1c15 b16 a1k15 f8g7i1 a15f1 k1n15 .a16 .i15 -c16 -112"
    ],
    "serial-insertions": [
      16,
      "b2d14 b16 .g1i15 e1f4g1i10 i10j5k1 .a2b13c1 .-2a14c2 a2c12 a1e1f9g2 c14 c5d5e4 f14 e2f12 e5f2g1h6 a1e13 a3c11 a13e1 a1c12d1 a14 a14 a14 e14 a14 -2c14 c14 a14 a14 a14 a14 a14 a14 a14 a6 b14 b14 a14 a14 a14 a14 a14 a14 -6a14 a14 a14 a14 -a14 -a14 a14 a14 a14 a14 a14 a14 a1c13 a11d3 a13b1 a14 a14 f3g1h1j1l8 a3 a3 a14 a12e2 a11e3 a14 a14 a5c9 a2d3 a2 a2 a2d3 -2a7d7 a7 a7 c7 a5 a5 a5 a5 a5 a5 k3l2 a5 a1b1d3 a1d2e2 a2d3 a5 b5 a5 e5 a14 a14 a3c11 a2b1 i2j1 b3 c1 c1 c1 j1 c1 a1 e1 a3 a3 i1j1k1 g1h2"
    ],
    "serial-inverted": [
      16,
      "c16 b16 b8i7j1 f8g4h2i2 a8f8 n16 .a8d8 .e1f15 -c16 -112"
    ],
    "serial-noise": [
      16,
      "b3c3d8e2 b16 .h1i15 f7i9 i9j3k2l2 .a1b15 .-2a14c2 a12c1d1 f8g1i3 c13d1 c5d3e5 e13 a1f12 d1e3f4g1h4 a3c2d3e4f1 a4c8d2 a7b2c1d1e1 a2c10d2 a14 a13 a13 e13 a13 -2c13 c13 a13 a13 a13 a13 a13 a13 a13 a3 b13 b13 a13 a13 a13 a13 a13 a13 -6a13 a12d1 a12 a13 -a13 -a13 a13 a13 a13 a13 a13 a12d1 a4b1c7 a11d1 a12 a13 a13 f4g2h2i2j2m1 a3 a3 a13 a13 a12e1 a13 a13 a11c2 a10d1 a10 a10 a10d1 a3 i3 a11d2 a11 a11 c11 a10b1 a10e1 a10b1 a11 a10e1 a11 g4h3i2j1n1 a11 a2b1d8 a5c2d3e1 a2b1d8 a10c1 a1b10 a11 a2e9 a11c2 a11b2 a12c1 a12 g5h1i5j1 b12 a8c3 a8c3 a8c3 c6f1g1i1j2 a8c3 a3 e3 a12 a12 i8j3k1 g5h3i1j2k1"
    ],
    "serial-rx-noise": [
      16,
      "b4c5d5e2 b16 a14b2 f7i9 f7i9 i9j3l2n2 .b12d4 .f1 -a12c4 a7c2d3 i9 c11d1 b1c3d3e3f1 e7f4 h1i10 a11 a6c4d1 a5c4d3 a6b1c1d1 a2c6d4 a12 a9d1 a9 e9 a9 -2c9 c9 a10 a10 a10 a10 a10 a10 a10 a3 b10 b10 a10 a10 a10 a10 a10 a9 -6a10 a9 a9 a9 -a9 -a9 a9 a9 a9 a9 a9 a7d2 a2b2c3 a5d2 a5b1d1 a9 a9 f2g3i1j1k1l1 -2a9 a7e2 a6d1e2 a9 a9 a8c1 a7d1 a7 a7 a7d1 -2a8d1 a8 a8 a2c6 a7 a7 a8 a8 a7 a7 g4h3 a7d1 d7 a2c2d3 c1d6 a7 b7 a7d1 e7 a8c1 a8c1 a8c1 a8 g7 b8 a7 a7 a7 c6e1 a7 -2a8 a8 g1h1i5m1 g4h3m1"
    ],
    "serial-rx-open": [
      16,
      "c16 b16 b16 f16 f16 n16 .d16 .f16 -c16 -112"
    ],
    "serial-rx-shorted": [
      16,
      "c16 b16 b16 f16 f16 n16 .d16 .f16 -c16 -112"
    ],
    "serial-too-long": [
      16,
      "a5c11 a5b11 a5i11 b2c3d1e4g1i5 a11i5 i5n11 .a11b5 .a6f5 -a5c11 a5 -a5 a5 -2a5 a5 a5 a5 a5 a5 a5 a5 e5 a5 -2c5 c5 a5 a5 a5 a5 a5 a5 a5 a1 b5 b5 a5 a5 a5 a5 a5 a5 -6a5 a5 a5 a5 -a5 -a5 a5 a5 a5 a5 a5 a5 c5 a4d1 a5 a5 a5 g3i2 a3 a3 a5 a5 a4d1 a5 a5 a5 a5 a5 a5 a5 a3 i3 a5 a5 a5 c5 a5 a5 a5 a5 a5 a5 h3j2 a5 a2d3 a3d2 a2d3 a5 b5 a5 a2e3 a5 a5 a5 a5 g4h1 b5 a5 a5 a5 c5 a5 a3 e3 a5 a5 h1i2j2 h3i2"
    ],
    "serial-ttl-meets-rs232": [
      16,
      "c16 b16 i15j1 g16 a16 n16 .a16 .e1f15 -c16 -112"
    ],
    "serial-tx-noise": [
      16,
      "b3c5d8 b16 a15i1 .a1e2f2i11 i11j2l2n1 .a4b12 .f1 -a14c2 a13d1 a12 c14 b1c4d5e3f1 e13f1 a14 e2f1g4h7 a1c1d3e5f2h1 a6c7d1 a13 a3c10d1 a13c1 a13 a13 e13 a13 -2c13 c13 a13 a13 a13 a13 a13 a13 a13 a6 b13 b13 a13 a13 a13 a13 a13 a13 -6a13 a13 a13 a13 -a13 -a13 a13 a13 a13 a13 a13 a13 a3b2c8 a11c1d1 a13 a13 a12f1 f4g2h2i3j2 a3 a3 a13 a12e1 a11c1e1 a13 a13 a13 a13 a13 a13 a13 a3 g2i1 a13 a13 a13 a1c12 a13 a13 a13 a13 a13 a13 g8h3j2 a12d1 a3d9 a8c1d2e1 a3d9 a13 b13 a13 a2e11 a13 a13 a12c1 a12 g7h2i3 b12 a10c2 a10c2 a10c2 c7f1g2i1j1 a10c2 a2 e2 a12 a12 h2i9k1 g8h2i1k1"
    ],
    "serial-tx-open": [
      16,
      "c16 b16 m16 a16 a16 n16 .a16 .2-c16 -112"
    ],
    "serial-tx-rx-swapped": [
      16,
      "c16 b16 m16 a16 a16 n16 .a16 .2-c16 -112"
    ],
    "serial-tx-shorted": [
      16,
      "c16 b16 i16 b16 a16 n16 .a16 .2-c16 -112"
    ],
    "serial-wrong-baud": [
      16,
      "c16 b16 a14i2 d2e4f4g1i5 a16 n16 .a16 a2b14 a2 h1i13 a14c2 a14 -a14 a14 -2a14 a10c3d1 a14 a14 a14 a14 a14 a14 e14 a14 -2c14 c14 a14 a14 a14 a14 a14 a14 a14 a5 b14 b14 a14 a14 a14 a14 a14 a14 -6a14 a14 a14 a14 -a14 -a14 a14 a14 a14 a14 a14 a14 b1c13 a13d1 a13b1 a14 a14 h5i5j4 a1 a1 a14 a13e1 a13e1 a14 a14 a14 a14 a14 a14 a14 a1 i1 a14 a14 a14 a1c13 a14 a14 a14 a14 a14 a14 i5j5k4 a14 a14 d14 a14 a14 b14 a11d3 a11 a14 a14 a14 a14 g10h3i1 b14 a14 a14 a14 c14 a14 a1 e1 a14 a14 i5j5k4 i8j2k4"
    ],
    "serial-wrong-parity": [
      16,
      "c16 b16 b16 f16 f16 n16 .d16 .f16 -c16 -112"
    ],
    "spi-bit-order": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .d16 .b16 .7a7 .8-6c16 -69"
    ],
    "spi-mode": [
      15,
      "d15 c15 .7-2.2-.2-2.7a14f1 b1e14 a5e10 .3e15 .7a6 .8-6a10c5 -2c10 -66"
    ],
    "spi-noise": [
      15,
      "b1c1d7e6 c13f1g1 .7-2.2-.2-2.7a12c2e1 .2i2j3 a1 .9a6 .8-6a14c1 a2c13 a2b8c4h1 .b1e2 a13b1c1 g2 a12c3 a12b2c1 a4c11 a6b3c2d3e1 .a14c1 a12c2d1 a6b1c7 a9c1d4 a9b4c1 a14 a14 f4g2h4i1j3 a2 a2 a14 a8e5f1 a9b1d1e3 a12c2 a14 a13d1 a4c9 a13 a4e4f2g2h1 a5c8 a1 i1 a14 a14 a14 a7c7 a8b3c2 a8b1d3e1 a7b3c3 a9b2c1d1 a3d2e8 a11c1d1 h3n10 a13 a6b1c2d4 a10c1d2 a8c1d4 a6b3c4 a4b9 a13 a7d3e3 a8c6 a8b4c2 a14 a12b2 c2g9h1j2 a2b12 a2c10 a2c10 c12 c5j7 c12 c2 e2 a8c6 a8c6 g1h1i9k1l1n1 g5h5i1k1l1n1"
    ],
    "spi-slow": [
      16,
      "a15b1 a15g1 .7-2.2-.2-2.10-2.9a6 .8-6.4-.-.7a8b1c7 a11d5 a15c1 .2f3g2h2i2j7 a4 a4 .a13e3 a10d1e5 .7a4 g2i2 .3a2b1c13 .6g10h4j2 .a5b1d10 a8c2d4e2 a6d10 .3a4e12 .4g15h1 .6a3c1 g1h1i1n1 .2h3i8j5 h8i8"
    ],
    "spi-too-fast": [
      16,
      "d16 c16 .7-2.2-.2-2.9e16 j16 .2e16 .7a2 .8-6.-2c16 -66"
    ],
    "spi-wire-loose": [
      16,
      "a11b4c1 a11c3d1e1 .7-2.2-.2-2.10-2.9a5 .7a15b1 a1 a1 a1 a1 a1 a1 .a14c2 a14e1g1 a15c1 -a15 -.4a15 a15 a14c1 a7b1c7 a11d4 a13b1c1 a15 a15 f1g5h1i1j7 a2 a2 a15 a13e2 a11d1e3 a15 a15 a15 a14c1 a15 a14c1 a15 a2 i2 a15 a15 a15 a1c14 a15 a15 a15 a15 a15 a15 g9h5j1 a15 a3b1d11 a10b1c1d1e2 a4d11 a14c1 a1b14 a15 a1b1d2e11 a15 a15 a15 a15 g15 b15 a15 a15 a15 c15 a15 a2 e2 a15 a15 h3i11j1 g9h5i1"
    ],
    "supply-low": [
      16,
      "d16 c16 .7-2.2-.2-2.8c16 c16 .3b16 c16 c16 .5a6 a16 a16 .5b16 .6c16 -69"
    ],
    "supply-ripple": [
      13,
      "d4e9 c13 .7-2.2-.2-2.7d4e9 b1c9e3 b3c10 h6i6j1 a12 .b4c9 a5c8 a5c8 .5a4 a8b5 a8b5 .5a4b9 a9 a9 a9 a9 a9 a9 a1c10 c1 h1 a5c7 b1 c1 h1 a1 a1 c1 h1 b11 d1 d1 -56"
    ],
    "supply-weak": [
      11,
      "d11 c8e3 .7-2.2-.2-2.8c8e3 a3c8 a8 a8 .b8c3 a3c8 a3c8 .5a3 a8b3 a8b3 .5a3b8 a8 a8 a8 a8 a8 a8 a3c8 a3 a3 a3 -a3 -a3 a3 a3 a3 a3 c3 a3 a3 a3 a3 a3 a3 g1i2 -2a3 a3 a3 c3 a2e1 d3 -6a3 a3 a3 a3 -15c3 c3 a3 b3 j3 a3 -7c3 c3 i3 g2h1"
    ],
    "transmit-weak": [
      15,
      "c13d2 e2f13 .7-2.2-.2-2.10-2.9a3 .8-6.4-.-.7a15 .4f1g4h10 a2c2 a2b2 .5d15 -6.3a15 -15.3b15 j15 a15 -5c4 n4 .3g8h6i1"
    ],
    "tx-noise": [
      14,
      "a3b1c3d7 a3f11 .7-2.2-.2-2.10-2.9a4 .8-6.4-.-.7a10b2c2 a13d1 .3f5j9 a3 a3 .a13e1 a12e2 .2a12d2 a3c9 a12 a3c1d1e2g5 a6c6 a2 i2 .3a4b2c8 a7b5 a6b1c2d3 a6b6 a12 a5d2e5 a12 g7n5 a12 a5b1c1d5 a7c3e2 a7d5 a7b5 b12 a12 a2c1d2e7 .3a12b2 c1g6i3j4 a2b12 a4c6 a4c6 a4c6 c7j3 a4c6 a1c2 e2n1 .2g2i12 ."
    ],
    "tx-pair-loose": [
      16,
      "a9b3c1d3 a9f6g1 .7-2.2-.2-2.10-2.9a6 .8-6.4-.-.7a7b2c7 a11d5 a13b1c2 .2f3g2h4j7 a7 a7 .a14e2 a11d1e4 .3a13c3 .a13c2e1 .a6c1 g3i4 .3a4b1c11 a15b1 a14b1d1 a15b1 .a14b1c1 .g11h2i3 .a4d12 a9b2d4e1 a4c2d10 a14b1c1 a2b14 .a5d3e8 a14c2 a14b2 .2g12h1i3 .a14c2 a14c2 a14c2 .a14c2 a6c1 e6n1 a13c3 a13b3 g2i13k1 g11h2i3"
    ],
    "tx-pair-open": [
      16,
      "c15d1 e1f15 .7-2.2-.2-2.10-2.9a4 .8-6.4-.-.7a16 .4g5h10i1 a3c1 a3b1 .5d16 -6.3a16 -15.3b16 j16 a16 -5c4 n4 .2i15j1 g9h6i1"
    ],
    "tx-pair-reversed": [
      16,
      "a1c15 a1f15 .7-2.2-.2-2.10-2.9a6 .8-6.4-.-.7a16 .4f3g4h8j1 a1 a1 .5a1d15 a1 a1 a1 a1 -2.3a15c1 a1 a1 a1 a1 a1 a1 g1 a1 a1 e1 a1 a1 b1 a1 e1 .3a1b15 g1j15 a15b1 a1 a1 a1 c1 a1 c1 n1 .3g10h5i1"
    ],
    "tx-pair-weak": [
      14,
      "c13d1 e1f13 .7-2.2-.2-2.10-2.9-.8-6.4-.-.7a14 a13d1 a13b1 .2f1g5h6i2 a2c1 a2b1 .a13e1 a13e1 .a13c1 d14 -6.3a14 -15.3b14 j14 a14 -5c3 n3 .2i12j2 g7h5i2"
    ],
    "vcap-missing": [
      16,
      "d16 e16 .7-2.2-.2-2.10-2.9a6 .8-6.4-.-.5c16 .a16 a13d3 a13b2c1 .2f2g1h9i4 a1 a1 .a13e2f1 a13e3 c16 a2b1c3d9e1 d15 -6.3a16 -15c16 c16 .b16 j16 a16 -5c1 n1 c16 c16 g2h1i12j1 g12h2i2"
    ],
    "wrong-revision": [
      16,
      "d10e6 c16 .7-2.2-.2-2.6c16 .3-2.9-.8-6.4-.-.4a13e3 a9d7 a6d10 a1c5 a4d2 a3b3 a12 a12 g9i2k1 a5 a5 a12 a8e4 a9d1e2 a11c1 a12 a12 a12 a12 a12 a12 a5 i5 a12 a12 a12 a1c11 a11b1 a11e1 a11b1 a12 a11e1 a12 h9j2n1 a12 a2d10 a8c2d2 a5d7 a11c1 a1b11 a12 a3e9 a7c5 a7b5 a8c4 a8 g8 b8 a7c1 a7c1 a7c1 c8 a7c1 -2c8 c8 l3m2n3 l3m2n3"
    ]
  },
  "twins": [
    [
      "adapter-loose",
      "brown-out"
    ],
    [
      "bias-resistor",
      "partner-deaf",
      "transmit-weak",
      "tx-pair-open",
      "tx-pair-reversed"
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
      "tx-noise"
    ],
    [
      "cable-intermittent",
      "rx-pair-loose",
      "tx-pair-loose"
    ],
    [
      "cable-shorted",
      "cable-straight",
      "cable-unplugged",
      "cable-wires-swapped"
    ],
    [
      "cable-too-long",
      "cable-wire-open",
      "magnetics-open",
      "partner-100-only",
      "partner-silent",
      "rx-pair-weak"
    ],
    [
      "chip-brown-out",
      "reset-glitch"
    ],
    [
      "crystal-off",
      "partner-no-arp"
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
      "partner-full-duplex",
      "spi-wire-loose"
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
      "intercept": -3.51,
      "worst": 2.607,
      "total": 0
    },
    "healthy": {
      "intercept": -5.129,
      "worst": 0.15,
      "total": 0.128
    },
    "ceilings": {
      "adapter-latency": 0.98,
      "adapter-loose": 0.82,
      "address-taken": 0.95,
      "baud-off-6-percent": 0.89,
      "bias-resistor": 0.92,
      "box-delays": 0.98,
      "box-drops": 0.91,
      "box-drops-large": 0.94,
      "box-duplicates": 0.9,
      "box-mangles": 0.94,
      "box-reorders": 0.89,
      "brown-out": 0.94,
      "buffer-memory-bad": 0.98,
      "cable-bursts": 0.87,
      "cable-intermittent": 0.92,
      "cable-noise": 0.87,
      "cable-shorted": 0.89,
      "cable-split-pair": 0.98,
      "cable-straight": 0.91,
      "cable-too-long": 0.89,
      "cable-unplugged": 0.9,
      "cable-wire-open": 0.9,
      "cable-wires-swapped": 0.87,
      "chip-brown-out": 0.89,
      "computer-slow": 0.85,
      "crystal-off": 0.85,
      "cs-glitches": 0.92,
      "cs-miso-shorted": 0.99,
      "cs-mosi-shorted": 0.93,
      "cs-open": 0.88,
      "cs-stuck-high": 0.98,
      "cs-stuck-low": 0.94,
      "int-open": 0.92,
      "int-stuck-high": 0.94,
      "int-stuck-low": 0.99,
      "mac-taken": 0.96,
      "magnetics-open": 0.9,
      "memory-address-line": 0.97,
      "memory-data-line": 0.93,
      "memory-lines-touch": 0.95,
      "miso-int-swapped": 0.99,
      "miso-open": 0.92,
      "miso-stuck-high": 0.97,
      "miso-stuck-low": 0.95,
      "miso-weak": 0.92,
      "mosi-cs-swapped": 0.97,
      "mosi-miso-shorted": 0.96,
      "mosi-miso-swapped": 0.96,
      "mosi-open": 0.84,
      "mosi-stuck-high": 0.98,
      "mosi-stuck-low": 0.97,
      "partner-100-only": 0.89,
      "partner-bad-fcs": 0.89,
      "partner-deaf": 0.92,
      "partner-full-duplex": 0.88,
      "partner-jabber": 0.89,
      "partner-no-arp": 0.88,
      "partner-no-ping": 0.93,
      "partner-off": 0.84,
      "partner-other-network": 0.94,
      "partner-restarts": 0.84,
      "partner-same-mac": 0.9,
      "partner-silent": 0.89,
      "partner-slow": 0.98,
      "port-gps": 0.93,
      "port-loopback": 0.99,
      "port-sketch": 0.91,
      "reset-glitch": 0.9,
      "reset-held": 0.86,
      "rx-noise": 0.91,
      "rx-pair-loose": 0.89,
      "rx-pair-open": 0.86,
      "rx-pair-reversed": 0.97,
      "rx-pair-weak": 0.92,
      "sck-cs-shorted": 0.96,
      "sck-miso-shorted": 0.96,
      "sck-miso-swapped": 0.98,
      "sck-mosi-shorted": 0.96,
      "sck-mosi-swapped": 0.99,
      "sck-open": 0.91,
      "sck-rings": 0.81,
      "sck-stuck-high": 0.97,
      "sck-stuck-low": 0.97,
      "serial-bursts": 0.93,
      "serial-data-bits": 0.84,
      "serial-drops": 0.9,
      "serial-echo": 0.98,
      "serial-ground-missing": 0.98,
      "serial-insertions": 0.9,
      "serial-inverted": 0.64,
      "serial-noise": 0.95,
      "serial-rx-noise": 0.9,
      "serial-rx-open": 0.97,
      "serial-rx-shorted": 0.97,
      "serial-too-long": 0.7,
      "serial-ttl-meets-rs232": 0.93,
      "serial-tx-noise": 0.96,
      "serial-tx-shorted": 0.87,
      "serial-wrong-baud": 0.89,
      "serial-wrong-parity": 0.97,
      "spi-mode": 0.96,
      "spi-noise": 0.84,
      "spi-slow": 0.86,
      "spi-too-fast": 0.98,
      "spi-wire-loose": 0.84,
      "supply-low": 0.95,
      "supply-ripple": 0.99,
      "supply-weak": 0.75,
      "transmit-weak": 0.92,
      "tx-noise": 0.83,
      "tx-pair-loose": 0.87,
      "tx-pair-open": 0.92,
      "tx-pair-reversed": 0.92,
      "tx-pair-weak": 0.85,
      "vcap-missing": 0.97
    }
  }
}
