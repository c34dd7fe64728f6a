/** What came of a ping, by the time to live that it was sent with. */
import { MILLISECOND } from '../../../../firmware/hal/clock.js'
import type { PingResult } from '../../../../firmware/net/icmp/ping.js'
import { formatIp } from '../../../../firmware/net/ip.js'
import { numberText } from '../../../number-text.js'
import { type Told, told } from '../../words/told.js'
import { PACKET_ADDRESSES } from './network.js'

export interface PingOutcome {
  readonly timeToLive: number
  readonly told: Told
  readonly wrong: boolean
}

export function pingOutcome(destination: string, timeToLive: number, result: PingResult): PingOutcome {
  return { timeToLive, told: outcomeTold(destination, result), wrong: !result.ok }
}

function outcomeTold(destination: string, result: PingResult): Told {
  if (result.ok) {
    const { size, roundTrip, timeToLive } = result
    const milliseconds = numberText(roundTrip / MILLISECOND, 2)
    return told('packets.result.reply', { from: destination, octets: size, milliseconds, ttl: timeToLive })
  }
  const from = result.from === undefined ? '' : formatIp(result.from)
  switch (result.reason) {
    case 'no answer':
      return told('packets.result.none', { to: destination })
    case 'time exceeded':
      return told('packets.result.exceeded', { from })
    case 'unreachable':
      if (from === '') return told('packets.result.no-way', { to: destination })
      return from === PACKET_ADDRESSES.board
        ? told('packets.result.no-arp', { to: destination })
        : told('packets.result.unreachable', { from, to: destination })
    case 'refused':
      return told('packets.result.refused')
    case 'altered':
      return told('packets.result.altered')
  }
}
