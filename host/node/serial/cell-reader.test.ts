import { PassThrough } from 'node:stream'
import { SerialPortStream } from '@serialport/stream'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../boards/simulation/random.js'
import { CellStandIn, cellOf, damagedCells } from '../../../test/support/damaged-cells.js'
import { CellReader, type CellReceiver } from './cell-reader.js'

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

describe('reading cells from a serial port', () => {
  it('reads octet by octet while hunting, and whole cells of 64 octets in SYNC', async () => {
    const receiver = new CellStandIn()
    const { pass } = reader(receiver)
    pass.write(Buffer.from([1, 2, 3]))
    pass.write(Buffer.from(cellOf(9)))
    await settle()
    receiver.parts.length = 0
    const stream = [...cellOf(1), ...cellOf(2), ...cellOf(3)]
    for (let i = 0; i < stream.length; i += 7) pass.write(Buffer.from(stream.slice(i, i + 7)))
    await settle()
    expect(receiver.parts).toEqual([64, 64, 64])
  })

  it('hands over every octet once and in order, however the stream is cut and whatever is lost (seeded)', async () => {
    for (let seed = 0; seed < 100; seed++) {
      const random = new SeededRandom(seed)
      const receiver = new CellStandIn()
      const { pass } = reader(receiver)
      const sent = damagedCells(random)
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
    const receiver = new CellStandIn()
    const { pass, cells } = reader(receiver)
    cells.detach()
    pass.write(Buffer.from(cellOf(1)))
    await settle()
    expect(receiver.octets).toEqual([])
  })
})
