/** Writing firmware to a board without avrdude: which boot loaders we speak to, in what steps, and what a person sees of it. */

import type { SerialPortStream } from '@serialport/stream'
import type { BoardDefinition } from '../../../boards/catalogue/definition.js'
import { type Clock, MILLISECOND } from '../../../firmware/hal/clock.js'
import { TargetError } from '../../errors/errors.js'
import { hexOctets } from '../../hex-octets.js'
import { sleepOnClock } from '../../serial/drive.js'
import { FlashExchange } from './exchange.js'
import { type Image, pagesOf } from './image.js'
import type { FlashLoader } from './loader.js'
import { Stk500v1 } from './stk500v1.js'
import { Stk500v2 } from './stk500v2.js'

export type FlashStep = 'reset' | 'synchronise' | 'write' | 'verify' | 'start'

export interface FlashProgress {
  readonly step: FlashStep
  /** Octets done, of how many; both 0 in steps that have none. */
  readonly done: number
  readonly total: number
}

/** What a controller says it is, and the size of its flash pages in octets (data sheet, "Signature Bytes", "Page Size"). */
interface FlashGeometry {
  readonly part: string
  readonly signature: readonly [number, number, number]
  readonly pageSize: number
}

/** Data sheets, chapter "Memory Programming": "Signature Bytes" and "No. of Words in a Page". */
const GEOMETRIES: readonly FlashGeometry[] = [
  { part: 'ATmega328P', signature: [0x1e, 0x95, 0x0f], pageSize: 128 },
  { part: 'ATmega2560', signature: [0x1e, 0x98, 0x01], pageSize: 256 },
]

function geometryOf(board: BoardDefinition): FlashGeometry | undefined {
  return GEOMETRIES.find(({ part }) => part === board.controller.part)
}

type FlashMethod = BoardDefinition['flash']['method']

const LOADERS: Partial<Record<FlashMethod, new (exchange: FlashExchange, clock: Clock, path: string) => FlashLoader>> =
  { stk500v1: Stk500v1, stk500v2: Stk500v2 }

/** Why we cannot flash a board ourselves, for a sentence; undefined where we can. */
export function unknownToOurselves(board: BoardDefinition): string | undefined {
  if (LOADERS[board.flash.method] === undefined)
    return `speaks STK500, and the boot loader of ${board.name} speaks ${board.flash.method}`
  return geometryOf(board) === undefined ? `does not know the flash of an ${board.controller.part}` : undefined
}

/** Arduino boards couple DTR to RESET through a capacitor: falling, it resets the controller. */
async function pulseReset(port: SerialPortStream, clock: Clock): Promise<boolean> {
  const set = (on: boolean): Promise<boolean> =>
    new Promise((resolve) => port.set({ dtr: on, rts: on }, (error) => resolve(!error)))
  if (!(await set(false))) return false // a pseudo-terminal has no such line
  await sleepOnClock(clock, 250 * MILLISECOND)
  if (!(await set(true))) return false
  await sleepOnClock(clock, 50 * MILLISECOND)
  return true
}

/**
 * Writes an image through the board's boot loader, reads it back, and starts it.
 * @throws TargetError when the board does not answer, is another one, or reads back something else
 */
export async function flashBoard(options: {
  readonly board: BoardDefinition
  readonly port: SerialPortStream
  readonly clock: Clock
  readonly path: string
  readonly image: Image
  readonly verify: boolean
  onProgress(progress: FlashProgress): void
}): Promise<void> {
  const { board, port, clock, path, image, onProgress } = options
  const Loader = LOADERS[board.flash.method]
  const geometry = geometryOf(board)
  if (Loader === undefined || geometry === undefined)
    throw new RangeError(`our own programmer ${unknownToOurselves(board)}`)
  const exchange = new FlashExchange(port, clock)
  try {
    onProgress({ step: 'reset', done: 0, total: 0 })
    await pulseReset(port, clock)
    onProgress({ step: 'synchronise', done: 0, total: 0 })
    const loader = new Loader(exchange, clock, path)
    await loader.synchronise()
    const signature = await loader.signature()
    if (geometry.signature.some((octet, index) => signature[index] !== octet)) {
      throw new TargetError(
        `the controller on ${path} has the signature ${hexOctets(signature)}, and an ${geometry.part} has ${hexOctets(geometry.signature)}; name the board that is really there`,
      )
    }
    await loader.enterProgramming()
    const pages = pagesOf(image, geometry.pageSize)
    const total = pages.length * geometry.pageSize
    for (const [index, { address, octets }] of pages.entries()) {
      onProgress({ step: 'write', done: index * geometry.pageSize, total })
      await loader.writePage(address, octets)
    }
    onProgress({ step: 'write', done: total, total })
    if (options.verify) {
      for (const [index, { address, octets }] of pages.entries()) {
        onProgress({ step: 'verify', done: index * geometry.pageSize, total })
        compare(await loader.readPage(address, octets.length), octets, address, path)
      }
      onProgress({ step: 'verify', done: total, total })
    }
    onProgress({ step: 'start', done: 0, total: 0 })
    await loader.leaveProgramming()
  } finally {
    exchange.detach()
  }
}

function compare(read: Uint8Array, written: Uint8Array, address: number, path: string): void {
  const at = written.findIndex((octet, index) => read[index] !== octet)
  if (at < 0) return
  const place = (address + at).toString(16).toUpperCase().padStart(4, '0')
  throw new TargetError(
    `the flash on ${path} reads back ${hexOctets([read[at]])} at ${place}h where ${hexOctets([written[at]])} was written; upload again, and if it happens again the flash is worn out or the supply too weak`,
  )
}
