/** A frame device on a bad wire: what is sent and what is received is lost, repeated, overtaken, changed, marked or late. */

import { ImpairedDevice, type ImpairedDeviceOptions } from '../../boards/ethernet/impaired-device.js'
import { suggestion } from '../../boards/nearest.js'
import type { Clock } from '../../firmware/hal/clock.js'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import type { FrameDevice } from '../../firmware/hal/frame-device.js'
import type { Random } from '../../firmware/hal/random.js'
import { UsageError } from '../errors/errors.js'

export type Impairments = Omit<ImpairedDeviceOptions, 'clock' | 'random'>

/** Shares are given in percent, times in milliseconds. */
const SHARES = ['loss', 'duplicate', 'reorder', 'corrupt', 'mark'] as const
const TIMES = ['delay', 'jitter'] as const
const MOST_PERCENT = 100
const MOST_MILLISECONDS = 60_000

/**
 * As a person types it: `loss=10,duplicate=5,reorder=25,delay=10`.
 * @throws UsageError that names what is wrong
 */
export function parseImpairments(text: string): Impairments {
  const found: { -readonly [Name in keyof Impairments]: Impairments[Name] } = {}
  for (const part of text.split(',')) {
    const match = /^([a-z]+)=(\d+(?:\.\d+)?)(%|ms)?$/.exec(part.trim())
    const share = SHARES.find((name) => name === match?.[1])
    const time = TIMES.find((name) => name === match?.[1])
    const value = Number(match?.[2])
    if (share !== undefined && match?.[3] !== 'ms' && value <= MOST_PERCENT) found[share] = value / 100
    else if (time !== undefined && match?.[3] !== '%' && value <= MOST_MILLISECONDS)
      found[time] = Math.round(value * MILLISECOND)
    else throw wrongImpairment(part)
  }
  return found
}

/** A name that there is, with what it cannot be, is told what it can. */
function wrongImpairment(part: string): UsageError {
  const [, name = ''] = /^\s*([a-z]*)/.exec(part) ?? []
  if (SHARES.some((each) => each === name))
    return new UsageError(`--impair takes ${name}=0 to ${name}=${MOST_PERCENT} (percent), not "${part}"`)
  if (TIMES.some((each) => each === name))
    return new UsageError(`--impair takes ${name}=0 to ${name}=${MOST_MILLISECONDS} (milliseconds), not "${part}"`)
  return new UsageError(
    `--impair does not know "${part}": give some of ${SHARES.map((each) => `${each}=PERCENT`).join(', ')}, ${TIMES.map((each) => `${each}=MILLISECONDS`).join(', ')}, with commas between${suggestion(name, [...SHARES, ...TIMES])}`,
  )
}

/** Puts `device` on a bad wire, both ways. */
export function impairedWire(device: FrameDevice, clock: Clock, random: Random, impairments: Impairments): FrameDevice {
  const outward = new ImpairedDevice(device, { ...impairments, clock, random: random.fork('outward') })
  const wire: FrameDevice = {
    address: device.address,
    get linkUp() {
      return device.linkUp
    },
    handleFrame: undefined,
    handleLink: undefined,
    get dropped() {
      return device.dropped
    },
    send: (frame) => outward.send(frame),
  }
  // What goes to the stack is "sent" to it through a wire of its own
  const stack: FrameDevice = {
    address: device.address,
    linkUp: true,
    handleFrame: undefined,
    handleLink: undefined,
    dropped: {},
    send(frame) {
      wire.handleFrame?.(frame)
      return true
    },
  }
  const inward = new ImpairedDevice(stack, { ...impairments, clock, random: random.fork('inward') })
  outward.handleFrame = (frame) => inward.send(frame)
  outward.handleLink = (up) => wire.handleLink?.(up)
  return wire
}
