/** The name of a target, as a person types it: `model:uno`, `/dev/ttyACM0`, `serial:COM3@500000`. */
import { UsageError } from '../errors/errors.js'

/** A serial port: one of this machine, or one across a network (RFC 2217). */
export type PortSpecification =
  | { readonly backend: 'serial'; readonly path: string; readonly baud: number | undefined }
  | {
      readonly backend: 'rfc2217'
      readonly host: string
      readonly tcpPort: number
      readonly baud: number | undefined
    }

export type SimulatedSpecification = { readonly backend: 'model' | 'avr'; readonly board: string }

export type TargetSpecification =
  | SimulatedSpecification
  | PortSpecification
  /** A programmer that speaks serprog at a port. */
  | { readonly backend: 'serprog'; readonly port: PortSpecification }
  | RecordingSpecification

/** What a target did once, from a file. */
export type RecordingSpecification = { readonly backend: 'replay'; readonly path: string }

/** What there is to speak to: all but recordings, which answer what they were asked then. */
export type LiveSpecification = Exclude<TargetSpecification, RecordingSpecification>

export function isSimulated(specification: TargetSpecification): specification is SimulatedSpecification {
  return specification.backend === 'model' || specification.backend === 'avr'
}

const SERPROG = 'serprog:'
const RFC2217 = 'rfc2217:'
const REPLAY = 'replay:'

const AVAILABLE =
  'the targets are model:BOARD (a simulated board, for example model:uno), avr:BOARD (the compiled firmware on an emulated one, for example avr:uno), a serial port by its path (for example /dev/ttyACM0), serial:PATH@RATE, rfc2217://HOST:PORT (a serial port across a network), serprog:PATH (a programmer that speaks serprog), and for a check replay:FILE (what `check --record FILE` recorded)'

/** The TCP/IP stack alone, without board or chip. */
const BARE_STACK = 'stack:'

/**
 * As `parseTarget`, for what speaks to a board in ways of its own.
 * @throws UsageError as well for a recording
 */
export function parseLiveTarget(name: string): LiveSpecification {
  const target = parseTarget(name)
  if (target.backend !== 'replay') return target
  throw new UsageError(
    `${name} is a recording: it answers what the recorded check asked, and nothing else; run it with \`linkpulse check ${name}\``,
  )
}

/**
 * As `parseLiveTarget`, and `stack:`, for the commands that can do without a board.
 * @throws UsageError when the name is not one of the targets, listing those that are.
 */
export function parseNetTarget(name: string): LiveSpecification | { readonly backend: 'stack' } {
  if (name === BARE_STACK || name === 'stack') return { backend: 'stack' }
  if (name.startsWith(BARE_STACK)) {
    throw new UsageError(
      `${BARE_STACK} has nothing after it, and "${name.slice(BARE_STACK.length)}" follows: it is no board`,
    )
  }
  return parseLiveTarget(name)
}

/**
 * @throws UsageError when the name is not one of the targets, listing those that are.
 */
export function parseTarget(name: string): TargetSpecification {
  if (name === BARE_STACK) {
    throw new UsageError(`${BARE_STACK} is the TCP/IP stack without a board, for \`linkpulse net up\`; ${AVAILABLE}`)
  }
  for (const backend of ['model', 'avr'] as const) {
    if (!name.startsWith(`${backend}:`)) continue
    const board = name.slice(backend.length + 1)
    if (board === '')
      throw new UsageError(
        `${backend}: needs the name of a board, for example ${backend}:uno; \`linkpulse boards\` lists them`,
      )
    return { backend, board }
  }
  if (name.startsWith(REPLAY)) {
    const path = name.slice(REPLAY.length)
    if (path === '') throw new UsageError(`${REPLAY} needs the path of a recording, for example ${REPLAY}board.lpr`)
    return { backend: 'replay', path }
  }
  if (name.startsWith(SERPROG)) {
    const rest = name.slice(SERPROG.length)
    const port = rest.startsWith(RFC2217) ? parseNetworkPort(name, rest) : parsePort(name, rest.replace(/^serial:/, ''))
    return { backend: 'serprog', port }
  }
  if (name.startsWith(RFC2217)) return parseNetworkPort(name, name)
  const named = name.startsWith('serial:')
  const rest = named ? name.slice('serial:'.length) : name
  if (named || rest.includes('/') || /^COM\d/i.test(rest) || rest.startsWith('\\\\.\\')) return parsePort(name, rest)
  throw new UsageError(`"${name}" is not a target; ${AVAILABLE}`)
}

/** `//HOST:PORT`, HOST a name or an address, IPv6 in brackets, and perhaps `@RATE`. */
const NETWORK_PORT = /^\/\/(?:\[([0-9a-fA-F:.%\w]+)\]|([^\s:/@[\]]+))?(?::(\d*))?(?:@(.*))?$/

/**
 * @param name as the person typed it
 * @param url the part of it that names the port, `rfc2217://HOST:PORT[@RATE]`
 */
function parseNetworkPort(name: string, url: string): PortSpecification {
  const example = `${RFC2217}//localhost:2217`
  const parts = NETWORK_PORT.exec(url.slice(RFC2217.length))
  if (parts === null) {
    throw new UsageError(
      `${name} does not name a port across a network; write ${RFC2217}//HOST:PORT, for example ${example}`,
    )
  }
  const [, address, hostName, digits, rate] = parts
  const host = address ?? hostName
  if (host === undefined)
    throw new UsageError(`${name} names no host; write ${RFC2217}//HOST:PORT, for example ${example}`)
  if (digits === undefined || digits === '') {
    throw new UsageError(
      `${name} names no port: RFC 2217 has no usual one; write the one the server listens on, for example ${RFC2217}//${address === undefined ? host : `[${host}]`}:2217`,
    )
  }
  const tcpPort = Number(digits)
  if (!(tcpPort >= 1 && tcpPort <= 65_535)) {
    throw new UsageError(`the port in ${name} must be from 1 to 65535, not ${digits}; for example ${example}`)
  }
  return { backend: 'rfc2217', host, tcpPort, baud: rate === undefined ? undefined : parseRate(name, rate) }
}

function parsePort(name: string, rest: string): PortSpecification {
  const at = rest.lastIndexOf('@')
  // a path may hold an @ of its own; only digits after the last one are a rate
  const rate = at > 0 ? rest.slice(at + 1) : ''
  const isRate = rate !== '' && !rate.includes('/')
  const baud = isRate ? parseRate(name, rate) : undefined
  const path = isRate ? rest.slice(0, at) : rest
  if (path === '') {
    const example = name.startsWith(SERPROG) ? 'serprog:/dev/ttyACM0' : 'serial:/dev/ttyACM0'
    throw new UsageError(`${name} names no port; give its path, for example ${example}`)
  }
  return { backend: 'serial', path, baud }
}

function parseRate(name: string, rate: string): number {
  if (!/^\d+$/.test(rate)) {
    throw new UsageError(
      `"${rate}" in ${name} is not a rate; give symbols a second, for example serial:/dev/ttyACM0@115200`,
    )
  }
  const baud = Number(rate)
  if (baud < 300 || baud > 4_000_000) {
    throw new UsageError(`the rate in ${name} must be from 300 to 4000000 symbols a second`)
  }
  return baud
}
