import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { type Build, build, compile } from '../../test/avr/assembler.js'
import { findBoard } from '../catalogue/catalogue.js'
import { SpiFlash } from '../chips/spi-flash.js'
import { createBareLab } from '../lab.js'
import { AvrBoard } from './avr-board.js'

const sketch = (name: string, ...flags: string[]) =>
  build([fileURLToPath(new URL(`../../test/avr/sketches/${name}.c`, import.meta.url))], flags)

const pins = { cs: 10, int: 2, reset: undefined }

function boardWith({ image, symbols }: { image: Build['image']; symbols?: Build['image']['symbols'] }) {
  const lab = createBareLab({ seed: 3 })
  const board = new AvrBoard({
    clock: lab.clock,
    random: lab.random.fork('avr'),
    definition: findBoard('uno'),
    image,
    pins,
    errata: {},
  })
  const seen = (length: number) => {
    const address = (symbols ?? image.symbols).get('seen')!
    return Array.from(board.mcu.cpu.data.subarray(address, address + length))
  }
  const ids = () => board.chip.findings.map(({ id }) => id)
  return { lab, board, seen, ids }
}

/** CS PB2, MOSI PB3, MISO PB4, SCK PB5; waits for the oscillator's 300 us. */
const PRELUDE = `
  #include <avr/io.h>
  #include <avr/interrupt.h>
  #include <util/delay.h>
  #include <stdint.h>
  volatile uint8_t seen[16];
  #define CS 4
  #define MOSI 8
  #define MISO 16
  #define SCK 32
  static void begin(void) { PORTB = CS; DDRB = CS | MOSI | SCK; _delay_ms(2); }
  static uint8_t bang(uint8_t octet) {
    uint8_t answer = 0;
    for (uint8_t bit = 0x80; bit; bit >>= 1) {
      if (octet & bit) PORTB |= MOSI; else PORTB &= ~MOSI;
      PORTB |= SCK;
      if (PINB & MISO) answer |= bit;
      PORTB &= ~SCK;
    }
    return answer;
  }
  static uint8_t shift(uint8_t octet) {
    SPDR = octet;
    while (!(SPSR & 0x80));
    return SPDR;
  }
`

/** Runs a program whose end is an endless loop. */
function ran(program: string, prepare?: (board: AvrBoard) => void) {
  const bench = boardWith(compile(PRELUDE + program))
  prepare?.(bench.board)
  bench.board.powerOn()
  bench.lab.runFor(SECOND / 4)
  return bench
}

describe('SPI by port writes, edge by edge', () => {
  it('reads ESTAT in twelve lines of C as the peripheral does: CLKRDY', () => {
    const { seen, ids } = ran(`int main(void) {
      begin();
      PORTB &= ~CS; bang(0x1d); seen[0] = bang(0); PORTB |= CS;
      SPCR = 0x50;
      PORTB &= ~CS; shift(0x1d); seen[1] = shift(0); PORTB |= CS;
      for (;;); }`)
    expect(seen(2)).toEqual([0x01, 0x01])
    expect(ids()).toEqual([])
  })

  /** ECON1 BSEL 3, then EREVID: 06h is revision B7 (DS39662 3.1.4 and errata). */
  const REVISION = `
    PORTB &= ~CS; octet(0x9f); octet(3); PORTB |= CS;
    PORTB &= ~CS; octet(0x12); seen[0] = octet(0); PORTB |= CS; for (;;);`

  it.each([
    [
      'whole port writes (OUT)',
      `static uint8_t octet(uint8_t out) {
        uint8_t in = 0;
        for (uint8_t i = 0; i < 8; i++, out <<= 1) {
          uint8_t level = out & 0x80 ? MOSI : 0;
          PORTB = level; PORTB = level | SCK; in = in << 1 | (PINB >> 4 & 1); PORTB = level;
        }
        return in;
      }`,
    ],
    [
      'toggling by PINB',
      `static uint8_t octet(uint8_t out) {
        uint8_t in = 0;
        for (uint8_t i = 0; i < 8; i++, out <<= 1) {
          if ((out & 0x80 ? MOSI : 0) != (PORTB & MOSI)) PINB = MOSI;
          PINB = SCK; in = in << 1 | (PINB >> 4 & 1); PINB |= SCK;
        }
        return in;
      }`,
    ],
    [
      'a timer interrupt that makes one edge each',
      `static volatile uint8_t out, in, edges;
      ISR(TIMER0_COMPA_vect) {
        if (edges == 0) return;
        if (edges & 1) { PORTB &= ~SCK; out <<= 1; }
        else {
          if (out & 0x80) PORTB |= MOSI; else PORTB &= ~MOSI;
          PORTB |= SCK;
          in = in << 1 | (PINB >> 4 & 1);
        }
        edges--;
      }
      static uint8_t octet(uint8_t octet) {
        TCCR0A = 2; TCCR0B = 1; OCR0A = 200; TIMSK0 = 2;
        cli(); out = octet; edges = 16; sei();
        while (edges);
        return in;
      }`,
    ],
    [
      'directions: a pin with a pull-up and a pull-down of the program’s own',
      `static uint8_t octet(uint8_t out) {
        uint8_t in = 0;
        for (uint8_t i = 0; i < 8; i++, out <<= 1) {
          if (out & 0x80) { DDRB &= ~MOSI; PORTB |= MOSI; } else { PORTB &= ~MOSI; DDRB |= MOSI; }
          PORTB |= SCK; in = in << 1 | (PINB >> 4 & 1); PORTB &= ~SCK;
        }
        return in;
      }`,
    ],
  ])('hears %s', (_means, octet) => {
    const { seen, ids } = ran(`${octet} int main(void) { begin(); ${REVISION} }`)
    expect(seen(1)).toEqual([0x06])
    expect(ids()).toEqual([])
  })

  it('clocks each edge at the instant of its instruction: SBI and CBI, two cycles each', () => {
    const edges: number[] = []
    const bench = boardWith(
      compile(
        `${PRELUDE} int main(void) { begin(); PORTB &= ~CS; PORTB |= SCK; PORTB &= ~SCK; PORTB |= SCK; for (;;); }`,
      ),
    )
    bench.board.chip.observePins({ edge: (pin) => pin === 'SCK' && edges.push(bench.lab.now) })
    bench.board.powerOn()
    bench.lab.runFor(SECOND / 4)
    expect(edges.map((at) => at - edges[0])).toEqual([0, 125, 250])
  })

  it('goes on where the peripheral left off, and the other way, within one chip select', () => {
    const { seen, ids } = ran(`
      static void read(uint8_t at, uint8_t mask) {
        PORTB &= ~CS; bang(0x40); bang(0); PORTB |= CS;      // ERDPT 0000h
        PORTB &= ~CS; bang(0x41); bang(0); PORTB |= CS;
        PORTB &= ~CS;
        for (uint8_t i = 0; i < 6; i++) {
          uint8_t out = i == 0 ? 0x3a : 0;                   // RBM
          uint8_t in;
          if (mask >> i & 1) { SPCR = 0x50; in = shift(out); SPCR = 0; } else in = bang(out);
          if (i) seen[at + i - 1] = in;
        }
        PORTB |= CS;
      }
      int main(void) {
        begin();
        PORTB &= ~CS; bang(0x42); bang(0); PORTB |= CS;      // EWRPT 0000h
        PORTB &= ~CS; bang(0x43); bang(0); PORTB |= CS;
        SPCR = 0x50; PORTB &= ~CS; shift(0x7a); shift(0x11); shift(0xa5); SPCR = 0;
        bang(0x96); bang(0x3c); SPCR = 0x50; shift(0xe7); PORTB |= CS; SPCR = 0;
        read(0, 0x2a); read(5, 0x15); for (;;); }`)
    expect(seen(10)).toEqual([0x11, 0xa5, 0x96, 0x3c, 0xe7, 0x11, 0xa5, 0x96, 0x3c, 0xe7])
    expect(ids()).toEqual([])
  })

  it('keeps the bits in order when the peripheral comes in the midst of an octet', () => {
    // WCR ERDPTL, A5h: three bits by hand, eight by the peripheral, five by hand
    const { board, ids } = ran(`
      static void bits(uint8_t octet, uint8_t count) {
        for (; count; count--, octet <<= 1) {
          if (octet & 0x80) PORTB |= MOSI; else PORTB &= ~MOSI;
          PORTB |= SCK; PORTB &= ~SCK;
        }
      }
      int main(void) {
        begin();
        PORTB &= ~CS; bits(0x40, 3); SPCR = 0x50; shift(0x05); SPCR = 0; bits(0x28, 5); PORTB |= CS; for (;;); }`)
    expect(board.chip.inspect().registers[0]).toBe(0xa5)
    expect(ids()).toEqual([])
  })

  it('listens to no pin while the peripheral drives them', () => {
    const { board } = ran('int main(void) { begin(); SPCR = 0x50; for (;;); }')
    expect(board.mcu.port('B').listened & 0x28).toBe(0)
    const { board: other } = ran('int main(void) { begin(); SPCR = 0x50; SPCR = 0; for (;;); }')
    expect(other.mcu.port('B').listened & 0x28).toBe(0x28)
  })
})

describe('what the chip finds at its pins', () => {
  it.each([
    ['sck-not-idle-low', 'PORTB |= SCK; PORTB &= ~CS; PORTB |= CS;'],
    ['sck-not-idle-low', 'SPCR = 0x5c; PORTB &= ~CS; PORTB |= CS;'], // the peripheral in mode 3
    ['incomplete-octet', 'PORTB &= ~CS; PORTB |= SCK; PORTB &= ~SCK; PORTB |= CS;'],
    // one OUT moves several pins at once
    ['cs-setup-too-short', 'PORTB = SCK; PORTB = 0; bang(0x1d); bang(0); PORTB |= CS;'],
    [
      'si-setup-too-short',
      'PORTB &= ~CS; for (uint8_t i = 0; i < 8; i++) { PORTB = SCK | MOSI; PORTB = 0; } PORTB |= CS;',
    ],
    ['invalid-instruction', 'PORTB &= ~CS; bang(0xe0); PORTB |= CS;'],
    ['incomplete-instruction', 'PORTB &= ~CS; bang(0x40); PORTB |= CS;'],
  ])('%s', (id, program) => {
    const { ids } = ran(`int main(void) { begin(); ${program} for (;;); }`)
    expect(ids()).toContain(id)
  })

  it('a bit-banged driver brings up the same board as one on the peripheral, answers ping, and is found nothing', () => {
    const upAndEchoes = (...flags: string[]) => {
      const { lab, board } = boardWith(sketch('ping', ...flags))
      const peer = lab.addHost({ address: '192.168.7.1/24' })
      lab.connect(board.port, peer.port)
      let text = ''
      board.serial.setBaud(115_200)
      board.serial.handleOctets = (octets) => {
        text += String.fromCharCode(...octets)
      }
      board.powerOn()
      lab.runFor(SECOND / 2)
      const answers: boolean[] = []
      for (let sequence = 1; sequence <= 3; sequence++) {
        peer.network.ping('192.168.7.2', { size: 56, sequence }, ({ ok }) => answers.push(ok))
        lab.runFor(SECOND / 20)
      }
      const { registers, phy } = board.chip.inspect()
      return { text, answers, findings: board.chip.findings, counters: board.chip.counters, registers, phy }
    }
    const byHand = upAndEchoes('-DBIT_BANG')
    expect(byHand.answers).toEqual([true, true, true])
    expect(byHand.findings).toEqual([])
    expect(byHand).toEqual(upAndEchoes())
  })

  it('one that misuses the chip is found the same', () => {
    const found = (...flags: string[]) => {
      const { lab, board } = boardWith(sketch('misuse', ...flags))
      board.powerOn()
      lab.runFor(200 * MILLISECOND)
      return board.chip.findings.map(({ id, octets }) => [id, ...octets]).slice(0, 5)
    }
    const byHand = found('-DBIT_BANG')
    expect(byHand).toHaveLength(5)
    expect(byHand).toEqual(found())
  })
})

describe('wires and other chips', () => {
  const ESTAT =
    'int main(void) { begin(); PORTB &= ~CS; seen[0] = bang(0x1d); seen[1] = bang(0x55); PORTB |= CS; for (;;); }'

  it.each([
    ['sound: MISO has a pull-up until the chip drives it', {}, [0xff, 0x01]],
    ['MISO open', { misoOpen: true }, [0xff, 0xff]],
    ['MISO open beside MOSI on a ribbon', { misoOpen: true, floating: 'echo' }, [0x1d, 0x55]],
    ['MISO open and pulled down', { misoOpen: true, floating: 'low' }, [0x00, 0x00]],
    ['CS stuck high', { csStuckHigh: true }, [0xff, 0xff]],
    ['MOSI and MISO exchanged', { mosiMisoSwapped: true }, [0xff, 0xff]],
  ] as const)('%s', (_what, broken, expected) => {
    const { seen } = ran(ESTAT, ({ wires }) => Object.assign(wires, broken))
    expect(seen(2)).toEqual(expected)
  })

  it('every bit disturbed, each way: the chip takes the complement of an instruction, and the complement comes back', () => {
    const { seen } = ran(
      'int main(void) { begin(); PORTB &= ~CS; bang(0xe2); seen[0] = bang(0); PORTB |= CS; for (;;); }',
      ({ wires }) => {
        wires.bitErrorRate = 1
      },
    )
    expect(seen(1)).toEqual([0xfe])
  })

  it('CS stuck low makes one endless instruction of all that is clocked', () => {
    const { seen } = ran(
      `int main(void) { begin(); PORTB &= ~CS; bang(0x1d); seen[0] = bang(0); PORTB |= CS;
        PORTB &= ~CS; bang(0x1f); seen[1] = bang(0); PORTB |= CS; for (;;); }`,
      ({ wires }) => {
        wires.csStuckLow = true
      },
    )
    expect(seen(2)).toEqual([0x01, 0x01])
  })

  it.each([
    ['the peripheral', 'SPCR = 0x50;', 'shift'],
    ['hand', '', 'bang'],
  ])(
    'a chip that lost its supply while selected answers when it is selected again, by %s',
    (_means, prepare, octet) => {
      const { seen } = ran(
        `int main(void) {
        begin(); ${prepare}
        PORTB &= ~CS; ${octet}(0x3a); _delay_ms(20); seen[0] = ${octet}(0); PORTB |= CS;
        PORTB &= ~CS; ${octet}(0x1d); seen[1] = ${octet}(0); PORTB |= CS; for (;;); }`,
        (board) => {
          board.mcu.pin('B', 2).onEdge((high) => {
            if (!high) board.mcu.core.clock.after(5 * MILLISECOND, () => board.sagChipSupply(5 * MILLISECOND))
          })
        },
      )
      expect(seen(2)).toEqual([0xff, 0x01])
    },
  )

  it('an SPI flash in the chip’s place answers JEDEC ID and reads back a page, by hand and by the peripheral alike', () => {
    const { seen } = ran(
      `int main(void) {
        begin();
        PORTB &= ~CS; bang(0x9f); for (uint8_t i = 0; i < 3; i++) seen[i] = bang(0); PORTB |= CS;
        PORTB &= ~CS; bang(0x06); PORTB |= CS;
        PORTB &= ~CS; bang(0x02); bang(0); bang(1); bang(0); bang(0x5a); bang(0xc3); PORTB |= CS;
        _delay_ms(5);
        PORTB &= ~CS; bang(0x03); SPCR = 0x50; shift(0); shift(1); SPCR = 0; bang(0); seen[3] = bang(0);
        SPCR = 0x50; seen[4] = shift(0); PORTB |= CS; for (;;); }`,
      (board) => board.replaceChip(new SpiFlash(board.mcu.core.clock)),
    )
    expect(seen(5)).toEqual([0xef, 0x30, 0x11, 0x5a, 0xc3])
  })
})
