import { PassThrough } from 'node:stream'
import { SerialPortStream } from '@serialport/stream'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { CellReader, type CellReceiver } from './cell-reader.js'

/** A stand-in for the delineation: 64-octet cells that begin with 0xc0; one wrong beginning is loss of alignment. */
class Receiver implements CellReceiver {
  synchronised = false
  held = 0
  readonly octets: number[] = []
  readonly chunks: number[] = []
  receive(octets: Uint8Array): void {
    this.chunks.push(octets.length)
    for (const octet of octets) {
      this.octets.push(octet)
      if (this.held === 0) {
        if (octet !== 0xc0) {
          this.synchronised = false
          continue
        }
      }
      this.held = (this.held + 1) % 64
      if (this.held === 0) this.synchronised = true
    }
  }
}

/** A stream with serialport's reading side; what is written to `pass` is what the port reads. */
function reader(receiver: CellReceiver) {
  const pass = new PassThrough()
  const port = new SerialPortStream({
    path: 'test',
    baudRate: 9600,
    autoOpen: false,
    binding: { list: () => Promise.resolve([]), open: () => Promise.reject(new Error('not here')) },
  })
  pass.on('data', (chunk: Buffer) => port.emit('data', chunk))
  const cells = new CellReader(port, receiver)
  return { pass, cells }
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function cell(fill: number): number[] {
  return [0xc0, ...new Array<number>(63).fill(fill)]
}

describe('reading cells from a serial port', () => {
  it('reads octet by octet while hunting, and whole cells of 64 octets in SYNC', async () => {
    const receiver = new Receiver()
    const { pass } = reader(receiver)
    pass.write(Buffer.from([1, 2, 3]))
    pass.write(Buffer.from(cell(9)))
    await settle()
    receiver.chunks.length = 0
    const stream = [...cell(1), ...cell(2), ...cell(3)]
    for (let i = 0; i < stream.length; i += 7) pass.write(Buffer.from(stream.slice(i, i + 7)))
    await settle()
    expect(receiver.chunks).toEqual([64, 64, 64])
  })

  it('hands over every octet once and in order, however the stream is cut and whatever is lost (seeded)', async () => {
    for (let seed = 0; seed < 100; seed++) {
      const random = new SeededRandom(seed)
      const receiver = new Receiver()
      const { pass } = reader(receiver)
      const sent: number[] = []
      while (sent.length < 5_000) {
        let next = cell(random.below(200))
        if (random.below(5) === 0) next = next.slice(random.below(64))
        if (random.below(7) === 0) next = [...next, ...new Array<number>(random.below(130)).fill(0x11)]
        sent.push(...next)
      }
      for (let at = 0; at < sent.length; ) {
        const length = 1 + random.below(200)
        pass.write(Buffer.from(sent.slice(at, at + length)))
        at += length
        if (random.below(3) === 0) await settle()
      }
      await settle()
      await settle()
      // a last cell that is not complete may wait in the parser
      expect(sent.length - receiver.octets.length).toBeLessThan(64)
      expect(receiver.octets).toEqual(sent.slice(0, receiver.octets.length))
    }
  })

  it('reads nothing any more once it is detached', async () => {
    const receiver = new Receiver()
    const { pass, cells } = reader(receiver)
    cells.detach()
    pass.write(Buffer.from(cell(1)))
    await settle()
    expect(receiver.octets).toEqual([])
  })
})
