import { describe, expect, it } from 'vitest'
import { LINE_BIT_8, LINE_FRAMING_ERROR, LINE_PARITY_ERROR } from '../../firmware/hal/serial-line.js'
import { assemble, compile } from '../../test/avr/assembler.js'
import { chipBench, RecordingLine } from '../../test/avr/bench.js'
import { parseFraming } from '../rs232/framing.js'
import { UartLine } from '../rs232/uart-line.js'
import { SeededRandom } from '../simulation/random.js'

/** 1 Mbaud: U2X, UBRR 1 (table 20-6: 16 MHz). A frame of 10 bits takes 10 us. */
const SETUP = `
  #include <avr/io.h>
  #include <avr/interrupt.h>
  #include <stdint.h>
  volatile uint8_t status[16], data[16], count;
  static void usart(uint8_t b) { UCSR0A = 1 << U2X0; UBRR0 = 1; UCSR0B = b; }
`
const FE = 0x10
const DOR = 0x08
const UPE = 0x04

function usartBench(program: string) {
  const built = compile(SETUP + program)
  const bench = chipBench(built.image)
  const line = new RecordingLine(bench.clock)
  bench.mcu.usart.line = line
  const at = (name: string, length: number) => {
    const address = built.image.symbols.get(name)!
    return Array.from(bench.mcu.cpu.data.subarray(address, address + length))
  }
  return { ...bench, line, at }
}

/** Reads everything the receiver holds when PD7 is high, with the status before each octet. */
const READER = `
  int main(void) {
    usart(1 << RXEN0);
    for (;;) {
      if (!(PIND & 0x80)) continue;
      while (UCSR0A & (1 << RXC0)) { status[count] = UCSR0A; data[count] = UDR0; count++; }
    }
  }`

describe('the USART receiver (DS40002061B 20.8)', () => {
  it('holds two frames and a third in the shift register; a fourth start bit costs the third and sets DOR', () => {
    const { clock, line, mcu, runTo, at } = usartBench(READER)
    runTo(1_000_000)
    for (let i = 1; i <= 5; i++) clock.after(i * 10_000, () => line.deliver(0x10 + i))
    clock.runFor(100_000)
    mcu.pin('D', 7).drive(true)
    clock.runFor(100_000)
    // 1 and 2 in the buffer; 3 and then 4 were overwritten in the shift register; DOR comes with what follows the loss
    expect(at('count', 1)).toEqual([3])
    expect(at('data', 3)).toEqual([0x11, 0x12, 0x15])
    expect(at('status', 3).map((s) => s & (FE | DOR | UPE))).toEqual([0, 0, DOR])
    expect(mcu.usart.dropped.count('overrun')).toBe(2)
  })

  it('keeps three frames without loss when no further start bit comes', () => {
    const { clock, line, mcu, runTo, at } = usartBench(READER)
    runTo(1_000_000)
    for (let i = 1; i <= 3; i++) clock.after(i * 10_000, () => line.deliver(i))
    clock.runFor(100_000)
    mcu.pin('D', 7).drive(true)
    clock.runFor(100_000)
    expect(at('data', 3)).toEqual([1, 2, 3])
    expect(mcu.usart.dropped.total).toBe(0)
  })

  it('shows FE and UPE beside the frame they belong to (20.8.4, 20.8.5)', () => {
    const { clock, line, mcu, runTo, at } = usartBench(
      READER.replace('usart(1 << RXEN0);', 'UCSR0C = 0x26; usart(1 << RXEN0);'),
    )
    runTo(1_000_000)
    clock.after(11_000, () => line.deliver(0x41, LINE_FRAMING_ERROR))
    clock.after(22_000, () => line.deliver(0x42, LINE_PARITY_ERROR))
    clock.runFor(100_000)
    mcu.pin('D', 7).drive(true)
    clock.runFor(100_000)
    expect(at('status', 2).map((s) => s & (FE | DOR | UPE))).toEqual([FE, UPE])
  })

  it('keeps RXC when UCSR0B is rewritten with RXEN set, and flushes when RXEN goes to 0 (20.8.6)', () => {
    const { clock, line, mcu, runTo, at } = usartBench(`
      int main(void) {
        usart(1 << RXEN0);
        while (!(PIND & 0x80));
        UCSR0B |= 1 << UDRIE0; UCSR0B &= ~(1 << UDRIE0);
        status[0] = UCSR0A;
        UCSR0B = 0; UCSR0B = 1 << RXEN0;
        status[1] = UCSR0A;
        for (;;);
      }`)
    runTo(1_000_000)
    clock.after(10_000, () => line.deliver(0x55))
    clock.runFor(50_000)
    mcu.pin('D', 7).drive(true)
    clock.runFor(50_000)
    expect(at('status', 2).map((s) => s & 0x80)).toEqual([0x80, 0])
  })

  it('loses nothing at 1 Mbaud when the interrupt reads each frame', () => {
    const { clock, line, mcu, runTo, at } = usartBench(`
      volatile uint16_t sum;
      ISR(USART_RX_vect) { if (UCSR0A & (1 << DOR0)) status[0]++; sum += UDR0; count++; }
      int main(void) { usart((1 << RXEN0) | (1 << RXCIE0)); sei(); for (;;); }`)
    runTo(1_000_000)
    let sent = 0
    const next = () => {
      line.deliver(sent & 0xff)
      if (++sent < 200) clock.after(10_000, next)
    }
    clock.after(10_000, next)
    clock.runFor(3_000_000)
    expect(at('count', 1)).toEqual([200])
    expect(at('sum', 2)).toEqual([19_900 & 0xff, 19_900 >> 8])
    expect(mcu.usart.dropped.total + at('status', 1)[0]).toBe(0)
  })

  it('counts what arrives while the receiver is off', () => {
    const { mcu, line, runTo } = usartBench('int main(void) { for (;;); }')
    runTo(1_000_000)
    line.deliver(1)
    expect(mcu.usart.dropped.count('receiver-off')).toBe(1)
  })
})

describe('the USART transmitter (DS40002061B 20.7)', () => {
  it('sends frames back to back from UDR0 and the shift register, and sets TXC after the last (20.7.3)', () => {
    const { clock, line, runTo, at } = usartBench(`
      int main(void) {
        usart(1 << TXEN0);
        UCSR0A |= 1 << TXC0;
        for (uint8_t i = 0; i < 5; i++) { while (!(UCSR0A & (1 << UDRE0))); UDR0 = 0xa0 + i; }
        status[0] = UCSR0A;
        while (!(UCSR0A & (1 << TXC0)));
        PORTB = 1; DDRB = 1;
        for (;;);
      }`)
    runTo(1_000_000)
    expect(line.baud).toBe(1_000_000)
    expect(line.sent.map(({ octet }) => octet)).toEqual([0xa0, 0xa1, 0xa2, 0xa3, 0xa4])
    for (let i = 1; i < 5; i++) expect(line.sent[i].at - line.sent[i - 1].at).toBe(10_000)
    expect(at('status', 1)[0] & 0x40).toBe(0)
    expect(clock.now).toBeGreaterThan(0)
  })

  it.each([
    [0, 207, 4_808],
    [1, 207, 9_615],
    [0, 8, 111_111],
    [1, 16, 117_647],
    [0, 0, 1_000_000],
    [1, 0, 2_000_000],
  ])('U2X %i and UBRR %i make %i baud at 16 MHz (table 20-1)', (u2x, ubrr, baud) => {
    const { line, runTo } = usartBench(`int main(void) { UCSR0A = ${u2x} << U2X0; UBRR0 = ${ubrr}; for (;;); }`)
    runTo(100_000)
    expect(Math.round(line.baud)).toBe(baud)
  })

  it('draws the frame on TXD for whoever listens: start bit, eight data bits from the lowest, stop bit (20.4)', () => {
    const { clock, mcu, runTo } = usartBench('int main(void) { usart(1 << TXEN0); UDR0 = 0x4d; for (;;); }')
    const edges: [number, boolean][] = []
    mcu.pin('D', 1).onEdge((high) => edges.push([clock.now, high]))
    runTo(100_000)
    const start = edges[1][0]
    // 0x4d = 0b01001101, lowest bit first: 1 0 1 1 0 0 1 0
    expect(edges.slice(1).map(([at, high]) => [(at - start) / 1_000, high])).toEqual([
      [0, false],
      [1, true],
      [2, false],
      [3, true],
      [5, false],
      [7, true],
      [8, false],
      [9, true],
    ])
  })

  it('takes nothing while the transmitter is off', () => {
    const { line, runTo } = usartBench('int main(void) { usart(0); UDR0 = 1; for (;;); }')
    runTo(100_000)
    expect(line.sent).toEqual([])
  })
})

describe('the USART in assembler', () => {
  it('sends from the first instructions', () => {
    const bench = chipBench(
      assemble(`
        ldi r16, 0x02
        sts UCSR0A, r16
        ldi r16, 8
        sts UCSR0B, r16
        ldi r16, 'A'
        sts UDR0, r16
      stop: rjmp stop`),
    )
    const line = new RecordingLine(bench.clock)
    bench.mcu.usart.line = line
    bench.runTo(10_000)
    expect(line.sent.map(({ octet }) => octet)).toEqual([0x41])
  })
})

describe('the framing of the USART (DS40002061B 20.4, tables 20-9 to 20-11)', () => {
  it.each([
    ['8N1', 'UCSR0C = 0x06;', '0'],
    ['7E2', 'UCSR0C = 0x2c;', '0'],
    ['5O1', 'UCSR0C = 0x30;', '0'],
    ['9N1', 'UCSR0C = 0x06;', '1 << UCSZ02'],
  ])('is the line’s: %s', (name, setting, more) => {
    const built = compile(`${SETUP}
      int main(void) {
        usart((1 << RXEN0) | (1 << TXEN0) | (${more}));
        ${setting}
        for (;;) {
          while (!(UCSR0A & (1 << RXC0)));
          uint8_t ninth = UCSR0B & (1 << RXB80);
          uint8_t octet = UDR0;
          if (ninth) UCSR0B |= 1 << TXB80; else UCSR0B &= ~(1 << TXB80);
          UDR0 = octet;
        }
      }`)
    const { clock, mcu, runTo } = chipBench(built.image)
    const line = new UartLine({ clock, random: new SeededRandom(1), baud: 1_000_000, granularity: 1 })
    mcu.usart.line = line.b
    const framing = parseFraming(name)
    line.a.setFraming(framing)
    const got: number[] = []
    let wrong = 0
    line.a.handleOctets = (octets, errors) => {
      for (const [i, octet] of octets.entries()) {
        const flags = errors?.[i] ?? 0
        got.push(octet | (flags & LINE_BIT_8 ? 0x100 : 0))
        if (flags & ~LINE_BIT_8) wrong++
      }
    }
    runTo(1_000_000)
    expect(line.b.framing).toEqual(framing)
    const sent = [0x15, 0x00, (1 << framing.dataBits) - 1, 0x0a]
    for (const character of sent) {
      line.a.writeCharacters(Uint16Array.of(character))
      clock.runFor(100_000)
    }
    expect(got).toEqual(sent)
    expect(wrong).toBe(0)
  })
})
