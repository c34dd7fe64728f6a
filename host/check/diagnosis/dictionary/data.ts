/** What `make dictionary` learned; `dictionary.ts` says what it means. Written by a program: do not edit. */
import type { DictionaryData } from './dictionary.js'

// biome-ignore format: written by a program
export const DICTIONARY_DATA: DictionaryData = {
 "provenance": {
  "runsOfEach": 8,
  "soundRuns": 80,
  "seed": 1,
  "plan": "",
  "faults": 39,
  "symptoms": 67
 },
 "symptoms": [
  "report/9/0/0.361",
  "report layer/7/0/0.944",
  "serial.session/4/0/0.652",
  "serial.session */9/0/0.871",
  "serial.session octetsReceived/10/8/0.566",
  "serial.session cellsUnderstood/10/8/0.257",
  "serial.rate */9/0/0.261",
  "serial.rate unquiet/10/0/0.901",
  "serial.rate share/10/0/2.435",
  "serial.rate deviation/8/3/0.782",
  "serial.echo/4/0/0.061",
  "serial.line-errors boardHeaders of damaged/10/0/0.122",
  "serial.whole-run/4/0/0.66",
  "serial.whole-run boardHeaders of damaged/10/0/1.729",
  "serial.whole-run boardHeaders at the board/10/0/0.853",
  "serial.restarts/4/0/1.215",
  "spi.clock/4/0/0.819",
  "spi.miso/4/0/0.256",
  "spi.miso estat/6/4/0.409",
  "spi.miso econ2/6/0/0.398",
  "spi.miso erevid/6/0/0.398",
  "spi.miso rightAgain/14/0/0.409",
  "spi.interrupt-pin/4/0/1.003",
  "spi.interrupt-pin */9/0/0.129",
  "spi.interrupt-pin pending/9/0/0.129",
  "spi.memory/4/0/1.336",
  "spi.memory */9/0/0.083",
  "chip.clock/4/0/0.503",
  "chip.self-test/4/0/0.087",
  "chip.self-test wrong/9/0/0.349",
  "chip.self-test firstWrong/6/0/0.204",
  "chip.self-test wrongBits/6/0/0.204",
  "phy.identifier/4/0/0.994",
  "phy.identifier phid1/6/0/0.182",
  "phy.identifier phid2/6/0/0.182",
  "phy.access-time seen/14/6/0.663",
  "phy.link/4/0/0.356",
  "phy.partner/4/0/0.122",
  "phy.partner */9/0/0.673",
  "phy.partner power/9/1/0.707",
  "phy.polarity/4/0/0.884",
  "mac.bystanders/4/0/0.629",
  "mac.bystanders */9/0/0.099",
  "mac.bystanders runts/9/0/0.601",
  "mac.transmit/4/0/0.427",
  "mac.transmit */9/0/0.206",
  "mac.transmit sent/9/1/0.136",
  "mac.transmit collisions/9/0/0.206",
  "mac.receive/4/0/0.177",
  "mac.frame-check wrongFcs/10/0/0.363",
  "mac.frame-check lost/10/0/0.036",
  "mac.frame-check whole/9/5/0.275",
  "mac.unicast-filter/4/0/0.26",
  "mac.simultaneous/4/0/0.237",
  "mac.simultaneous broken/10/0/0.566",
  "mac.simultaneous ended/10/8/0.128",
  "mac.settings/4/0/0.025",
  "mac.overflow/4/0/1.134",
  "network.controller time/14/8/0.17",
  "network.arp/4/0/0.581",
  "network.ping/4/0/0.133",
  "network.ping loss/4/0/0.133",
  "network.ping-large/4/0/0.067",
  "network.ping-large loss/4/0/0.15",
  "network.steady/4/0/0.137",
  "network.steady */9/0/0.644",
  "network.release link/14/8/0.583"
 ],
 "counts": {
  "healthy": [
   80,
   "a61b19 a61f19 .5-2.2-.-2.6-.7-3.3g64h9i7 .8a72d8 a72 b72 a72 a72 a72 a72 f72 a72 a72 a64d8 g4i68 a72 a61c11 i57j7k8 a72 a72 a72 a72 a72 a72 a72 g7h4i56j5"
  ],
  "baud-off-6-percent": [
   8,
   "c8 b8 c8 b8 f3i5 a8 b8 -2f8 -57"
  ],
  "brown-out": [
   8,
   "c5d3 b8 .5-2.2-a7b1 f1 a1 c8 .5-.6a7d1 -3a7 a7 a7 g7 a7 a7 a7 b7 a7 a7 a7 a7 a6d1 a6 b6 a6 a6 a6 a6 f6 a4d2 a4d2 a4 i4 a4d2 a4d2 i4n2 a4 a4 a4 a4 a4 c4 c4 j4"
  ],
  "buffer-memory-bad": [
   8,
   "c7d1 d8 .5-2.2-.-2.6-.6c8 b8 e8 e8 .12a7d1 a7 b7 a7 a7 a7 a7 f7 a7 a7 a7 i7 a7 a5c2 i7 a7 c7 c7 a7 a7 a7 a7 g2i5"
  ],
  "cable-intermittent": [
   8,
   "b3c2d3 f5g3 .5-2.2-.-2.6-.7-3.3g6i2 .14a5f3 e3f5 a6c2 .a7d1 .a3c5 .i2k1l5 .a6c2 a6c2 a6c2 a6c2 c8 b8 i5j3"
  ],
  "cable-noise": [
   8,
   "b1d7 f8 .5-2.2-.-2.6-.7-3.3g4h4 .8a7d1 a7 b7 a7 a7 d1e6 f7 e7 a4c3 a7 a5d2 g1i6 a7 a7 i3j1k3 a7 c7 c7 c7 c7 a7 a7 i7"
  ],
  "cable-shorted": [
   8,
   "b4c4 e8 .5-2.2-.-2.6-.7-3.3g6h2 c8 a4c4 a4b4 .2-26"
  ],
  "cable-split-pair": [
   8,
   "b8 f8 .5-2.2-.-2.6-.7-3.3g7h1 .8c8 b8 a8 e8 -19"
  ],
  "cable-straight": [
   4,
   "c4 e4 .5-2.2-.-2.6-.7-3.4c4 c4 b4 .2-26"
  ],
  "cable-too-long": [
   8,
   "b5c3 e8 .5-2.2-.-2.6-.7-3.3g5h1i2 c8 a5c3 a5b3 .2-26"
  ],
  "cable-unplugged": [
   8,
   "b2c6 e8 .5-2.2-.-2.6-.7-3.3g6h2 c8 a2c6 a2b6 .2-26"
  ],
  "chip-brown-out": [
   8,
   "c1d7 f8 .5-2.2-.-2.6-.7-3.16a6c2 a6 a2g4 d4f2 c6 a2c4 a2f1i3 e1f2i3 c8 a6 i7j1 .a2c6 a2c6 a5c3 a5c3 c8 c8 g1h1i6"
  ],
  "crystal-missing": [
   8,
   "b8 d8 .5-2.2-.-2.3b8 .2-.5c8 -39"
  ],
  "cs-stuck-high": [
   8,
   "c8 c8 .5-2.2-.-2.2c8 c8 c8 c8 .c8 b8 b8 -42"
  ],
  "cs-stuck-low": [
   8,
   "c8 c8 .5-2.2-.-2.2c8 c8 c8 c8 .c8 b8 b8 -42"
  ],
  "int-open": [
   8,
   "b2c6 c8 .5-2.2-.-2.6-c8 b8 b8 .4-3.3g6h1i1 .8a7d1 a7 b7 a7 a7 a7 a7 f7 a7 a7 a5d2 i7 a7 a7 i1j1k1l4 a7 a7 a7 a2c5 a5c2 a7 a7 l7"
  ],
  "miso-open": [
   8,
   "c8 c8 .5-2.2-.-2.2c8 c8 c8 c8 .4-42"
  ],
  "mosi-miso-swapped": [
   8,
   "c8 c8 .5-2.2-.-2.2c8 c8 c8 c8 .c8 b8 b8 -42"
  ],
  "no-power": [
   8,
   "c8 b8 c8 c8 a8 a8 .2-h8 -57"
  ],
  "partner-100-only": [
   8,
   "c6d2 e8 .5-2.2-.-2.6-.7-3.3g6h2 a2c6 c8 b8 .2a2 a2 a2 a2 a2 b2 a2 c2 -7a2 -i1k1 c2 -4a2 a2 g1i1"
  ],
  "partner-full-duplex": [
   8,
   "a1b7 a1f7 .5-2.2-.-2.6-.7-3.3g7h1 .8a6d2 a6 b6 a6 a6 a6 a6 f6 a6 a1c5 a1e5 g2i4 a6 a6 i5j1 a6 a6 a6 a6 a6 a6 a6 i6"
  ],
  "partner-jabber": [
   8,
   "c8 f8 .5-2.2-.-2.6-.7-3.3g7i1 .5a2c6 a2b6 .a2c6 a2b6 a6b2 a2e6 c1d1 -7a1d1 -k1n1 c1 -4a1 a1 j1"
  ],
  "partner-off": [
   8,
   "c4d4 e8 .5-2.2-.-2.6-.7-3.3g7i1 a6c2 c8 c8 a8 .a6 a6 a6 a4d2 a4 b4 a4 c4 -7a4 -i2j1k1 c4 -4a4 a4 g2i1j1"
  ],
  "partner-pause-flood": [
   8,
   "b6c2 f8 .5-2.2-.-2.6-.7-3.3g5h3 .5a1c7 a1b7 .a7d1 a7 b7 a7 a6c1 a6 a6 f6 a6 a6 a6 i6 a7 a6 i4j3 a6c1 a6 a6 a6 a6 a7 a7 g4h3"
  ],
  "partner-runts": [
   8,
   "c7d1 f8 .5-2.2-.-2.6-.7-3.3g6i2 .5c8 b8 e8 a7d1 a7 b7 a7 a7 a7 a7 f7 a6d1 a6d1 a6 i6 a6d1 c6d1 i3j2k1n1 a6 a6 a6 a6 a6 a6 a6 g3h2j1"
  ],
  "partner-silent": [
   8,
   "b6c2 e5f3 .5-2.2-.-2.6-.7-3.4a3c5 .4a3 a3 a3 a2d1 a2 b2 a2 c2 -7a2 -i2 c2 -4a2 a2 h1i1"
  ],
  "phy-dead": [
   8,
   "b8 e8 .5-2.2-.-2.6-.7-3c8 b8 b8 -32"
  ],
  "rx-pair-open": [
   8,
   "b8 e8 .5-2.2-.-2.6-.7-3.3g7i1 c8 .4-26"
  ],
  "rx-pair-reversed": [
   8,
   "d8 e8 .5-2.2-.-2.6-.7-3.3g4h3i1 .4c8 .7c8 -7.-i3j3k2 c8 -4.2h2i5j1"
  ],
  "serial-drops": [
   8,
   "c7d1 b8 .2f2h1i5 f3i5 .-2.2f8 c8 f8 f8 .6-.7-3.3g5i1j1k1 .18a4d4 g2i6 .2j4k2m1n1 a7 a6c1 a6c1 a7 a7 a7 a7 i6k1"
  ],
  "serial-ground-missing": [
   8,
   "c8 b8 c8 b8 f8 a8 .i8 -h8 -57"
  ],
  "serial-noise": [
   8,
   "c7d1 b8 .2f2i6 f2i6 .-2.2e7f1 c8 e8 e1f7 .a7 a7 e7 a7 a7 -a7 a7 a7 a7 a7 a7 a7 -3a7 a7 a7 g3h2i1j1 a7 a7 a7 b7 a7 a7 a7 a7 a6d1 a6 b6 a6 a6 a6 a6 f6 a6 a6 a5d1 g1i5 a6 a5c1 i1j3k2 a5c1 a5 a5 a3c2 a3c2 a6 a6 i5k1"
  ],
  "serial-ttl-meets-rs232": [
   8,
   "c8 b8 c8 b8 g7h1 a8 .f7g1 -h8 -57"
  ],
  "serial-tx-rx-swapped": [
   8,
   "c8 b8 c8 c8 a8 a8 .2-h8 -57"
  ],
  "serial-wrong-baud": [
   8,
   "c8 b8 c8 b8 f1i7 a8 b8 -h2i6 -58"
  ],
  "serial-wrong-parity": [
   8,
   "b3c1d4 b8 a4c4 .f4i4 f4i4 .f1 -d7h1 c4 -d4 -2d4 -51"
  ],
  "spi-noise": [
   8,
   "b3c2d3 c8 .5-2.2-.-2.2a6c2 .3i1j1 .3c5 b5 a6 a5 -3a4 a4 a4 g3h1 a4 a4 a4 b4 a4 a4 a4 a4 a3c1 a3c1 b4 a3d1 a3 a3 a2i1 a1f2 a2c1 a2c1 a3 a1f1i1 a2c1 a3 i3 a2c1 c2 c2 c2 c2 a2c1 a2c1 g1i1l1"
  ],
  "spi-too-fast": [
   8,
   "b8 c8 .5-2.2-.-2.2c8 .d8 e8 .4-42"
  ],
  "tx-pair-open": [
   8,
   "c5d3 e3f5 .5-2.2-.-2.6-.7-3.5a5c3 a5b3 .9c8 -7.-i4j4 c8 -4.3"
  ],
  "wrong-revision": [
   8,
   "c8 c8 .5-2.2-.-2.c8 .4-.6a7 -38"
  ]
 },
 "twins": [
  [
   "cable-shorted",
   "cable-straight",
   "cable-too-long",
   "cable-unplugged"
  ],
  [
   "cs-stuck-high",
   "cs-stuck-low",
   "mosi-miso-swapped"
  ],
  [
   "no-power",
   "serial-tx-rx-swapped"
  ],
  [
   "partner-silent",
   "rx-pair-open"
  ]
 ],
 "calibration": {
  "fault": {
   "intercept": -4.137,
   "worst": 1.994,
   "total": 0.542
  },
  "healthy": {
   "intercept": -6.445,
   "worst": 2.061,
   "total": 0.679
  },
  "ceilings": {
   "baud-off-6-percent": 0.88,
   "brown-out": 0.99,
   "buffer-memory-bad": 0.94,
   "cable-intermittent": 0.92,
   "cable-noise": 0.95,
   "cable-shorted": 0.92,
   "cable-split-pair": 0.94,
   "cable-straight": 0.91,
   "cable-too-long": 0.9,
   "cable-unplugged": 0.94,
   "chip-brown-out": 0.96,
   "cs-stuck-high": 0.99,
   "cs-stuck-low": 0.99,
   "int-open": 0.97,
   "miso-open": 0.87,
   "mosi-miso-swapped": 0.99,
   "partner-100-only": 0.81,
   "partner-full-duplex": 0.85,
   "partner-jabber": 0.95,
   "partner-off": 0.98,
   "partner-pause-flood": 0.84,
   "partner-runts": 0.98,
   "partner-silent": 0.87,
   "phy-dead": 0.99,
   "rx-pair-open": 0.9,
   "rx-pair-reversed": 0.99,
   "serial-drops": 0.94,
   "serial-ground-missing": 0.92,
   "serial-noise": 0.94,
   "serial-ttl-meets-rs232": 0.92,
   "serial-wrong-baud": 0.88,
   "spi-noise": 0.95,
   "spi-too-fast": 0.99,
   "tx-pair-open": 0.85
  }
 }
}
