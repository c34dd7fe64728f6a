import { describe, expect, it } from 'vitest'
import { ChipBench, frameTo, STATION } from '../../test/support/chip-bench.js'
import { InPieces } from './in-pieces.js'
import { SpiLog } from './spi-log.js'

/** What is logged of what is done, without the times. */
function logged(act: (on: ChipBench) => void, name?: string): string[] {
  const on = new ChipBench()
  on.bringUp()
  let text = ''
  const log = new SpiLog({
    clock: on.clock,
    chip: on.chip,
    write: (more) => (text += more),
    ...(name === undefined ? {} : { name }),
  })
  act(on)
  log.close()
  expect(text.endsWith('\n')).toBe(true)
  const lines = text.trimEnd().split('\n')
  for (const line of lines) expect(line).toMatch(/^ *\d+\.\d{6} ms {2}/)
  return lines.map((line) => line.replace(/^ *[\d.]+ ms {2}/, ''))
}

describe('a log of the SPI', () => {
  it('names the register of the bank, its value and its bits', () => {
    const lines = logged((on) => {
      on.bank(2)
      on.frame([0x42, 0x32]) // WCR 02h: MACON3
      on.frame([0x02], 2)
      on.frame([0x1d], 1)
      on.frame([0x9f, 0x04])
      on.frame([0xbf, 0x03])
      on.frame([0x42, 0x34]) // the same address in bank 0: EWRPTL
      on.frame([0x18], 1)
    })
    expect(lines).toEqual([
      'BFC  ECON1 &= ~03h (BSEL)',
      'BFS  ECON1 |= 02h (BSEL=10)',
      'WCR  MACON3 = 32h (PADCFG=001 TXCRCEN FRMLNEN)',
      'RCR  MACON3 = 32h (PADCFG=001 TXCRCEN FRMLNEN)',
      'RCR  ESTAT = 01h (CLKRDY)',
      'BFS  ECON1 |= 04h (RXEN)',
      'BFC  ECON1 &= ~03h (BSEL)',
      'WCR  EWRPTL = 34h',
      'RCR  18h of bank 0, where nothing is = 00h',
      '!    unimplemented-register: nothing is implemented at this address [DS39662 table 3-1]',
    ])
  })

  it('shows memory with its address, as it crossed, and says how much there was', () => {
    const lines = logged((on) => {
      on.partner.send(frameTo(STATION))
      on.memoryRead(0, 6)
      on.frame([0x3a], 200)
      on.memoryWrite(0x0c00, [0x00, 0xff, 0x01])
      on.frame([0x3a])
    })
    const [header, packet, sent, nothing] = lines.filter((line) => /^(RBM|WBM)/.test(line))
    // Next packet at 0046h, 64 octets with FCS, received well (DS39662 table 7-3).
    expect(header).toBe('RBM  0000h: 6 octets: 46 00 40 00 C0 00')
    expect(packet).toMatch(/^RBM {2}0006h: 200 octets: 00 04 A3 00 00 01 02 00 5E 10 00 09 08 00 ([0-9A-F]{2} ){50}…$/)
    expect(sent).toBe('WBM  0C00h: 3 octets: 00 FF 01')
    expect(nothing).toBe('RBM  00CEh: 0 octets')
  })

  it('says what a PHY register is written with', () => {
    const lines = logged((on) => [on.phyWrite(0x14, 0x3476), on.phyWrite(0x05, 0x1234)])
    expect(lines.filter((line) => line.startsWith('WCR  MIWRH'))).toEqual([
      'WCR  MIWRH = 34h: PHLCON = 3476h (LACFG=0100 LBCFG=0111 LFRQ=01 STRCH)',
      'WCR  MIWRH = 12h: PHY register 05h, where nothing is',
    ])
  })

  it('shows the pins between the instructions, and which chip it was', () => {
    const lines = logged((on) => {
      on.frame([0x9b, 0xc0])
      on.partner.send(frameTo(STATION))
      on.frame([0xff])
      on.chip.setResetPin(false)
      on.run(1000)
      on.chip.setResetPin(true)
    }, 'left')
    expect(lines).toEqual(
      ['BFS  EIE |= C0h (INTIE PKTIE)', 'INT  low', 'SRC', 'INT  high', 'RESET low', 'RESET high'].map(
        (line) => `left  ${line}`,
      ),
    )
  })

  it('shows what is no instruction, one without its octet, and octets too many', () => {
    const lines = logged((on) => {
      on.bank(2)
      for (const octets of [[0xe0, 0x11], [0x42], [0x42, 0x32, 2], [0x00, 0x00], [0x00]]) on.frame(octets)
      on.chip.select()
      on.chip.deselect()
    })
    expect(lines.filter((line) => !line.startsWith('!')).slice(2)).toEqual([
      '?    E0 11: no instruction',
      'WCR  MACON3 (no data octet: no effect)',
      'WCR  MACON3 = 32h (PADCFG=001 TXCRCEN FRMLNEN), and 1 more',
      'RCR  MACON1 (ends after the dummy octet)',
      'RCR  MACON1 (no answer)',
      'CS   no octet',
    ])
    expect(lines.filter((line) => line.startsWith('!')).map((line) => line.split(':')[0])).toEqual([
      '!    invalid-instruction',
      '!    incomplete-instruction',
      '!    octets-after-data',
      '!    missing-dummy-octet',
    ])
  })

  it('counts what is asked again and again', () => {
    const lines = logged((on) => {
      for (let i = 0; i < 1000; i++) on.frame([0x1c], 1)
      on.frame([0x1d], 1)
      on.frame([0x1c], 1)
      on.frame([0x1c], 1)
    })
    expect(lines).toEqual([
      'RCR  EIR = 00h',
      'RCR  EIR = 00h, 999 times more until here',
      'RCR  ESTAT = 01h (CLKRDY)',
      'RCR  EIR = 00h',
      'RCR  EIR = 00h',
    ])
  })

  it('keeps a transaction that never ends short', () => {
    const lines = logged((on) => {
      on.chip.select()
      on.chip.exchange(0x3a)
      for (let i = 0; i < 100_000; i++) on.chip.exchange(0)
    })
    expect(lines).toHaveLength(1)
    expect(lines[0].length).toBeLessThan(300)
    expect(lines[0]).toContain('100000 octets')
    expect(lines[0]).toContain('CS is still low')
  })
})

it('is written in pieces', () => {
  const pieces: string[] = []
  const whole = new InPieces((text) => pieces.push(text))
  for (let i = 0; i < 100_000; i++) whole.write('x\n')
  whole.close()
  expect(pieces.join('')).toBe('x\n'.repeat(100_000))
  expect(pieces.length).toBeLessThan(5)
})
