/**
 * A packet filter on the way, with a rule too many: faults that only stations with two computers have, because they are about segments of TCP.
 * The first is what a stateful firewall does that sees one direction only, where answers take another way: the ACK of a SYN-ACK that it never
 * saw belongs to no connection (RFC 9293 3.5 has the three segments).
 */
import { Station } from '../../../boards/ethernet/station.js'
import type { Bench } from '../../../boards/faults/bench.js'
import { plugThrough } from '../../../boards/faults/between.js'
import { type Fault, faultFamily } from '../../../boards/faults/fault.js'
import { ACK, SYN } from '../../../firmware/net/wire/tcp.js'
import { ladderReading } from './frame-reading.js'

/** Whether a segment with these flags is let through. */
type Rule = (flags: number) => boolean

const ANY: Rule = () => true

/** Between the client and the box. */
function putFirewall(bench: Bench, towardsServer: Rule, towardsClient: Rule): void {
  const { clock, random } = bench.lab
  const port = (index: 0 | 1) => {
    const address = Uint8Array.of(0x02, 0x60, 0x8c, 0, 2, index)
    return new Station({ clock, random, name: `firewall ${index}`, address, promiscuous: true, duplex: 'half' })
  }
  const [inner, outer] = [port(0), port(1)]
  const forward = (from: Station, to: Station, rule: Rule) => {
    from.handleFrame = (frame) => {
      const reading = ladderReading(frame)
      if (reading?.kind !== 'tcp' || rule(reading.flags)) to.send(frame.slice())
    }
  }
  forward(inner, outer, towardsServer)
  forward(outer, inner, towardsClient)
  plugThrough(bench, inner.port, outer.port)
}

const WIRE = { layer: 'cable', side: 'wire' } as const

export const FIREWALL_FAULTS: readonly Fault[] = [
  faultFamily({
    ...WIRE,
    name: 'firewall-only-syn',
    title: 'a firewall on the way lets nothing but a SYN through to the server',
    symptom: 'the client believes that it is connected, and the server sends its SYN-ACK again and again',
    breaks: () => ({ movesPlug: true, apply: (bench) => putFirewall(bench, (flags) => (flags & SYN) !== 0, ANY) }),
  }),
  faultFamily({
    ...WIRE,
    name: 'firewall-no-syn-ack',
    title: 'a firewall on the way lets no SYN-ACK back to the client',
    symptom: 'both ends send again and again what they began with',
    breaks: () => ({
      movesPlug: true,
      apply: (bench) => putFirewall(bench, ANY, (flags) => (flags & (SYN | ACK)) !== (SYN | ACK)),
    }),
  }),
]
