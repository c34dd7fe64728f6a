/** Options of a connection: what values they can have, and what setting one does. */
import { NetError } from '../errors.js'
import type { ControlBlock } from './control-block.js'
import { setDeadline } from './deadlines.js'
import { ECN_FIELD } from './ecn-agreement.js'
import { startKeepAlive } from './keepalive.js'
import { newCongestion, updateSegmentSize } from './negotiation.js'
import {
  type ConnectionOptions,
  DELAYED_ACK_LIMIT,
  LARGEST_SEGMENT_SIZE,
  LEAST_SEGMENT_SIZE,
  LONGEST_KEEP,
  MOST_KEEP_QUESTIONS,
  R2,
  SHORTEST_KEEP,
  TCP_DEFAULTS,
  type TcpDefaults,
} from './options.js'

type Check = readonly [says: string, holds: (value: number) => boolean]

const wholeFrom = (least: number, most: number): Check => [
  `a whole number, ${least} to ${most}`,
  (value) => Number.isInteger(value) && value >= least && value <= most,
]
const DURATION: Check = ['a count of nanoseconds, 0 or more', (value) => value >= 0]
const KEEP: Check = [
  `a count of nanoseconds from ${SHORTEST_KEEP} to ${LONGEST_KEEP}`,
  (value) => value >= SHORTEST_KEEP && value <= LONGEST_KEEP,
]
const LARGEST_BUFFER = 0x4000_0000

const CHECKS: Readonly<Partial<Record<keyof ConnectionOptions, Check>>> = {
  keepIdle: KEEP,
  keepInterval: KEEP,
  keepCount: wholeFrom(1, MOST_KEEP_QUESTIONS),
  userTimeout: ['a count of nanoseconds above 0', (value) => value > 0],
  timeToLive: wholeFrom(1, 255),
  trafficClass: wholeFrom(0, 255),
  sendBuffer: wholeFrom(1, LARGEST_BUFFER),
  receiveBuffer: wholeFrom(1, LARGEST_BUFFER),
  maximumSegmentSize: wholeFrom(LEAST_SEGMENT_SIZE, LARGEST_SEGMENT_SIZE),
  linger: DURATION,
}

/** @throws RangeError that names option and value */
export function checkConnectionOption<Name extends keyof ConnectionOptions>(
  name: Name,
  value: ConnectionOptions[Name],
): void {
  const check = CHECKS[name]
  if (check === undefined || value === undefined) return
  const [says, holds] = check
  if (typeof value !== 'number' || !holds(value))
    throw new RangeError(`option ${name} is ${says}; got ${String(value)}`)
}

/** @throws RangeError as `checkConnectionOption` */
export function withOptions(
  defaults: Readonly<ConnectionOptions>,
  options: Readonly<Partial<ConnectionOptions>> | undefined,
): Readonly<ConnectionOptions> {
  if (options === undefined) return defaults
  let changed: ConnectionOptions | undefined
  for (const key of Object.keys(options)) {
    if (!isOption(key, defaults)) continue
    checkConnectionOption(key, options[key] as ConnectionOptions[typeof key])
    changed ??= { ...defaults }
    Object.assign(changed, { [key]: options[key] })
  }
  return changed ?? defaults
}

/**
 * What a stack starts from.
 * @throws RangeError as `checkConnectionOption`, and for an acknowledgement that would be put off for too long
 */
export function withDefaults(given: Readonly<Partial<TcpDefaults>> | undefined): Readonly<TcpDefaults> {
  const defaults: TcpDefaults = { ...TCP_DEFAULTS, ...given }
  withOptions(defaults, given)
  const { delayedAck } = defaults
  if (!(delayedAck >= 0 && delayedAck < DELAYED_ACK_LIMIT))
    throw new RangeError(
      `option delayedAck is a count of nanoseconds, 0 or more and less than ${DELAYED_ACK_LIMIT} (RFC 9293 MUST-40); got ${delayedAck}`,
    )
  return defaults
}

function isOption(key: string, defaults: Readonly<ConnectionOptions>): key is keyof ConnectionOptions {
  return key in defaults
}

export function isAgreedBySyn(name: keyof ConnectionOptions): boolean {
  return name === 'sack' || name === 'timestamps' || name === 'windowScale' || name === 'ecn'
}

/** @throws NetError EISCONN for what is agreed with the SYN, and the SYN is out */
export function checkChangeable(name: keyof ConnectionOptions): void {
  if (isAgreedBySyn(name))
    throw new NetError('EISCONN', `set ${name}`, 'give it to connect or listen: it is agreed with the SYN')
}

/** Gives a connection another value of an option, which was checked, with effect from now on. */
export function setOption<Name extends keyof ConnectionOptions>(
  block: ControlBlock,
  name: Name,
  value: ConnectionOptions[Name],
): void {
  block.options = { ...block.options, [name]: value }
  applyOption(block, name)
}

/** What a new value means for a connection that may be open already. */
function applyOption(block: ControlBlock, name: keyof ConnectionOptions): void {
  const { options, engine } = block
  switch (name) {
    case 'timeToLive':
      block.fields.timeToLive = options.timeToLive
      break
    case 'trafficClass':
      block.fields.trafficClass = options.trafficClass & ~ECN_FIELD
      break
    case 'pathMtuDiscovery':
      block.fields.dontFragment = options.pathMtuDiscovery
      break
    case 'sendBuffer':
      block.sendRing.limit = options.sendBuffer
      break
    case 'receiveBuffer':
      // Less than two units of the scale that was agreed would be a window that never opens.
      block.receiver.ring.limit = Math.max(options.receiveBuffer, 2 << block.receiveShift)
      break
    case 'noDelay':
    case 'cork':
      // tcp(7): to clear TCP_CORK, or to set TCP_NODELAY while it is set, sends what waits.
      if (options.noDelay || !options.cork) block.moreFollows = false
      if (options.noDelay && name === 'noDelay' && block.hasUnsent) block.flushTo = block.dataEnd
      break
    case 'maximumSegmentSize':
      updateSegmentSize(block)
      break
    case 'keepAlive':
    case 'keepIdle':
    case 'keepInterval':
    case 'keepCount':
      startKeepAlive(block)
      break
    case 'userTimeout':
      if (block.state !== 'CLOSED' && block.sndUna !== block.sndNxt)
        setDeadline(block, 'giveUpAt', Math.max(engine.clock.now, block.progressAt + (options.userTimeout ?? R2)))
      break
    case 'congestion':
      if (block.congestion === undefined) break
      block.congestion = newCongestion(block)
      block.congestion.setSegmentSize(block.segmentSize)
      break
  }
}
