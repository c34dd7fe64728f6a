/** What `net.Socket` and its `connect` take, and how their arguments are read. */
import type { Lookup } from './names.js'
import { nodeError } from './system-error.js'

/** As `net.Socket` takes them. */
export interface NodeSocketOptions {
  readonly allowHalfOpen?: boolean
  readonly highWaterMark?: number
  readonly signal?: AbortSignal
  /** Data go into this one buffer, and to the callback, and nowhere else. */
  readonly onread?: {
    readonly buffer: Uint8Array | (() => Uint8Array)
    /** @returns false: no more for now */
    readonly callback: (octets: number, buffer: Uint8Array) => boolean | undefined
  }
}

/** As `socket.connect` takes them. */
export interface NodeConnectOptions extends NodeSocketOptions {
  readonly port: number | string
  /** `localhost` by default. */
  readonly host?: string
  readonly localAddress?: string
  readonly localPort?: number
  readonly family?: 0 | 4 | 6
  readonly hints?: number
  readonly lookup?: Lookup
  readonly noDelay?: boolean
  readonly keepAlive?: boolean
  readonly keepAliveInitialDelay?: number
  readonly timeout?: number
  /** Tries one address after another, of both families (RFC 8305); true by default. */
  readonly autoSelectFamily?: boolean
  /** As Node counts it, 250 ms of virtual time by default: then the next address is tried. */
  readonly autoSelectFamilyAttemptTimeout?: number
  /** A pipe of the operating system's: a lab has none. */
  readonly path?: string
}

export type ConnectArguments =
  | [options: NodeConnectOptions, connected?: () => void]
  | [port: number | string, host?: string, connected?: () => void]
  | [port: number | string, connected?: () => void]
  | [path: string, connected?: () => void]

/** @throws TypeError, RangeError as Node does */
export function portOf(port: unknown, allowZero = true): number {
  const number = typeof port === 'string' && port.trim() !== '' ? Number(port) : port
  if (typeof number !== 'number' && typeof number !== 'string')
    throw nodeError(
      TypeError,
      'ERR_INVALID_ARG_TYPE',
      `The "options.port" property must be one of type number or string. Received ${String(port)}`,
    )
  if (typeof number === 'string' || !Number.isInteger(number) || number < (allowZero ? 0 : 1) || number > 0xffff)
    throw nodeError(
      RangeError,
      'ERR_SOCKET_BAD_PORT',
      `Port should be >= ${allowZero ? 0 : 1} and < 65536. Received ${typeof port === 'string' ? `type string ('${port}')` : `type number (${String(port)})`}.`,
    )
  return number
}

/** Options without those that are null: to Node's functions these are as good as left out. */
export function said<Options extends object>(options: Options): Options {
  const kept = Object.entries(options).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(kept) as Options
}

/** The arguments of `connect` and `createConnection`, in the one form. */
export function connectArguments(given: readonly unknown[]): { options: NodeConnectOptions; connected?: () => void } {
  const last = given.at(-1)
  const connected = typeof last === 'function' ? { connected: last as () => void } : {}
  const [first, second] = given
  if (typeof first === 'object' && first !== null) return { options: said(first) as NodeConnectOptions, ...connected }
  if (typeof first === 'string' && !/^\s*\d+\s*$/.test(first))
    return { options: { path: first, port: 0 }, ...connected }
  const host = typeof second === 'string' ? { host: second } : {}
  return { options: { port: first as number, ...host }, ...connected }
}
