/** What the options of sockets take. A person or a script set them, so a wrong value is named with the remedy. */

import { SECOND } from '../hal/clock.js'
import { NetError } from '../net/errors.js'
import {
  LARGEST_SEGMENT_SIZE,
  LEAST_SEGMENT_SIZE,
  LONGEST_KEEP,
  MOST_KEEP_QUESTIONS,
  SHORTEST_KEEP,
} from '../net/tcp/options.js'
import type { SettableOptions } from './options.js'

type Rule = (value: unknown) => string | undefined

const flag: Rule = (value) => (typeof value === 'boolean' ? undefined : 'give true or false')

function whole(from: number, to: number, unit: string): Rule {
  return (value) =>
    Number.isInteger(value) && (value as number) >= from && (value as number) <= to
      ? undefined
      : `give a whole number of ${unit} from ${from} to ${to}`
}

function orUndefined(rule: Rule): Rule {
  return (value) => (value === undefined ? undefined : rule(value))
}

const duration: Rule = (value) =>
  typeof value === 'number' && value >= 0 ? undefined : 'give nanoseconds, 0 or more (SECOND is a thousand million)'

/** Between questions to a silent peer. */
const keep: Rule = (value) =>
  typeof value === 'number' && value >= SHORTEST_KEEP && value <= LONGEST_KEEP
    ? undefined
    : `give nanoseconds for ${SHORTEST_KEEP / SECOND} to ${LONGEST_KEEP / SECOND} seconds (SECOND is a thousand million)`

/** 0 is no time here: in C it stands for waiting on, which is `undefined`. */
const timeout: Rule = (value) =>
  value === undefined || (typeof value === 'number' && value > 0)
    ? undefined
    : 'give nanoseconds above 0, or undefined to wait on'

const RULES: Readonly<Record<keyof SettableOptions, Rule>> = {
  reuseAddress: flag,
  keepAlive: flag,
  receiveBuffer: whole(1, 2 ** 30, 'octets'),
  sendBuffer: whole(1, 2 ** 30, 'octets'),
  receiveTimeout: timeout,
  sendTimeout: timeout,
  linger: orUndefined(duration),
  broadcast: flag,
  urgentInline: (value) => (value === true ? undefined : 'leave it true: urgent data are read in place (RFC 6093 3.1)'),
  noChecksum: flag,
  noDelay: flag,
  cork: flag,
  maximumSegmentSize: orUndefined(whole(LEAST_SEGMENT_SIZE, LARGEST_SEGMENT_SIZE, 'octets')),
  keepIdle: keep,
  keepInterval: keep,
  keepCount: whole(1, MOST_KEEP_QUESTIONS, 'probes'),
  userTimeout: timeout,
  congestion: (value) => (value === 'cubic' || value === 'newreno' ? undefined : "give 'cubic' or 'newreno'"),
  quickAck: flag,
  sack: flag,
  timestamps: flag,
  windowScale: flag,
  ecn: (value) =>
    value === 'request' || value === 'accept' || value === 'off' ? undefined : "give 'request', 'accept' or 'off'",
  timeToLive: whole(1, 255, 'hops'),
  trafficClass: whole(0, 255, 'eight bits'),
  pathMtuDiscovery: flag,
  multicastTimeToLive: whole(0, 255, 'hops'),
  softErrors: flag,
  v6Only: flag,
}

/** @throws NetError EINVAL */
export function checkSocketOption(name: keyof SettableOptions, value: unknown): void {
  const remedy = RULES[name](value)
  if (remedy !== undefined)
    throw new NetError('EINVAL', `setOption ${name}`, remedy, `${String(value)} is not a value of it`)
}

export function isSettable(name: string): name is keyof SettableOptions {
  return Object.hasOwn(RULES, name)
}
