/** Each part as avr-libc has it: where its registers are, its vectors, its memories. avr-libc is from the vendor's own part files. */
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { AvrPart } from '../../boards/avr/part.js'
import { ATMEGA328P } from '../../boards/avr/parts/atmega328p.js'
import { ATMEGA2560 } from '../../boards/avr/parts/atmega2560.js'

/** What avr/io.h defines for a part. */
function headers(part: string): ReadonlyMap<string, string> {
  const text = execFileSync('avr-gcc', [`-mmcu=${part}`, '-E', '-dM', '-'], {
    input: '#include <avr/io.h>\n',
    encoding: 'utf8',
  })
  return new Map([...text.matchAll(/^#define (\w+) (.*)$/gm)].map(([, name, value]) => [name, value.trim()]))
}

describe.each([
  ['atmega328p', ATMEGA328P],
  ['atmega2560', ATMEGA2560],
] as const)('%s', (name, part: AvrPart) => {
  const defined = headers(name)
  const value = (symbol: string): string => {
    const text = defined.get(symbol)
    if (text === undefined) throw new Error(`avr-libc has no ${symbol} for the ${name}`)
    return defined.has(text) ? value(text) : text
  }
  const number = (symbol: string): number => Number(/^\(?(0x[0-9a-f]+|\d+)\)?$/i.exec(value(symbol))?.[1])
  /** Data address of a register: those of the I/O space are 0x20 higher there. */
  const register = (symbol: string): number => {
    const [, kind, address] = /^_SFR_(IO|MEM)(?:8|16)\s*\((0x[0-9a-f]+)\)$/i.exec(value(symbol)) ?? []
    return Number(address) + (kind === 'IO' ? 0x20 : 0)
  }
  /** Word address of a vector, which has two words. */
  const vector = (symbol: string): number => 2 * Number(/^_VECTOR\((\d+)\)$/.exec(value(symbol))?.[1])
  const single = part.usarts.length === 1
  const mask = (symbol: string): number => 1 << number(symbol)

  it('has its memories', () => {
    expect(2 * part.flashWords - 1).toBe(number('FLASHEND'))
    expect(part.ramEnd).toBe(number('RAMEND'))
    expect(part.ramStart).toBe(number('RAMSTART'))
    expect(part.eeprom.octets - 1).toBe(number('E2END'))
    expect(part.selfProgramming.pageOctets).toBe(number('SPM_PAGESIZE'))
    expect(part.selfProgramming.signature).toEqual([0, 1, 2].map((octet) => number(`SIGNATURE_${octet}`)))
    // `(26 * 4)` or `228`
    const size = [...value('_VECTORS_SIZE').matchAll(/\d+/g)].reduce((product, [factor]) => product * Number(factor), 1)
    expect(2 * part.vectorWords).toBe(size)
  })

  it('has its registers', () => {
    for (const [port, { PIN, mask: pins }] of Object.entries(part.ports)) {
      expect([PIN, PIN + 1, PIN + 2], port).toEqual(['PIN', 'DDR', 'PORT'].map((kind) => register(`${kind}${port}`)))
      for (let bit = 0; bit < 8; bit++)
        expect((pins >> bit) & 1, `P${port}${bit}`).toBe(defined.has(`P${port}${bit}`) ? 1 : 0)
    }
    const { externalInterrupts, pinChanges, spi, eeprom, watchdog, selfProgramming, system, adc, twi } = part
    const plain = { spi, eeprom, watchdog, selfProgramming, system, adc, twi, externalInterrupts, pinChanges }
    let compared = 0
    for (const config of Object.values(plain))
      for (const [symbol, address] of Object.entries(config)) {
        if (!/^[A-Z0-9]{4,}$/.test(symbol) || !defined.has(symbol) || symbol === 'MOSI' || symbol === 'MISO') continue
        expect(address, symbol).toBe(register(symbol))
        compared++
      }
    expect(compared).toBeGreaterThan(25)
    expect(externalInterrupts.EICR).toEqual(['EICRA', 'EICRB'].filter((symbol) => defined.has(symbol)).map(register))
    expect(pinChanges.groups.map(({ PCMSK }) => PCMSK)).toEqual([0, 1, 2].map((group) => register(`PCMSK${group}`)))
    for (const [n, timer] of part.timers.entries()) {
      expect(timer.OCR).toEqual(
        ['A', 'B', 'C'].slice(0, timer.OCR.length).map((channel) => register(`OCR${n}${channel}`)),
      )
      expect(defined.has(`OCR${n}C`)).toBe(timer.OCR.length === 3)
      for (const symbol of ['TCNT', 'TIMSK', 'TIFR'] as const)
        expect(timer[symbol], symbol + n).toBe(register(symbol + n))
      expect(timer.TCCRA).toBe(register(`TCCR${n}A`))
      if (timer.bits === 16) expect(timer.ICR).toBe(register(`ICR${n}`))
    }
    for (const [n, usart] of part.usarts.entries()) {
      const { UCSRA, UCSRB, UCSRC, UBRRL, UBRRH, UDR } = usart
      expect([UCSRA, UCSRB, UCSRC, UBRRL, UBRRH, UDR]).toEqual(
        [`UCSR${n}A`, `UCSR${n}B`, `UCSR${n}C`, `UBRR${n}L`, `UBRR${n}H`, `UDR${n}`].map(register),
      )
    }
  })

  it('has its vectors', () => {
    for (const [n, { vector: address }] of part.externalInterrupts.inputs.entries())
      expect(address).toBe(vector(`INT${n}_vect`))
    expect(defined.has(`INT${part.externalInterrupts.inputs.length}_vect`)).toBe(false)
    for (const [n, group] of part.pinChanges.groups.entries()) expect(group.vector).toBe(vector(`PCINT${n}_vect`))
    for (const [n, { vectors }] of part.timers.entries()) {
      expect(vectors.OVF).toBe(vector(`TIMER${n}_OVF_vect`))
      expect(vectors.COMP).toEqual(
        ['A', 'B', 'C'].slice(0, vectors.COMP.length).map((c) => vector(`TIMER${n}_COMP${c}_vect`)),
      )
      if (vectors.CAPT !== undefined) expect(vectors.CAPT).toBe(vector(`TIMER${n}_CAPT_vect`))
      expect(defined.has(`TIMER${n}_CAPT_vect`)).toBe(vectors.CAPT !== undefined)
    }
    for (const [n, { vectors }] of part.usarts.entries())
      for (const kind of ['RX', 'UDRE', 'TX'] as const)
        expect(vectors[kind]).toBe(vector(`USART${single ? '' : n}_${kind}_vect`))
    expect(part.spi.vector).toBe(vector('SPI_STC_vect'))
    expect(part.eeprom.vector).toBe(vector('EE_READY_vect'))
    expect(part.watchdog.vector).toBe(vector('WDT_vect'))
    expect(part.selfProgramming.vector).toBe(vector('SPM_READY_vect'))
    expect(part.adc.adcInterrupt).toBe(vector('ADC_vect'))
    expect(part.twi.twiInterrupt).toBe(vector('TWI_vect'))
  })

  it('has its SPI pins where the board support of the bridge has them', () => {
    // firmware/bridge/avr/board.h, which runs on real boards
    const wired = name === 'atmega328p' ? ['PB2', 'PB5', 'PB3', 'PB4'] : ['PB0', 'PB1', 'PB2', 'PB3']
    const { SS, SCK, MOSI, MISO } = part.spi
    expect([SS, SCK, MOSI, MISO]).toEqual(wired.map(mask))
  })
})
