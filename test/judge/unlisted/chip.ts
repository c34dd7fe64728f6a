/** Inside the chip: its registers, its logic, its memory while it rests. */
import { OPCODE, PHY_BITS, PHY_REGISTERS } from '../../../firmware/enc28j60/registers.js'
import { MILLISECOND, SECOND } from '../../../firmware/hal/clock.js'
import type { ModelBench } from './instruments.js'
import {
  atChipPins,
  decode,
  everyNth,
  Inside,
  isAbout,
  misread,
  misreadPhy,
  pulseReset,
  repeat,
  stickBits,
} from './instruments.js'
import type { Unlisted } from './unlisted.js'

/** The chip's registers from within. */
function insideOf({ board }: ModelBench): Inside {
  return new Inside(board.chip.transfer.bind(board.chip))
}

/** Called behind each frame that the chip has stored. */
function onStored({ board, cable }: ModelBench, stored: () => void): void {
  let before = 0
  cable.onFrame(({ direction }) => {
    const { received } = board.chip.counters
    if (direction === 'b-to-a' && received !== before) {
      before = received
      stored()
    }
  })
}

const INTIE = 0x80
const TXIF = 0x08
const DMAIF = 0x20
const TXRTS = 0x08
const TXRST = 0x80

export const CHIP_UNLISTED: readonly Unlisted[] = [
  {
    name: 'receiving-bit-stuck',
    layer: 'chip',
    side: 'chip',
    title: 'PHSTAT2.RXSTAT always reads 1: the line looks busy when it is not',
    hurts: false,
    neighbours: [],
    apply: (bench) => misreadPhy(bench, PHY_REGISTERS.PHSTAT2.address, (value) => value | PHY_BITS.PHSTAT2.RXSTAT),
  },
  {
    name: 'epktcnt-bit-stuck',
    layer: 'chip',
    side: 'chip',
    title: 'bit 0 of EPKTCNT reads 0: one waiting frame looks like none',
    hurts: true,
    neighbours: [],
    apply: (bench) => misread(bench, 'EPKTCNT', (value) => value & ~1),
  },
  {
    name: 'txif-never-set',
    layer: 'chip',
    side: 'chip',
    title: 'EIR.TXIF is never seen: transmissions end without saying so',
    hurts: true,
    neighbours: [],
    apply: (bench) => misread(bench, 'EIR', (value) => value & ~TXIF),
  },
  {
    name: 'dmaif-never-set',
    layer: 'chip',
    side: 'chip',
    title: 'EIR.DMAIF is never seen',
    hurts: false,
    neighbours: [],
    apply: (bench) => misread(bench, 'EIR', (value) => value & ~DMAIF),
  },
  {
    name: 'padding-bits-stuck',
    layer: 'chip',
    side: 'chip',
    title: 'MACON3.PADCFG is stuck at 0: short frames leave without padding',
    hurts: true,
    neighbours: [],
    apply: (bench) => stickBits(bench, 'MACON3', 0xe0, false),
  },
  {
    name: 'own-address-bit-stuck',
    layer: 'chip',
    side: 'chip',
    title: 'bit 2 of MAADR5 is stuck, at what the station address has not: frames to this station do not match',
    hurts: true,
    neighbours: [],
    apply: (bench) => {
      const own = Number.parseInt(bench.board.definition.network.station.split(':')[4], 16)
      stickBits(bench, 'MAADR5', 0x04, (own & 0x04) === 0)
    },
  },
  {
    name: 'filters-forgotten',
    layer: 'chip',
    side: 'chip',
    title: 'ERXFCON loses its unicast bit with each 40th frame that is stored',
    hurts: true,
    neighbours: [],
    apply: (bench) => {
      const inside = insideOf(bench)
      const forgets = everyNth(40)
      onStored(bench, () => {
        if (forgets()) inside.poke('ERXFCON', inside.peek('ERXFCON') & ~0x80)
      })
    },
  },
  {
    name: 'memory-decays',
    layer: 'chip',
    side: 'chip',
    title: 'cells of the buffer memory leak: one in 8192 falls to 0 every millisecond, anywhere',
    hurts: true,
    neighbours: ['buffer-memory-bad', 'memory-data-line'],
    apply: (bench, random) => {
      const inside = insideOf(bench)
      repeat(bench, MILLISECOND, () => {
        if (bench.board.chip.powered) inside.pokeMemory(random.below(8192), (octet) => octet & ~(1 << random.below(8)))
      })
    },
  },
  {
    name: 'dma-carry-lost',
    layer: 'chip',
    side: 'chip',
    title: 'the adder of the DMA loses its last carry: checksums that need it are one off',
    hurts: false,
    neighbours: [],
    apply: (bench) => misread(bench, 'EDMACSL', (value) => (value + 1) & 0xff),
  },
  {
    name: 'chip-restarts-when-hot',
    layer: 'chip',
    side: 'chip',
    title: 'the chip is too hot: every 2.2 s it resets itself',
    hurts: true,
    neighbours: ['chip-brown-out', 'reset-glitch'],
    apply: (bench) => {
      repeat(bench, 2.2 * SECOND, () => pulseReset(bench))
    },
  },
  {
    name: 'clock-flag-late',
    layer: 'chip',
    side: 'chip',
    title: 'the oscillator takes 40 ms to settle: ESTAT.CLKRDY reads 0 so long after power-up, reset and sleep',
    hurts: true,
    neighbours: ['crystal-missing', 'crystal-off', 'vcap-missing'],
    apply: (bench) => {
      const { lab } = bench
      let settledAt = 40 * MILLISECOND
      atChipPins(bench, (sound) => (write, read) => {
        const instruction = decode(write, sound)
        if (write[0] === OPCODE.SRC) settledAt = lab.now + 40 * MILLISECOND
        // Waking: PWRSV falls.
        if (isAbout(instruction, 'ECON2') && instruction.opcode === OPCODE.BFC) settledAt = lab.now + 40 * MILLISECOND
        const reply = sound(write, read)
        if (instruction.opcode === OPCODE.RCR && isAbout(instruction, 'ESTAT') && lab.now < settledAt)
          reply[reply.length - 1] &= ~1
        return reply
      })
    },
  },
  {
    name: 'revision-nobody-made',
    layer: 'chip',
    side: 'chip',
    title: 'a copy of the chip: EREVID is 03h',
    hurts: true,
    neighbours: [],
    apply: (bench) => misread(bench, 'EREVID', () => 0x03),
  },
  {
    name: 'end-pointer-bit-stuck',
    layer: 'chip',
    side: 'chip',
    title: 'bit 3 of ETXNDL is stuck at 1: some frames leave with octets behind them that nobody sent',
    hurts: false,
    neighbours: [],
    apply: (bench) => stickBits(bench, 'ETXNDL', 0x08, true),
  },
  {
    name: 'bank-change-lost',
    layer: 'chip',
    side: 'chip',
    title: 'one bank change in 150 does not take',
    hurts: true,
    neighbours: ['spi-noise'],
    apply: (bench, random) =>
      atChipPins(bench, (sound) => (write, read) => {
        const { opcode, place } = decode(write, sound)
        const bank = place === 0x1f && (opcode === OPCODE.BFS || opcode === OPCODE.BFC) && (write[1] & ~3) === 0
        return bank && random.below(150) === 0 ? new Uint8Array(read) : sound(write, read)
      }),
  },
  {
    name: 'self-test-logic-broken',
    layer: 'chip',
    side: 'chip',
    title: 'the self-test adds up wrong: memory is sound and EBSTCS says it is not',
    hurts: false,
    neighbours: ['buffer-memory-bad'],
    apply: (bench) => misread(bench, 'EBSTCSL', (value) => value ^ 0x40),
  },
  {
    name: 'transmit-request-lost',
    layer: 'chip',
    side: 'chip',
    title: 'each 25th TXRTS starts nothing and stays set',
    hurts: true,
    neighbours: [],
    apply: (bench) => {
      const lost = everyNth(25)
      let pending = false
      atChipPins(bench, (sound) => (write, read) => {
        const instruction = decode(write, sound)
        const { opcode } = instruction
        const about = isAbout(instruction, 'ECON1')
        if (about && (opcode === OPCODE.BFC || opcode === OPCODE.WCR)) pending = false
        if (about && opcode === OPCODE.BFS && (write[1] & TXRTS) !== 0 && lost()) {
          pending = true
          return new Uint8Array(read)
        }
        const reply = sound(write, read)
        if (about && opcode === OPCODE.RCR && pending) reply[reply.length - 1] |= TXRTS
        return reply
      })
    },
  },
  {
    name: 'transmitter-hangs',
    layer: 'chip',
    side: 'chip',
    title: 'after each 60 transmissions nothing starts any more until TXRST',
    hurts: true,
    neighbours: [],
    apply: (bench) => {
      let requests = 0
      atChipPins(bench, (sound) => (write, read) => {
        const instruction = decode(write, sound)
        const sets = isAbout(instruction, 'ECON1') && instruction.opcode === OPCODE.BFS ? write[1] : 0
        if (write[0] === OPCODE.SRC || ((sets & TXRST) !== 0 && requests > 60)) requests = 0
        if ((sets & TXRTS) !== 0 && ++requests > 60) return new Uint8Array(read)
        return sound(write, read)
      })
    },
  },
  {
    name: 'phy-decoder-weak',
    layer: 'chip',
    side: 'chip',
    title: 'the decoder of MIREGADR takes 03h for 02h: PHID2 is read as PHID1',
    hurts: true,
    neighbours: [],
    apply: (bench) =>
      atChipPins(bench, (sound) => (write, read) => {
        const instruction = decode(write, sound)
        const chosen = instruction.opcode === OPCODE.WCR && isAbout(instruction, 'MIREGADR')
        return sound(
          chosen ? Uint8Array.of(write[0], write[1] === PHY_REGISTERS.PHID2.address ? write[1] - 1 : write[1]) : write,
          read,
        )
      }),
  },
  {
    name: 'interrupts-switch-off',
    layer: 'chip',
    side: 'chip',
    title: 'EIE.INTIE falls by itself with each 30th frame that is stored',
    hurts: true,
    neighbours: ['int-open', 'int-stuck-high'],
    apply: (bench) => {
      const inside = insideOf(bench)
      const falls = everyNth(30)
      onStored(bench, () => {
        if (falls()) inside.poke('EIE', inside.peek('EIE') & ~INTIE)
      })
    },
  },
]
