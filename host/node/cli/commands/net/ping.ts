import { MILLISECOND, SECOND } from '../../../../../firmware/hal/clock.js'
import { LARGEST_ECHO, type PingResult } from '../../../../../firmware/net/icmp/ping.js'
import { formatIp, type IpAddress } from '../../../../../firmware/net/ip.js'
import type { ClientWire } from '../../../../network/client-wire.js'
import { checkHost, resolveHost } from '../../../../network/resolve.js'
import { keyed, type Sentence } from '../../../../text/keyed.js'
import { say } from '../../../../text/say.js'
import type { ArgumentsOf } from '../../arguments.js'
import { Outputs } from '../../outputs.js'
import { print } from '../../say.js'
import { WORDS } from '../../words.js'
import { onWire } from './client.js'
import { runEnd } from './interrupted.js'
import type { NET_PING_COMMAND } from './ping.command.js'
import { learnsNameServers, readNameServer } from './wires.js'

type Given = ArgumentsOf<typeof NET_PING_COMMAND>

const COUNT = 5
const SIZE = 56

/** `linkpulse net ping ADDRESS`: 0 when every echo came back, 1 when one did not. */
export async function netPing(given: Given): Promise<number> {
  const [host] = given.operands
  const server = readNameServer(given)
  checkHost('HOST', host, server, learnsNameServers(given))
  const count = given.whole('count', 1, 1_000_000) ?? COUNT
  const size = given.whole('size', 0, LARGEST_ECHO) ?? SIZE
  const interval = Math.round((given.seconds('interval') ?? 1) * SECOND)
  const timeLimit = Math.round((given.seconds('timeout') ?? 1) * SECOND)
  const outputs = new Outputs(given)
  const interrupted = runEnd()
  let stopped = false
  let wake: () => void = () => {}
  void interrupted.over.then(() => {
    stopped = true
    wake()
  })
  const trips: number[] = []
  let sent = 0

  const one = async (wire: ClientWire, address: IpAddress): Promise<void> => {
    const began = wire.clock.now
    let result: PingResult | undefined
    wire.stack.ping(address, { size, sequence: (sent + 1) & 0xffff, timeLimit }, (answer) => {
      result = answer
      wire.changed()
    })
    sent++
    await wire.until(() => result !== undefined || stopped)
    if (result?.ok) {
      trips.push(result.roundTrip)
      const { size: octets, sequence, timeToLive, roundTrip } = result
      const [from, time] = [formatIp(address), milliseconds(roundTrip)]
      tellLine(keyed('ping.answered', { size: octets, address: from, sequence, timeToLive, time }))
    } else if (result !== undefined) {
      const { sequence, from } = result
      const why = keyed(`ping.${result.reason}`)
      const reason = from === undefined ? why : keyed('ping.says', { reason: why, address: formatIp(from) })
      tellLine(keyed('ping.failed', { sequence, reason }))
    }
    if (sent < count) await wire.until(() => stopped, Math.max(0, began + interval - wire.clock.now))
  }

  await onWire(given, outputs, async (wire) => {
    wake = wire.changed
    const address = await resolveHost(wire, host, server, () => stopped)
    if (address === undefined) return
    tellLine(keyed('ping.begins', { address: formatIp(address), size }))
    while (sent < count && !stopped) await one(wire, address)
  })
  interrupted.release()
  const sum = keyed('ping.sum', { sent, back: trips.length })
  const [shortest, longest] = [Math.min(...trips), Math.max(...trips)].map(milliseconds)
  const mean = milliseconds(trips.reduce((all, trip) => all + trip, 0) / trips.length)
  tellLine(trips.length === 0 ? sum : keyed('ping.times', { sum, shortest, mean, longest }))
  return trips.length === sent ? 0 : 1
}

function milliseconds(nanoseconds: number): string {
  return (nanoseconds / MILLISECOND).toFixed(3)
}

function tellLine(sentence: Sentence): void {
  print(`${say(WORDS, sentence)}\n`)
}
