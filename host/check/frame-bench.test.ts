import { expect, it } from 'vitest'
import { Batch, ChipAccess } from '../../firmware/enc28j60/access.js'
import { resetTransmitter } from './frame-bench.js'

/** What goes to the chip, frame by frame, in hexadecimal. */
function octetsOf(batch: Batch): string[] {
  const step = batch.run().next().value
  if (step === undefined || !('transfers' in step)) throw new Error('a batch makes transfers')
  return step.transfers.map(({ write }) => Buffer.from(write).toString('hex'))
}

it('a transmitter is reset before the next frame: TXRTS off, TXRST on and off (DS80349C 12), TXIF and TXERIF cleared', () => {
  // DS39662 table 4-1: BFC is 101aaaaa, BFS 100aaaaa; registers 3-1 and 12-3: ECON1 at 1Fh, TXRTS 08h, TXRST 80h; EIR at 1Ch, TXIF 08h, TXERIF 02h.
  expect(octetsOf(resetTransmitter(new Batch(new ChipAccess())))).toEqual(['bf08', '9f80', 'bf80', 'bc0a'])
})

it('what a batch had before and gets behind it stays in its order', () => {
  const batch = new Batch(new ChipAccess()).set('ECON1', 0x08)
  expect(octetsOf(resetTransmitter(batch).set('ECON1', 0x08))).toEqual(['9f08', 'bf08', '9f80', 'bf80', 'bc0a', '9f08'])
})
