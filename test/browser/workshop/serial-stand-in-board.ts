/** In a worker, beside the page as a board is beside a computer: an emulated Uno with the bridge firmware, in real time. */
import { createAvrBench } from '../../../boards/avr/bench.js'
import { parseImage } from '../../../boards/avr/flash-image.js'
import { MILLISECOND } from '../../../firmware/hal/clock.js'
import { RealTimePacer } from '../../../host/serial/pacing.js'

/** Intel HEX, as text: the test puts it in. */
declare const BRIDGE_IMAGE: string
/** What is broken on the board; empty: nothing. */
declare const BOARD_FAULT: string
/** A worker's own globals; the types of the tests are Node's. */
declare const self: {
  onmessage: (message: { readonly data: BoardInput }) => void
  postMessage(octets: Uint8Array): void
}

/** What comes from the page. */
export type BoardInput =
  | { readonly kind: 'octets'; readonly octets: Uint8Array }
  | { readonly kind: 'baud'; readonly baud: number }
  | { readonly kind: 'reset' }

const image = parseImage(Uint8Array.from(BRIDGE_IMAGE, (letter) => letter.charCodeAt(0)))
const { lab, board } = createAvrBench({ board: 'uno', seed: 7, image, faults: BOARD_FAULT === '' ? [] : [BOARD_FAULT] })
const pacer = new RealTimePacer(lab.clock, { slack: 4 * MILLISECOND, lead: 2 * MILLISECOND })
board.serial.handleOctets = (octets) => self.postMessage(octets)
self.onmessage = ({ data }) =>
  pacer.enter(() => {
    if (data.kind === 'octets') board.serial.write(data.octets)
    else if (data.kind === 'baud') board.serial.setBaud(data.baud)
    else board.restart()
  })
pacer.start()
