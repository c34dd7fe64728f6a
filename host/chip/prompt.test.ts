import { describe, expect, it } from 'vitest'
import type { SimulatedBoard } from '../../boards/model/board.js'
import { PHY_REGISTERS, REGISTERS } from '../../firmware/enc28j60/registers.js'
import { TargetError, UsageError } from '../errors/errors.js'
import { openTarget } from '../target/open-target.js'
import type { ChipAnswer } from './answer.js'
import { openChip } from './driver.js'
import { ChipPrompt, type ChipPromptOptions } from './prompt.js'
import { REGISTER_NAMES, registerClause } from './register-words.js'

async function prompt<T>(use: (console: ChipPrompt) => Promise<T>, options: ChipPromptOptions = {}): Promise<T> {
  const target = await openTarget('model:uno')
  const chip = await openChip(target)
  try {
    return await use(new ChipPrompt(chip, options))
  } finally {
    await chip.close()
    await target.close()
  }
}

async function answers(text: string, options: ChipPromptOptions = {}): Promise<ChipAnswer[]> {
  return prompt(async (console) => {
    const all: ChipAnswer[] = []
    for await (const answer of console.run(text)) all.push(answer)
    return all
  }, options)
}

describe('the prompt of a chip', () => {
  it('reads a register with its bits and where it is explained', async () => {
    const [reset, register, pair] = await answers('reset; read ECON2; read ERXND')
    expect(reset).toMatchObject({ result: { revision: 'B7' } })
    // DS39662 table 3-2: ECON2 is 80h after a reset; ERXND 1FFFh.
    expect(register.text).toContain('ECON2 = 80h  10000000')
    expect(register).toMatchObject({ command: 'read ECON2', result: { value: 0x80, bits: { AUTOINC: 1, PKTDEC: 0 } } })
    expect(pair).toMatchObject({ result: { register: 'ERXND', value: 0x1fff } })
  })

  it('writes, sets and clears: with BFS where it is allowed, by reading and writing where it is not', async () => {
    const all = await answers(
      'write ERDPT 0x123; read ERDPT; set EIE INTIE PKTIE; read EIE; clear EIE PKTIE; read EIE; set MACON1 PASSALL; read MACON1',
    )
    expect(
      all
        .filter(({ command }) => command.startsWith('read'))
        .map(({ result }) => (result as { value: number }).value & 0xff),
    ).toEqual([0x23, 0xc0, 0x80, 0x03])
  })

  it('keeps buffer memory, across the end of the receive buffer, and leaves the pointers as they were', async () => {
    const [, , memory, read, write] = await answers(
      'init; mem write 19FEh 01 02 03 04 05; mem read 19FEh 5; read ERDPT; read EWRPT',
    )
    expect(memory.result).toEqual({ address: 0x19fe, octets: '01 02 03 04 05' })
    expect([read, write].map(({ result }) => (result as { value: number }).value)).toEqual([0, 0])
  })

  it('sends a frame, from a capture as well, and receives the answer with its headers', async () => {
    const request = 'ffffffffffff 02000000000a 0806 0001080006040001 02000000000a c0a80702 000000000000 c0a80701'
    const [, , link, sent, came] = await answers(`init; wait 2000; link; send ${request}; receive`)
    expect(link.result).toMatchObject({ linkUp: true, fullDuplex: false })
    expect(sent.text).toContain('ARP who has 192.168.7.1? tell 192.168.7.2; 0 collisions')
    // The answer goes to whoever asked, and that is not our station: only its sender's own frames are heard.
    expect(came.text).toBe('nothing came within 1000 ms')
    const own = request.replaceAll('02000000000a', '020000c0a802')
    const frame = Uint8Array.from(own.replaceAll(' ', '').match(/../g)!, (octet) => Number.parseInt(octet, 16))
    const files = { loadFrames: async () => [frame] }
    const [, , , answer] = await answers('init; wait 2000; send arp.pcap; receive', files)
    expect(answer.text).toMatch(
      /^\S+ > 02:00:00:c0:a8:02, 60 octets, ARP 192\.168\.7\.1 is at [0-9a-f:]{17}\n0000 {2}02 00 00 C0 A8 02/,
    )
    await expect(answers('init; send arp.pcap 2', files)).rejects.toThrow('has 1 frames, and none of the number 2')
  })

  it('tells what the data sheet forbids, where a chip model watches', async () => {
    const [misused] = await answers('raw 82 01')
    expect(misused.text).toContain('BFS and BFC work on ETH registers only')
    expect(misused.result).toMatchObject({ findings: [{ id: 'bit-field-on-mac-register' }] })
  })

  it.each([
    ['read EREVDI', 'there is no register "EREVDI"; did you mean "EREVID"?'],
    ['read PHSTAT2', 'say `phy read PHSTAT2`'],
    ['phy read ECON1', 'say `read ECON1`'],
    ['set ECON1 RXENN', 'did you mean "RXEN"? (TXRST, RXRST'],
    ['reda ECON1', 'there is no command "reda"; did you mean "read"?'],
    ['phy', 'phy is followed by one of read, write'],
    ['write ECON1', 'say write REGISTER VALUE'],
    ['write ECON1 300', 'a value of ECON1 is a whole number from 0 to 255'],
    ['write ECON1 x', '"x" is no number; write 18, 0x12 or 12h'],
    ['mem read 9000', 'an address is a whole number from 0 to 8191'],
    ['mem write 0 1 2', 'two hexadecimal digits each'],
    ['send 00', 'needs a chip that has been set up: `init` first'],
    ['receive', 'needs a chip that has been set up: `init` first'],
    ['init; send 0011', 'a frame has 14 to 1514 octets'],
    ['link\nread X', 'line 2: read X: there is no register "X"'],
  ])('refuses %j in words', async (text, message) => {
    const run = answers(text)
    await expect(run).rejects.toThrow(UsageError)
    await expect(run).rejects.toThrow(message)
  })

  it('completes commands, registers and bits', async () => {
    await prompt(async (console) => {
      expect(console.complete('re').words).toEqual(['read', 'receive', 'reset'])
      expect(console.complete('read ERXF').words).toEqual(['ERXFCON'])
      expect(console.complete('set MACON3 F').words).toEqual(['FRMLNEN', 'FULDPX'])
      expect(console.complete('link; phy read PHL').words).toEqual(['PHLCON'])
      expect(console.complete('mem ').words).toEqual(['read', 'write'])
    })
  })

  it('dumps every register that may be read, with what it has after a reset', async () => {
    const [, dump] = await answers('reset; dump')
    const rows = dump.result as { register: string; value: number; reset: number }[]
    const expected =
      Object.values(REGISTERS).filter(({ withdrawn }) => !withdrawn).length + Object.keys(PHY_REGISTERS).length
    expect(rows).toHaveLength(expected)
    expect(rows.find(({ register }) => register === 'MAMXFLH')).toEqual({ register: 'MAMXFLH', value: 6, reset: 6 })
    for (const name of [...REGISTER_NAMES, ...Object.keys(PHY_REGISTERS)]) expect(registerClause(name)).toMatch(/^DS\d/)
  })

  it('gives the board its chip back, and says so where no board answers', async () => {
    const target = await openTarget('model:uno')
    const chip = await openChip(target)
    await chip.init()
    await chip.close()
    await target.drive(new Promise<void>((resolve) => target.clock.after(3e9, resolve)))
    expect((target.bench!.board as SimulatedBoard).state.matches({ on: { link: 'up' } })).toBe(true)
    await target.close()
    const dead = await openTarget('model:uno', { faults: ['no-power'] })
    await expect(openChip(dead)).rejects.toThrow(TargetError)
  })
})
