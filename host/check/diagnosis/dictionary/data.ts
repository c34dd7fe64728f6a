/** What `make dictionary` learned; `dictionary.ts` says what it means. Written by a program: do not edit. */
import type { DictionaryData } from './dictionary.js'

// biome-ignore format: written by a program
export const DICTIONARY_DATA: DictionaryData = {
  "provenance": {
    "runsOfEach": 5,
    "soundRuns": 99,
    "seed": 10000000,
    "plan": "4300a7a8ccf6bc8f",
    "faults": 136,
    "symptoms": 52
  },
  "symptoms": [
    "report layer/7/0/0.841",
    "serial.session/4/0/0.358",
    "serial.session */9/0/0.301",
    "serial.session octetsReceived/10/8/0.538",
    "serial.rate unquiet/10/0/0.845",
    "serial.rate answered/2/0/0.231",
    "serial.rate share/10/0/4.044",
    "serial.echo/4/0/0.245",
    "serial.line-errors boardHeaders of damaged/10/0/0.826",
    "serial.whole-run/4/0/0.322",
    "serial.whole-run boardHeaders of damaged/10/0/1.887",
    "serial.whole-run boardHeaders at the board/10/0/1.783",
    "spi.miso estat/6/4/0.576",
    "spi.miso econ2/6/0/0.066",
    "spi.miso erevid/6/0/0.544",
    "spi.miso rightWhenSlow/14/0/0.415",
    "spi.miso rightAgain/14/0/0.687",
    "spi.interrupt-pin/4/0/0.686",
    "spi.interrupt-pin */9/0/0.262",
    "spi.memory/4/0/0.071",
    "chip.self-test/4/0/0.023",
    "chip.self-test wrong/9/0/1.305",
    "chip.self-test firstWrong/6/0/1.461",
    "chip.self-test wrongBits/6/0/1.89",
    "chip.self-test-unrotated wrong/9/0/0.724",
    "chip.self-test-unrotated firstWrong/6/0/0.697",
    "chip.self-test-unrotated stuckHigh/6/0/0.73",
    "chip.self-test-unrotated stuckLow/6/0/0.73",
    "phy.identifier/4/0/0.026",
    "phy.access-time seen/14/6/0.117",
    "phy.link/4/0/0.351",
    "phy.link time/14/7/0.089",
    "phy.partner/4/0/0.336",
    "phy.polarity/4/0/0.031",
    "mac.bystanders/4/0/0.457",
    "mac.bystanders busy/10/0/0.195",
    "mac.bystanders others/9/0/0.313",
    "mac.transmit/4/0/0.479",
    "mac.receive/4/0/0.404",
    "mac.receive time/10/2/0.1",
    "mac.frame-check wrongFcs/10/0/0.197",
    "mac.frame-check lost/10/0/0.271",
    "mac.frame-sizes/4/0/0.472",
    "mac.duplex-flood overlaps/9/3/0.032",
    "mac.duplex-flood answers/9/0/0.213",
    "network.arp time/10/6/0.464",
    "network.ping loss/4/0/0.351",
    "network.answers median/14/7/0.033",
    "network.board-answers/4/0/0.081",
    "network.board-answers median/14/4/0.033",
    "network.steady/4/0/0.445",
    "network.release link/14/8/0.256"
  ],
  "counts": {
    "healthy": [
      99,
      "a85f14 .3-.-.-.-2.3-2.4-7.g81h13i5 .f15g19h42i5j5k13 a27 .2a88e10f1 a78d3e18 a94d5 a94 c93f1 a94 a94 a94 a6d28 a23b3c2d6 g73h21 a94 h17i7j3 a27 e27 a94 g7h9i73j5"
    ],
    "adapter-latency": [
      6,
      "a1b5 .3-.-.-.-2.3-2.4-7.g1j5 .g1j5 a2 .6g1i5 .3d2 a2 i6 a3 j1k1 a2 e2 .i2j2k2"
    ],
    "adapter-loose": [
      6,
      "b6 .3-.-.-c6 f6 e1f3i2 .3-2.4-7.g5i1 .g1h1i2j1l1 -.3a5e1 a5d1 a4c1 c4i1 a4 a4 a4 d1 a1 g2h1 a3 -3a3 i2k1"
    ],
    "address-taken": [
      4,
      "a2f2 .3-.-.-.-2.3-2.4-7.3g3h1 a2 .8a2i2 a2c2 d2 a2 g1h3 .h2 a2 e2 .2"
    ],
    "baud-off-6-percent": [
      5,
      "b5 c5 b5 f1i4 -.-a2 -a2 -2e2 a2 a2 -2a2 a2 a2 a2 -7a2 g1h1 a2 h2 -a2 a2 a1e1 a1d1 a2 a2 c2 a2 a2 a2 a1d1 a1d1 g2 a2 -3a2 i2"
    ],
    "bias-resistor": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.3g2h3 a2 .5c5 j5 -5j5 -2c2 n2 .2"
    ],
    "box-delays": [
      4,
      "a2f2 .3-.-.-.-2.3-2.4-7.3g3h1 a2 .6h2i2 .a2e2 .a1c1 b1e1 i4 a3 k1 c2 k2 .2"
    ],
    "box-drops": [
      2,
      "f2 .3-.-.-.-2.3-2.4-7.4a1 .8e2 .a2 e2 .c2 g1 c1 e1 .2"
    ],
    "box-drops-large": [
      4,
      "f4 .3-.-.-.-2.3-2.4-7.g2i2 .h2i2 a2 .8e2f2 c4 a2 a2 g3i1 .j2 a2 e2 .i2j2"
    ],
    "box-duplicates": [
      5,
      "a3f1g1 .3-.-.-.-2.3-2.4-7.g4h1 .2a1 .10a2 e2 .a4c1 i1 a1 e1 .2"
    ],
    "box-mangles": [
      3,
      "a2f1 .3-.-.-.-2.3-2.4-7.3g2h1 a1 .8a2d1 .a2 e2 g1h2 a2c1 h1 c1 e1 .2"
    ],
    "box-reorders": [
      3,
      ".4-.-.-.-2.3-2.4-7.3g1h2 -.10a2 e2 .2-3.2"
    ],
    "broadcast-storm": [
      5,
      "a2f3 .3-.-.-.-2.3-2.4-7.3f3k2 -.2e3f2 e5 a2d3 a2 c2 a2 a2 a2 d2 b1c1 g2 a2 -3a2 g2"
    ],
    "brown-out": [
      5,
      "b5 .3-.-.-a3b2 f2 a2 .3-2.4-7.g3h2 a4 g1h3 -a4 a4 a3e1 a3e1 a3d1 a3 c3 a3 a3 a3 a1 d1 g2j1 a2 -3c3 k1m1n1"
    ],
    "buffer-memory-bad": [
      5,
      "c1d4 .3-.-.-.-2.3-2.2a4c1 c5 a3b2 e2f3 b3e2 b2 e2 e2 b2 .3g1h2k2 -.10a1d1 a1e1 g4h1 a3c2 -3.2"
    ],
    "cable-bursts": [
      5,
      "a1f4 .3-.-.-.-2.3-2.4-7.3g2h3 a1 .2a4e1 a3d2 .4a2d1e2 a4c1 d2 a1b1 g4j1 a2c2 h1 a1 e1 .h2i3"
    ],
    "cable-intermittent": [
      5,
      "a1e1f3 .3-.-.-.-2.3-2.4-7.3f2g1h1j1 a2 .2a4e1 a3e2 .a4d1 c4 a4 a3c1 a3c1 d2 a1d1 g3h1 a3c1 g1 a1 e1 a2c2 g1i3"
    ],
    "cable-noise": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.g3h2 .h3k2 -.7a1e4 d1f4 c5 a2 a2 c2g2i1 a1c4 -3.2"
    ],
    "cable-shorted": [
      5,
      "e4f1 .3-.-.-.-2.3-2.4-7.2a1c4 h1n4 -.a1 a1 a1 a1 c1 j1 -5j1 -4a1 i1"
    ],
    "cable-split-pair": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.3g1h2j1k1 a3 .4c5 c2 j2 -5j2 -2c1 n1 a2 i2"
    ],
    "cable-straight": [
      5,
      "e5 .3-.-.-.-2.3-2.4-7.2c5 n5 c2 .-18"
    ],
    "cable-too-long": [
      5,
      "a2e2f1 .3-.-.-.-2.3-2.4-7.2a3c2 g1h1j1n2 a1 .a3 a3 a3 a3 a2c1 c2j1 a2 a2 a2 d1 a1 h2j1 a2 -c1 n1 a3 i3"
    ],
    "cable-unplugged": [
      5,
      "e5 .3-.-.-.-2.3-2.4-7.2c5 n5 a2 .-18"
    ],
    "cable-wire-open": [
      5,
      "e5 .3-.-.-.-2.3-2.4-7.2c5 n5 -.-18"
    ],
    "cable-wires-swapped": [
      5,
      "e5 .3-.-.-.-2.3-2.4-7.g3h2 c5 n5 a2 .-18"
    ],
    "chip-brown-out": [
      5,
      "a1e1f3 .3-.-.-.-2.3-2.4-7.3f2h2k1 -.2a4e1 a4d1 a4c1 a4c1 c4j1 a4 a3g1 a3c1 a1 a1 .2-3a1c4 g2i3"
    ],
    "computer-slow": [
      6,
      "a3b1f2 .3-.-.f1 a3b2c1 f2i1 a2d1 .3-2.4-7.g5k1 .f1h2k2l1 a2 .5a4c2 c4i2 a4 a4 a4 a1d1 a1e1 g3 a3 h1 a1 e1 a3 i3"
    ],
    "crystal-missing": [
      5,
      "d5 .3-.-.-.-2b5 .2-2.3-32"
    ],
    "crystal-off": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.g4h1 .f2g2h1 -.2a2e3 .2a1c4 c1j4 a1 f1 c1 -2g1j4 a1 -3.g2h2i1"
    ],
    "cs-glitches": [
      5,
      "c5 .3-.-.-.-2.3i1j3 i2j2 a4c1 a4b1 c1 c1 h1 e1 c1 -4a1 g1 a1 h1 -a1 a1 a1 a1 a1 a1 c1 a1 e1 c1 -2g1 c1 -3c1 i1"
    ],
    "cs-miso-shorted": [
      5,
      "c5 .3-.-.-.-2b5 b5 b5 .2c5 b5 -33"
    ],
    "cs-mosi-shorted": [
      5,
      "c5 .3-.-.-.-2.e5 e5 .2c5 b5 -33"
    ],
    "cs-open": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "cs-stuck-high": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "cs-stuck-low": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "int-open": [
      5,
      "c5 .3-.-.-.-2.3-2c5 b5 .2-7.3g2h2k1 -.2a4e1 a3e2 a4d1 a4 c4 a4 a4 a4 d2 a1c1 g1i3 a4 -3a4 h1l3"
    ],
    "int-stuck-high": [
      5,
      "c5 .3-.-.-.-2.3-2c5 b5 .2-7.g3h2 .g1h3k1 -.10a2 d1e1 g2h1i2 .-3.l5"
    ],
    "int-stuck-low": [
      5,
      "c5 .3-.-.-.-2.3-2c5 c5 .2-7.3f1g1h1k2 a3 .2a4e1 a3d2 .6a2 e2 g4h1 .g2h1 a3 i3 .2"
    ],
    "ledb-strap": [
      5,
      ".4-.-.-.-2.3-2.4-7.g2h3 .2-.10a1d1 a1d1 .2-3.2"
    ],
    "mac-taken": [
      4,
      ".4-.-.-.-2.3-2.4-7.3f1g1h2 a1 .10d2 a2 g3h1 .d1 a1 d1 .2"
    ],
    "magnetics-open": [
      5,
      "e5 .3-.-.-.-2.3-2.4-7.g3h2 c5 n5 a3 .-18"
    ],
    "memory-address-line": [
      5,
      "c5 .3-.-.-.-2.3-2.2c5 a1c4 h4 b4 e4 -4.g3i2 .g3i2 a2 .2a3e2 .a4d1 c3d1 j3 -5j4 -2c2 n2 a2c2 h2j2"
    ],
    "memory-data-line": [
      5,
      "c5 .3-.-.-.-2.3-2.2c5 c5 h5 b5 e5 h2 b2 e2 b2 .g4i1 .f2g2i1 -.2a3e2 .c5 c2 j2 -5j2 -4a2 g1i1"
    ],
    "memory-lines-touch": [
      5,
      "c5 .3-.-.-.-2.3-2.2c5 c5 h5 e5 e5 h2 b2 b2 e2 .g4h1 .f1g1h2l1 -.5c5 j5 -5j5 -4.2"
    ],
    "miso-int-shorted": [
      4,
      "d1f1g2 .3-.-.-.-2.3-2.4-7.3f1h3 a1 .2a3e1 a3e1 .6d1 a1 j1 -2c1 n1 c1 i1"
    ],
    "miso-int-swapped": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "miso-open": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .4-33"
    ],
    "miso-stuck-high": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .4-33"
    ],
    "miso-stuck-low": [
      5,
      "c5 .3-.-.-.-2b5 b5 b5 .4-33"
    ],
    "miso-weak": [
      5,
      "a2c3 .3-.-.-.-2.3j3 j3 .2a2 a2 -7a2 g2 a2 h1k1 a2 a2 a2 a2 a2 a2 a2 c2 a2 a2 a2 d1 a1 g2 a2 h2 a2 e2 a2 i2"
    ],
    "mosi-cs-swapped": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "mosi-int-shorted": [
      5,
      "c5 .3-.-.-.-2b5 b5 b5 .2c5 c5 -33"
    ],
    "mosi-miso-shorted": [
      5,
      "c5 .3-.-.-.-2b5 b5 b5 .4-33"
    ],
    "mosi-miso-swapped": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "mosi-open": [
      5,
      "c5 .3-.-.-.-2.e5 e5 .2c5 b5 -33"
    ],
    "mosi-stuck-high": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "mosi-stuck-low": [
      5,
      "c5 .3-.-.-.-2.e5 e5 .2c5 b5 -33"
    ],
    "network-flooded": [
      5,
      "a2f3 .3-.-.-.-2.3-2.4-7.3f2g1j1k1 a3 .a3c2 f2i3 e5 .6d2 a1c1 .2h3 a3 f3 .g3h2"
    ],
    "no-power": [
      5,
      "b5 c5 c5 a5 .b5 -46"
    ],
    "partner-100-only": [
      5,
      "e5 .3-.-.-.-2.3-2.4-7.2c5 n5 -.-18"
    ],
    "partner-bad-fcs": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.g3i2 .g3i2 a1 .2a3e2 a3e2 .3d5 .a4c1 a1d1 b1d1 g4i1 c5 h1 a1 e1 .h2i1j2"
    ],
    "partner-deaf": [
      5,
      "e2f3 .3-.-.-.-2.3-2.4-7.g3h2 .f2h3 c2 .2a4e1 a3e2 .c5 j5 -5j5 -2c2 n2 .g2i3"
    ],
    "partner-full-duplex": [
      5,
      "a3f2 .3-.-.-.-2.3-2.4-7.3f4g1 -.2a4e1 a1e4 a4d1 a4 c4 a4 a4 a4 d2 a2 g3h1 a4 -3a4 g3i1"
    ],
    "partner-giants": [
      5,
      "a1f4 .3-.-.-.-2.3-2.4-7.g4h1 .f1g1h1j1k1 a2 .a1c4 g1i4 .3c4d1 .3c1d1 a1d1 .2h2 a2 e2 .h5"
    ],
    "partner-jabber": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.g3i2 .g1i4 a3 .a2c3 a2i3 .a3c2 c4 j4 -5j4 -2c2 n2 a4 h1j3"
    ],
    "partner-no-arp": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.g2h3 .h4k1 -.2a2e2f1 a2e3 a3d2 c3 j3 -5j3 -4a3 i3"
    ],
    "partner-no-ping": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.3f2g2h1 -.2a2e3 a1e4 a3d2 a3 c3 a3 i3 c3 b1c1 a2 j3 -4a3 g1h1i1"
    ],
    "partner-off": [
      5,
      "e3f2 .3-.-.-.-2.3-2.4-7.g3i2 a2c3 i2n3 c1 .a2 e2 e2 a1d1 c1 j1 -5j1 -4a1 j1"
    ],
    "partner-other-network": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.3h3k2 -.3a4c1 .4f1i4 c5 a2 a2 j5 -4.2"
    ],
    "partner-pause-flood": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.g3h2 .f1g1h2j1 a2 .c5 a3e1f1 a3e2 a4d1 a4 c4 a4 a4 a4 b1d1 a1d1 g4 a4 h2 a2 e2 a4 g1h3"
    ],
    "partner-restarts": [
      5,
      "a4f1 .3-.-.-.-2.3-2.4-7.3g1h2j1k1 a2 .10d2 a2 g3h2 .h2 a2 e2 .2"
    ],
    "partner-runts": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.3f1g2i1j1 a3 .c5 a3e2 .7d2 a1c1 .2h3 a3 e3 .g1h4"
    ],
    "partner-same-address": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.3f2g1h1k1 -.2a4e1 a3e2 a4d1 c4 j4 -5a4 -4a4 g1i3"
    ],
    "partner-same-mac": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.3h3k2 -.5c5 j5 -5j5 -4.2"
    ],
    "partner-silent": [
      5,
      "e5 .3-.-.-.-2.3-2.4-7.g3h2 c5 n5 a1 .-18"
    ],
    "partner-slow": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.3h4k1 a1 .6i5 .e3g1h1 .a2 b1c1 i5 a3 k1 a1 k1 .2"
    ],
    "phy-dead": [
      5,
      "e5 .3-.-.-.-2.3-2.4-7c5 -23"
    ],
    "port-boot-loader": [
      6,
      "b6 c6 c6 a6 .b6 -46"
    ],
    "port-gps": [
      6,
      "b6 c6 b6 .f2 b2 -46"
    ],
    "port-login": [
      6,
      "b6 c6 c6 a6 .b6 -46"
    ],
    "port-loopback": [
      6,
      "b6 c6 .2-3c2 -d2 -42"
    ],
    "port-modem": [
      6,
      "b6 c6 c6 a6 .b6 -46"
    ],
    "port-sketch": [
      5,
      "b5 c5 b5 e5 f3 b3 -46"
    ],
    "reset-glitch": [
      5,
      "a2c2d1 .3-.-.-.-2.3-2.2a3c1 a4 -7a4 g2i2 a4 h1i2k1 -a4 a4 a4 a4 a2c2 a2c1 c2j1 a2 a2 a2 d1 a1 g2i1 a2c1 -3a2c1 i2j1"
    ],
    "reset-held": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "rx-noise": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.3g1h2i1k1 a2 .2a4e1 .2a4c1 c4j1 f4 c1d1e2 c4 c1d1 a2 g2j3 c2 h2 c2 e1f1 .h2i3"
    ],
    "rx-pair-loose": [
      5,
      "a2f3 .3-.-.-.-2.3-2.4-7.3g1h2j1k1 a1 .7a4c1 .2d2 a2 g3h2 .h1 a1 e1 a3c2 i4j1"
    ],
    "rx-pair-open": [
      5,
      "e5 .3-.-.-.-2.3-2.4-7.2c5 n5 -.-18"
    ],
    "rx-pair-reversed": [
      5,
      "e5 .3-.-.-.-2.3-2.4-7.g4h1 .h1i3k1 a3 c5 .a4e1 .2c5 j5 -5j5 -2c3 n3 .h1i4"
    ],
    "rx-pair-weak": [
      5,
      "e5 .3-.-.-.-2.3-2.4-7.2c5 n5 -.-18"
    ],
    "sck-cs-shorted": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "sck-cs-swapped": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "sck-miso-shorted": [
      5,
      "c5 .3-.-.-.-2b5 b5 b5 .4-33"
    ],
    "sck-miso-swapped": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "sck-mosi-shorted": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "sck-mosi-swapped": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "sck-open": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "sck-rings": [
      5,
      "c5 .3-.-.-.-2.3j2 j2 .2c3 a3 -7a3 g3 a3 g1h1k1 -a3 a3 a2e1 a2e1 a3 a3 c3 a3 a3 a3 d1 a1 g3 a1c2 -3a3 h1i2"
    ],
    "sck-stuck-high": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "sck-stuck-low": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "serial-bursts": [
      5,
      "a2b3 .3-.-.-a2c3 g2i1 f3 .3-2.4-7.3f1g1h1k2 a1 .10d2 a2 g4h1 .h1 a1 e1 .2"
    ],
    "serial-data-bits": [
      5,
      "b5 c5 b5 f2i3 f2 b2 -46"
    ],
    "serial-drops": [
      5,
      "b5 .3-.-.f4 c5 f5 f5 .3-2.4-7.g1i4 .f1g1i3 -.2a3e2 a3e2 a4d1 a3c1 c2i2 a3 a3 a3 a1d1 d1e1 g1h1i1 a1c1 -3a3 h1i1k1"
    ],
    "serial-echo": [
      5,
      "b5 .3-.-c5 -c2d3 f1g1 e2 -40"
    ],
    "serial-flow-stuck": [
      5,
      "b5 c5 c5 a5 .b5 -46"
    ],
    "serial-ground-missing": [
      5,
      "b5 c5 b5 f5 i5 b5 -46"
    ],
    "serial-insertions": [
      5,
      "b5 .3-.-.f3g2 c5 f5 e2f3 .3-2.4-7.k4l1 .f1g2h1l1 a4 .2a3e2 a3e2 .c5 i5 -5i1 c1 n1 a1 e1 a1 j1"
    ],
    "serial-inverted": [
      5,
      "b5 a3c2 a3b2 h2i3 f2 a3b2 -c3 -d3 -42"
    ],
    "serial-noise": [
      5,
      "b5 .3-.-.a2e1f1 c4d1 e4 f4 e4 a4 a4 -2a4 a4 a4 a4 -7a4 g1h1i2 a4 f1h2k1 -a4 a4 a4 a2e2 a4 a4 c2e1h1 a4 a4 a4 c1d1 d2 g2i2 a3 -3a4 i3k1"
    ],
    "serial-rx-noise": [
      5,
      "b5 a3c2 .f2i3 g2 a3b2 -a3 f3 c3 e3 i3 e3 a3 a3 -2a3 a3 a3 a3 -7a3 g3 a3 f3 -a3 a3 a3 a3 a3 a3 f2h1 a3 a3 a3 d1 c1 h2i1 a3 -3a3 i3"
    ],
    "serial-rx-open": [
      5,
      "b5 a1c4 .f4i1 f2 a3b2 -c2 -d2 -42"
    ],
    "serial-rx-shorted": [
      5,
      "b5 c5 .f5 f3 a2b3 -c1 -d1 -42"
    ],
    "serial-too-long": [
      5,
      "b5 c5 b4c1 b1e4 a1f2g2 b5 -46"
    ],
    "serial-ttl-meets-rs232": [
      5,
      "b5 c5 b5 g5 f5 b5 -46"
    ],
    "serial-tx-noise": [
      5,
      "b5 .3-.-.e5 c5 e5 .4-2.4-7.g3h2 .g1h1i1k2 -.6c2d3 .3a1d1 a1d1 g2h1i2 .-3.i4l1"
    ],
    "serial-tx-open": [
      5,
      "b5 c5 c5 a5 .b5 -46"
    ],
    "serial-tx-rx-swapped": [
      5,
      "b5 c5 c5 a5 .b5 -46"
    ],
    "serial-tx-shorted": [
      5,
      "b5 c5 c5 b5 .b5 -46"
    ],
    "serial-wrong-baud": [
      5,
      "b5 c5 b5 .-.i5 a2 -a2 -2e2 a2 a2 -2a2 a2 a2 a2 -7a2 h2 a2 h2 -a2 a2 a2 a2 a2 a2 c2 a2 a2 a2 a2 d2 g2 a2 -3a2 i2"
    ],
    "serial-wrong-parity": [
      5,
      "b5 a4c1 .f1i4 -.-c4 -d4 -42"
    ],
    "spi-bit-order": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "spi-mode": [
      5,
      "c5 .3-.-.-.-2.d3e2 a2e3 .2a3c2 a3b2 -33"
    ],
    "spi-noise": [
      5,
      "c5 .3-.-.-.-2.3i1j2 j3 .2c1 a1 -7a1 g1 a1 l1 -a1 a1 a1 a1 a1 a1 c1 a1 e1 c1 a1 a1 g1 c1 -3a1 k1"
    ],
    "spi-slow": [
      5,
      "a4f1 .3-.-.-.-2.3-2.4-7.g2h2i1 .f2h2i1 -.2a3e2 a1c1d1e2 .6b1d1 a1d1 .2-3.i4j1"
    ],
    "spi-too-fast": [
      5,
      "c5 .3-.-.-.-2.d5 e5 j5 .3-33"
    ],
    "spi-wire-loose": [
      5,
      "a3f1g1 .3-.-.-.-2.3-2.4-7.3g1h2j1k1 a1 .8a4c1 .a1d1 a1e1 g3h2 .h1 a1 e1 a4c1 ."
    ],
    "supply-low": [
      5,
      "c5 .3-.-.-.-2c5 c5 c5 .2c5 b5 -33"
    ],
    "supply-ripple": [
      5,
      "c5 .3-.-.-.-2c3e2 a2c3 b1c4 i5 h1i4 c4 b4 -33"
    ],
    "supply-weak": [
      5,
      "a1e2f2 .3-.-.-.-2.3-2.4-7.3h3k2 -.4a1c4 a1c2 c1j2 a1 a1 a1 -2g1j2 a1 -3a1c2 i3"
    ],
    "transmit-weak": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.g3h2 .g2h3 a2 .5c5 j5 -5j5 -2c2 n2 .2"
    ],
    "tx-noise": [
      5,
      "a1f4 .3-.-.-.-2.3-2.4-7.3h4k1 -.8a1g4 a1c4 a2 a2 g2i1j2 a1c2 -3.2"
    ],
    "tx-pair-loose": [
      5,
      "a2f3 .3-.-.-.-2.3-2.4-7.g4h1 .h3k2 a2 .2a4e1 a4e1 a4d1 a4 c4 a4 a4 a4 d2 a2 g4 a4 h2 a2 e2 a2c2 i2l2"
    ],
    "tx-pair-open": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.4a2 .5c5 j5 -5j5 -2c2 n2 .2"
    ],
    "tx-pair-reversed": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.g3h2 .g1h4 a1 .5c5 j5 -5j5 -2c1 n1 .2"
    ],
    "tx-pair-weak": [
      5,
      "f5 .3-.-.-.-2.3-2.4-7.4a2 .5c5 j5 -5j5 -2c2 n2 .2"
    ],
    "vcap-missing": [
      5,
      "e2f3 .3-.-.-.-2.3-2.4-7.g2h1i2 .h2i2k1 -.4c3d2 c1d1 j1 -5j1 -4c1 i1"
    ],
    "wrong-revision": [
      5,
      "c5 .3-.-.-.-2.3-2.4-7a1c1 g1 a1 g1 a1 a1 a1 a1 e1 a1 a1 c1 a1 a1 a1 d1 c1 g1 a1 h1 a1 e1 c1 h1"
    ]
  },
  "twins": [
    [
      "adapter-latency",
      "box-delays",
      "box-mangles"
    ],
    [
      "adapter-loose",
      "serial-drops"
    ],
    [
      "address-taken",
      "box-duplicates",
      "cable-intermittent",
      "computer-slow",
      "partner-restarts",
      "rx-pair-loose",
      "spi-wire-loose"
    ],
    [
      "baud-off-6-percent",
      "port-gps",
      "serial-data-bits"
    ],
    [
      "bias-resistor",
      "partner-deaf",
      "partner-same-mac",
      "supply-weak",
      "tx-pair-open",
      "tx-pair-reversed",
      "tx-pair-weak"
    ],
    [
      "box-drops",
      "buffer-memory-bad"
    ],
    [
      "box-drops-large",
      "cable-bursts"
    ],
    [
      "box-reorders",
      "cable-too-long",
      "mac-taken",
      "serial-bursts"
    ],
    [
      "broadcast-storm",
      "partner-full-duplex"
    ],
    [
      "cable-shorted",
      "cable-straight",
      "cable-unplugged",
      "cable-wire-open",
      "cable-wires-swapped",
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
      "cs-glitches",
      "miso-weak",
      "spi-noise"
    ],
    [
      "cs-mosi-shorted",
      "mosi-open",
      "mosi-stuck-low"
    ],
    [
      "cs-open",
      "cs-stuck-high",
      "cs-stuck-low",
      "miso-int-swapped",
      "mosi-cs-swapped",
      "mosi-miso-swapped",
      "mosi-stuck-high",
      "reset-held",
      "sck-cs-shorted",
      "sck-cs-swapped",
      "sck-miso-swapped",
      "sck-mosi-shorted",
      "sck-mosi-swapped",
      "sck-open",
      "sck-stuck-high",
      "sck-stuck-low",
      "spi-bit-order",
      "supply-low"
    ],
    [
      "int-open",
      "int-stuck-high"
    ],
    [
      "ledb-strap",
      "spi-slow"
    ],
    [
      "miso-int-shorted",
      "tx-noise"
    ],
    [
      "miso-open",
      "miso-stuck-high"
    ],
    [
      "miso-stuck-low",
      "mosi-miso-shorted",
      "sck-miso-shorted"
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
      "partner-giants",
      "partner-runts"
    ],
    [
      "port-loopback",
      "serial-inverted"
    ],
    [
      "serial-echo",
      "serial-wrong-parity"
    ],
    [
      "serial-rx-noise",
      "serial-rx-open"
    ]
  ],
  "calibration": {
    "fault": {
      "intercept": -3.106,
      "worst": 2.284,
      "total": 0.069
    },
    "healthy": {
      "intercept": -4.663,
      "worst": 0.99,
      "total": 0.569
    },
    "ceilings": {
      "adapter-latency": 0.93,
      "adapter-loose": 0.92,
      "address-taken": 0.89,
      "baud-off-6-percent": 0.89,
      "bias-resistor": 0.94,
      "box-delays": 0.88,
      "box-drops": 0.88,
      "box-drops-large": 0.9,
      "box-duplicates": 0.9,
      "box-mangles": 0.88,
      "box-reorders": 0.88,
      "broadcast-storm": 0.94,
      "brown-out": 0.91,
      "buffer-memory-bad": 0.95,
      "cable-bursts": 0.89,
      "cable-intermittent": 0.89,
      "cable-noise": 0.93,
      "cable-shorted": 0.94,
      "cable-split-pair": 0.89,
      "cable-straight": 0.97,
      "cable-too-long": 0.83,
      "cable-unplugged": 0.97,
      "cable-wire-open": 0.97,
      "cable-wires-swapped": 0.97,
      "chip-brown-out": 0.88,
      "computer-slow": 0.86,
      "crystal-missing": 0.99,
      "crystal-off": 0.87,
      "cs-glitches": 0.93,
      "cs-miso-shorted": 0.79,
      "cs-mosi-shorted": 0.88,
      "cs-open": 0.98,
      "cs-stuck-high": 0.98,
      "cs-stuck-low": 0.98,
      "int-open": 0.95,
      "int-stuck-high": 0.94,
      "int-stuck-low": 0.86,
      "ledb-strap": 0.9,
      "mac-taken": 0.9,
      "magnetics-open": 0.8,
      "memory-address-line": 0.87,
      "memory-data-line": 0.91,
      "memory-lines-touch": 0.95,
      "miso-int-shorted": 0.88,
      "miso-int-swapped": 0.98,
      "miso-open": 0.77,
      "miso-stuck-high": 0.78,
      "miso-stuck-low": 0.97,
      "miso-weak": 0.92,
      "mosi-cs-swapped": 0.98,
      "mosi-int-shorted": 0.87,
      "mosi-miso-shorted": 0.98,
      "mosi-miso-swapped": 0.98,
      "mosi-open": 0.88,
      "mosi-stuck-high": 0.98,
      "mosi-stuck-low": 0.9,
      "network-flooded": 0.92,
      "no-power": 0.98,
      "partner-100-only": 0.97,
      "partner-bad-fcs": 0.91,
      "partner-deaf": 0.91,
      "partner-full-duplex": 0.92,
      "partner-giants": 0.92,
      "partner-jabber": 0.89,
      "partner-no-arp": 0.89,
      "partner-no-ping": 0.92,
      "partner-off": 0.83,
      "partner-other-network": 0.9,
      "partner-pause-flood": 0.9,
      "partner-restarts": 0.91,
      "partner-runts": 0.93,
      "partner-same-address": 0.91,
      "partner-same-mac": 0.94,
      "partner-silent": 0.97,
      "partner-slow": 0.91,
      "phy-dead": 0.81,
      "port-boot-loader": 0.98,
      "port-gps": 0.9,
      "port-login": 0.98,
      "port-loopback": 0.87,
      "port-modem": 0.98,
      "port-sketch": 0.91,
      "reset-glitch": 0.87,
      "reset-held": 0.98,
      "rx-noise": 0.89,
      "rx-pair-loose": 0.9,
      "rx-pair-open": 0.97,
      "rx-pair-reversed": 0.9,
      "rx-pair-weak": 0.97,
      "sck-cs-shorted": 0.98,
      "sck-cs-swapped": 0.98,
      "sck-miso-shorted": 0.97,
      "sck-miso-swapped": 0.98,
      "sck-mosi-shorted": 0.98,
      "sck-mosi-swapped": 0.98,
      "sck-open": 0.98,
      "sck-rings": 0.87,
      "sck-stuck-high": 0.98,
      "sck-stuck-low": 0.98,
      "serial-bursts": 0.92,
      "serial-data-bits": 0.9,
      "serial-drops": 0.92,
      "serial-echo": 0.93,
      "serial-flow-stuck": 0.98,
      "serial-ground-missing": 0.95,
      "serial-insertions": 0.86,
      "serial-inverted": 0.88,
      "serial-noise": 0.85,
      "serial-rx-noise": 0.93,
      "serial-rx-open": 0.89,
      "serial-rx-shorted": 0.9,
      "serial-too-long": 0.83,
      "serial-ttl-meets-rs232": 0.93,
      "serial-tx-noise": 0.95,
      "serial-tx-open": 0.98,
      "serial-tx-rx-swapped": 0.98,
      "serial-tx-shorted": 0.67,
      "serial-wrong-baud": 0.93,
      "serial-wrong-parity": 0.9,
      "spi-bit-order": 0.98,
      "spi-mode": 0.79,
      "spi-noise": 0.93,
      "spi-slow": 0.9,
      "spi-too-fast": 0.96,
      "spi-wire-loose": 0.91,
      "supply-low": 0.98,
      "supply-ripple": 0.82,
      "supply-weak": 0.87,
      "transmit-weak": 0.85,
      "tx-noise": 0.89,
      "tx-pair-loose": 0.91,
      "tx-pair-open": 0.94,
      "tx-pair-reversed": 0.94,
      "tx-pair-weak": 0.94,
      "vcap-missing": 0.88,
      "wrong-revision": 0.87
    }
  }
}
