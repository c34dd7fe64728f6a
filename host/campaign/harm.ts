/** Whether a user suffers: echo requests between board and partner, both ways, and messages across the serial line. */
import type { Bench } from '../../boards/faults/bench.js'
import type { SimulatedBoard } from '../../boards/model/board.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { ipv4 } from '../../firmware/net/address.js'
import type { PingResult } from '../../firmware/net/icmp/ping.js'
import type { NetworkInterface } from '../../firmware/net/network-interface.js'
import { sessionOn } from '../check/session-on.js'
import { sleepOnClock } from '../serial/drive.js'
import { openBench } from '../target/simulated-target.js'

/** Later than this is late. */
const LATE = 100 * MILLISECOND

export interface Harm {
  /** Lost, altered, or late. */
  readonly pings: number
  readonly messages: number
}

/** Echo requests: how many, of how many octets, and from one to the next. */
const PINGS = [
  { count: 60, size: 56, interval: 70 * MILLISECOND },
  { count: 15, size: 1_400, interval: 110 * MILLISECOND },
  { count: 8, size: 57, interval: 600 * MILLISECOND },
] as const

const FIRST_PINGS = 3
const MESSAGES = 150
const MESSAGE_INTERVAL = 20 * MILLISECOND

export async function harmOn(bench: Bench<SimulatedBoard>): Promise<Harm> {
  const first = badFirstPings(bench)
  const messages = await badMessages(bench)
  return { messages, pings: first + badPings(bench) }
}

/** As for somebody who has just plugged it in: pings before anything else was sent. */
function badFirstPings(bench: Bench<SimulatedBoard>): number {
  const { lab, peer } = bench
  let good = 0
  lab.runFor(2 * SECOND)
  for (let sequence = 1; sequence <= FIRST_PINGS; sequence++) {
    peer.network.ping(boardOf(bench), { size: 56, sequence }, (result) => {
      if (result.ok) good++
    })
    lab.runFor(SECOND)
  }
  return FIRST_PINGS - good
}

async function badMessages(bench: Bench<SimulatedBoard>): Promise<number> {
  const target = openBench('model:uno', bench, 'model', { timeLimit: 600 * SECOND })
  const session = sessionOn(target)
  const source = bench.lab.random.fork('messages')
  let bad = 0
  await target.drive(
    (async () => {
      if (!(await session.begin(5 * SECOND))) {
        bad = MESSAGES
        return
      }
      for (let each = 0; each < MESSAGES; each++) {
        // Frames pass meanwhile, as they do on a desk.
        bench.peer.network.ping(boardOf(bench), { size: 56 }, () => {})
        const message = Uint8Array.from({ length: 48 }, () => source.below(256))
        const sent = target.clock.now
        const reply = await session.echo(message).catch(() => undefined)
        const same = reply !== undefined && message.every((octet, at) => octet === reply[at])
        if (!same || target.clock.now - sent > LATE) bad++
        await sleepOnClock(target.clock, MESSAGE_INTERVAL)
      }
      await session.close()
    })(),
  )
  await target.close()
  return bad
}

function boardOf({ board }: Bench<SimulatedBoard>): number {
  return ipv4(board.definition.network.address.split('/')[0])
}

function badPings(bench: Bench<SimulatedBoard>): number {
  const { lab, board, peer } = bench
  let bad = 0
  const heard = (result: PingResult): void => {
    if (!result.ok || result.roundTrip > LATE) bad++
  }
  const ways: readonly [NetworkInterface, number][] = [
    [peer.network, boardOf(bench)],
    [board.controller.network, ipv4(board.definition.network.gateway)],
  ]
  lab.runFor(3 * SECOND)
  let sequence = 0
  for (const { count, size, interval } of PINGS) {
    for (let each = 0; each < count; each++) {
      sequence++
      for (const [network, to] of ways) network.ping(to, { size, sequence }, heard)
      lab.runFor(interval)
    }
  }
  lab.runFor(2 * SECOND)
  return bad
}
