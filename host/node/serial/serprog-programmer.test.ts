import { afterEach, describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import type { SpiProgram } from '../../../firmware/hal/spi.js'
import { RemoteSpiRunner } from '../../../firmware/serial-link/spi-runner.js'
import { RealClock } from '../../serial/real-clock.js'
import { SerprogProgrammer } from '../../serial/serprog-programmer.js'
import { openPort } from './port.js'
import { PseudoTerminal } from './pty.js'
import { StreamLine } from './stream-line.js'

const closers: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const ACK = 0x06
const NAK = 0x15

interface Oddities {
  /** Answers by command (serprog-protocol.txt); a command without one is answered NAK. */
  readonly answers?: Readonly<Record<number, readonly number[]>>
  /** Octets from the host that are lost: the nth. */
  readonly loses?: readonly number[]
}

const map = (...commands: number[]): number[] => {
  const octets = new Array<number>(32).fill(0)
  for (const command of commands) octets[command >> 3] |= 1 << (command & 7)
  return octets
}

const SMALLEST = { 0: [], 1: [1, 0], 2: map(0x00, 0x01, 0x02, 0x10, 0x13) }

/** A programmer at a pseudo-terminal, from serprog-protocol.txt alone. SPI reads give the number of octets clocked so far. */
async function programmer({ answers = SMALLEST, loses = [] }: Oddities) {
  const pty = new PseudoTerminal()
  closers.push(() => pty.close())
  const operations: [number[], number][] = []
  const heard: number[] = []
  const parameters: Record<number, number> = { 18: 1, 19: 6, 20: 4, 21: 1 }
  let received = 0
  let command: number[] = []
  const take = (octet: number): void => {
    if (loses.includes(++received)) return
    command.push(octet)
    const [code] = command
    if (command.length === 1) heard.push(code)
    const count = parameters[code] ?? 0
    if (command.length < 1 + count) return
    if (code === 0x13) {
      const writes = command[1] | (command[2] << 8) | (command[3] << 16)
      if (command.length < 7 + writes) return
      const reads = command[4] | (command[5] << 8) | (command[6] << 16)
      operations.push([command.slice(7), reads])
      pty.write(Uint8Array.of(ACK, ...Array.from({ length: reads }, (_, i) => (writes + i) & 0xff)))
    } else if (code === 0x10) pty.write(Uint8Array.of(NAK, ACK))
    else if (answers[code] === undefined) pty.write(Uint8Array.of(NAK))
    else pty.write(Uint8Array.of(ACK, ...answers[code]))
    command = []
  }
  pty.handleOctets = (octets) => {
    for (const octet of octets) take(octet)
  }
  return { pty, operations, heard }
}

async function openAt(pty: PseudoTerminal, rates: readonly number[] = [115_200]) {
  const port = await openPort(pty.path, rates[0])
  const clock = new RealClock()
  closers.push(
    () => clock.close(),
    () => new Promise<void>((resolve) => port.close(() => resolve())),
  )
  return { clock, opened: SerprogProgrammer.open(new StreamLine(port), clock, pty.path, rates) }
}

describe('a serprog programmer', () => {
  it('that has only what it must have is asked for nothing else', async () => {
    const { pty, heard } = await programmer({})
    const { opened } = await openAt(pty)
    const found = await opened
    expect(found.name).toBe('')
    expect(found.limits).toEqual({ write: 256, read: 1 << 24, serialBuffer: 16 })
    expect(await found.setSpiClock(8_000_000)).toBeUndefined()
    expect(new Set(heard)).toEqual(new Set([0x00, 0x10, 0x01, 0x02]))
  })

  it('that has everything is asked, set to SPI, and released at the end', async () => {
    const answers = {
      ...SMALLEST,
      2: map(0, 1, 2, 3, 4, 5, 8, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15),
      3: [...Buffer.from('vserprog\0\0\0\0\0\0\0\0')],
      4: [0, 2],
      5: [0x08],
      8: [0x00, 0x01, 0],
      17: [0, 0, 0],
      18: [],
      20: [0x40, 0x54, 0x89, 0],
      21: [],
    }
    const { pty, heard } = await programmer({ answers })
    const { opened } = await openAt(pty)
    const found = await opened
    expect(found.name).toBe('vserprog')
    // 0 is 2^24; 512 octets of buffer hold an operation of 505, and 256 are allowed
    expect(found.limits).toEqual({ write: 256, read: 1 << 24, serialBuffer: 512 })
    expect(await found.setSpiClock(10_000_000)).toBe(9_000_000)
    await found.release()
    expect(heard.filter((command) => command >= 0x12)).toEqual([0x12, 0x15, 0x14, 0x15])
  })

  it('is found at the second rate', async () => {
    const { pty } = await programmer({})
    const answers = pty.handleOctets
    pty.handleOctets = (octets) => {
      if (pty.baud === 115_200) answers?.(octets)
    }
    const { opened } = await openAt(pty, [1_000_000, 115_200])
    await opened
    expect(pty.baud).toBe(115_200)
  })

  it('that another program left in the middle of a command is found all the same', async () => {
    const { pty } = await programmer({})
    pty.handleOctets?.(Uint8Array.of(0x13, 30, 0, 0, 0, 0, 0, 1, 2, 3))
    const { opened } = await openAt(pty)
    await opened
  })

  it.each([
    ['of another version', { ...SMALLEST, 1: [2, 0] }, /speaks serprog version 2, and version 1 is known here/],
    ['without SPI operations', { ...SMALLEST, 2: map(0, 1, 2, 9, 0x10) }, /has no SPI/],
    ['without SPI among its buses', { ...SMALLEST, 2: map(0, 1, 2, 5, 0x10, 0x13), 5: [1] }, /has no SPI/],
    ['that refuses its own command map', { 0: [], 1: [1, 0] }, /answered a question with NAK/],
  ])('%s is refused, and it is said why', async (_, answers, message) => {
    const { pty } = await programmer({ answers })
    const { opened } = await openAt(pty)
    await expect(opened).rejects.toThrow(message)
  })

  it('that is silent is not there', async () => {
    const pty = new PseudoTerminal()
    closers.push(() => pty.close())
    const { opened } = await openAt(pty)
    await expect(opened).rejects.toThrow(
      /no programmer answers on \S+ at 115200 baud: not one octet came back; name the rate/,
    )
  })

  it('that answers with noise is none, and what it said is shown (20 seeds at once)', async () => {
    const found = Array.from({ length: 20 }, async (_, seed) => {
      const random = new SeededRandom(seed + 1)
      const pty = new PseudoTerminal()
      closers.push(() => pty.close())
      pty.handleOctets = () => pty.write(Uint8Array.from({ length: 1 + random.below(20) }, () => random.below(256)))
      const { opened } = await openAt(pty)
      return opened.then(
        () => 'found',
        (error: Error) => error.message,
      )
    })
    for (const message of await Promise.all(found))
      expect(message).toMatch(/does not speak serprog: .* it said [0-9A-F]/i)
  })

  it('that never falls silent is none either', async () => {
    const pty = new PseudoTerminal()
    const timer = setInterval(() => pty.write(Buffer.from('$GPGGA,123519,4807.038,N\r\n')), 5)
    closers.push(
      () => pty.close(),
      () => clearInterval(timer),
    )
    const { opened } = await openAt(pty)
    await expect(opened).rejects.toThrow(/does not speak serprog: .* it said/)
  })

  it('loses an octet: the operation fails, both find each other again, and the next one works', async () => {
    const { pty, operations } = await programmer({})
    const { opened, clock } = await openAt(pty)
    const found = await opened
    // On a busy machine an answer may take long; only where none comes is the end of the wait waited for.
    const run = (write: number[], read: number, timeLimit = 600_000_000_000) =>
      new Promise<number[]>((resolve, reject) => {
        const runner = new RemoteSpiRunner({
          clock,
          client: found.client,
          timeLimit,
          onLost: () => void found.resynchronise(),
        })
        runner.run(
          (function* (): SpiProgram<Uint8Array> {
            const [reply] = yield { transfers: [{ write: Uint8Array.from(write), read }] }
            return reply
          })(),
          (outcome) => (outcome.ok ? resolve([...outcome.value]) : reject(outcome.error)),
        )
      })
    expect(await run([1, 2], 3)).toEqual([2, 3, 4])
    const answers = pty.handleOctets
    let dropped = false
    pty.handleOctets = (octets) => {
      answers?.(dropped ? octets : octets.subarray(1))
      dropped = true
    }
    // without its first octet the command is taken for others, as NOPs and what serprog does not know
    await expect(run([0, 0, 0, 0], 40, 200_000_000)).rejects.toThrow(/did not answer|garbled|not serprog|NAK/)
    expect(await run([5, 6, 7], 2)).toEqual([3, 4])
    expect(operations.at(-1)).toEqual([[5, 6, 7], 2])
    expect(found.counters.resynchronised).toBeGreaterThan(0)
  })
})
