/** A frame or a link test pulse that comes by on a pair: picked by what it is, not by when it is. */
import type { CableFrame, Direction } from '../../boards/ethernet/cable.js'
import { frameWaveform, pulseWaveform } from '../../boards/ethernet/waveform.js'
import type { Bench } from '../../boards/faults/bench.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { frameRows, pulseRows, type ScopeView } from './view.js'

/** Simulated time to wait for a signal. */
export const PATIENCE = 10 * SECOND
const PING_PERIOD = 50 * MILLISECOND

export type Shown = Omit<ScopeView, 'from' | 'to'>

/** What the pair does to a signal, at the end where the board is: its own signals have not travelled. */
function pairOptions({ cable, lab }: Bench, direction: Direction) {
  const { noise } = cable.pair(direction)
  const random = lab.random.fork('scope')
  return direction === 'a-to-b'
    ? { length: 0, random }
    : { length: cable.length, category: cable.category, noise, random }
}

export function nthFrame(bench: Bench, direction: Direction, wanted: number, damaged: boolean): Shown | undefined {
  const { lab, board, peer, cable } = bench
  let count = 0
  let found: CableFrame | undefined
  cable.onFrame = (frame) => {
    if (found !== undefined || frame.direction !== direction) return
    const arrives = direction === 'a-to-b' || frame.octets.length > 0 || frame.errors.length > 0
    if (arrives && (!damaged || frame.errors.length > 0) && ++count === wanted) found = frame
  }
  const address = board.definition.network.address.split('/')[0]
  const ping = () => {
    if (peer.network.linkUp) peer.network.ping(address, {}, () => {})
    lab.clock.after(PING_PERIOD, ping)
  }
  ping()
  lab.runUntil(() => found !== undefined, PATIENCE)
  if (found === undefined) return undefined
  const received = direction === 'b-to-a'
  const at = found.at + (received ? cable.delay : 0)
  const errors = received ? found.errors : []
  const signal = { octets: found.sent, bits: found.bits }
  const inverted = received && found.inverted
  return {
    title: `frame ${wanted}, ${signal.octets.length} octets, at ${at} ns${inverted ? ', inverted' : ''}`,
    at,
    rows: frameRows(signal, errors),
    waveform: frameWaveform(signal, { ...pairOptions(bench, direction), at, errors, inverted }),
  }
}

export function firstPulse(bench: Bench, direction: Direction): Shown | undefined {
  const { lab, cable } = bench
  let at: number | undefined
  cable.onLinkPulse = (seen) => {
    if (seen === direction) at ??= lab.now + (direction === 'b-to-a' ? cable.delay : 0)
  }
  lab.runUntil(() => at !== undefined, PATIENCE)
  const received = direction === 'b-to-a'
  const { open, inverted } = cable.pair(direction)
  if (at === undefined || (received && open)) return undefined
  const turned = received && inverted
  return {
    title: `link test pulse at ${at} ns${turned ? ', inverted' : ''}`,
    at,
    rows: pulseRows(),
    waveform: pulseWaveform({ ...pairOptions(bench, direction), at, inverted: turned }),
  }
}
