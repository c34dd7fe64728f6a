/** The name of a target, as a person types it: `model:uno`, `/dev/ttyACM0`, `serial:COM3@500000`. */
import { UsageError } from './errors.js'

export type TargetSpecification =
  | { readonly backend: 'model' | 'avr'; readonly board: string }
  | { readonly backend: 'serial'; readonly path: string; readonly baud: number | undefined }

/** Forms that the design names and this version does not open. */
const LATER: readonly (readonly [prefix: string, what: string])[] = [
  ['serprog:', "boards that speak flashrom's serprog without cells"],
  ['rfc2217:', 'serial ports across a network'],
]

const AVAILABLE =
  'the targets are model:BOARD (a simulated board, for example model:uno), avr:BOARD (the compiled firmware on an emulated one, for example avr:uno), a serial port by its path (for example /dev/ttyACM0), and serial:PATH@RATE'

/** The TCP/IP stack alone, without board or chip. */
const BARE_STACK = 'stack:'

/**
 * As `parseTarget`, and `stack:`, for the commands that can do without a board.
 * @throws UsageError when the name is none of the targets, listing those that are.
 */
export function parseNetTarget(name: string): TargetSpecification | { readonly backend: 'stack' } {
  if (name === BARE_STACK || name === 'stack') return { backend: 'stack' }
  if (name.startsWith(BARE_STACK)) {
    throw new UsageError(
      `${BARE_STACK} has nothing after it, and "${name.slice(BARE_STACK.length)}" follows: it is no board`,
    )
  }
  return parseTarget(name)
}

/**
 * @throws UsageError when the name is none of the targets, listing those that are.
 */
export function parseTarget(name: string): TargetSpecification {
  for (const [prefix, what] of LATER) {
    if (name.startsWith(prefix))
      throw new UsageError(`this version does not open ${prefix} targets (${what}); ${AVAILABLE}`)
  }
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
  const named = name.startsWith('serial:')
  const rest = named ? name.slice('serial:'.length) : name
  if (named || rest.includes('/') || /^COM\d/i.test(rest) || rest.startsWith('\\\\.\\')) return parsePort(name, rest)
  throw new UsageError(`"${name}" is not a target; ${AVAILABLE}`)
}

function parsePort(name: string, rest: string): TargetSpecification {
  const at = rest.lastIndexOf('@')
  // a path may hold an @ of its own; only digits after the last one are a rate
  const rate = at > 0 ? rest.slice(at + 1) : ''
  if (rate !== '' && !/^\d+$/.test(rate) && !rate.includes('/')) {
    throw new UsageError(
      `"${rate}" in ${name} is not a rate; give symbols a second, for example serial:/dev/ttyACM0@115200`,
    )
  }
  const hasRate = /^\d+$/.test(rate)
  const path = hasRate ? rest.slice(0, at) : rest
  if (path === '') throw new UsageError(`${name} names no port; give its path, for example serial:/dev/ttyACM0`)
  const baud = hasRate ? Number(rate) : undefined
  if (baud !== undefined && (baud < 300 || baud > 4_000_000)) {
    throw new UsageError(`the rate in ${name} must be from 300 to 4000000 symbols a second`)
  }
  return { backend: 'serial', path, baud }
}
