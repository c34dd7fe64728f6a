/** `check PORT --wire IFACE`: the interface of this computer that the cable of a real board goes into. */
import { findBoard } from '../../../../boards/catalogue/catalogue.js'
import { formatIpv4, ipv4Interface, onLink } from '../../../../firmware/net/address.js'
import type { RunListener } from '../../../check/types.js'
import { UsageError } from '../../../errors/errors.js'
import { isSimulated, parseLiveTarget } from '../../../serial/specification.js'
import type { Target } from '../../../target/target.js'
import { WirePartner } from '../../network/wire-partner.js'
import type { TargetWrapper } from '../../serial/open-target.js'
import type { ArgumentsOf } from '../arguments.js'
import type { CHECK_COMMAND } from './check.command.js'

type Given = ArgumentsOf<typeof CHECK_COMMAND>

/** The interface that the board's cable goes into; undefined where none was named. @throws UsageError for what has no such cable */
export function wireOf(name: string, given: Given): string | undefined {
  const wire = given.text('wire')
  if (wire === undefined) return undefined
  const specification = parseLiveTarget(name)
  if (isSimulated(specification))
    throw new UsageError(`--wire is for a real board, and the cable of ${name} is simulated; leave it out`)
  if (given.has('peer'))
    throw new UsageError('--wire names the partner already: it is that interface; leave --peer out')
  if (given.text('view') === 'desk')
    throw new UsageError('--wire measures at the partner, and --view desk leaves the partner alone; leave one out')
  return wire
}

/** @throws UsageError where the board would be on another network than its partner, and as `WirePartner` */
export function wirePartner(wire: string, given: Given): WirePartner {
  const partner = new WirePartner(wire)
  const own = given.text('address') ?? findBoard('uno').network.address
  if (onLink(ipv4Interface(own), partner.address.address)) return partner
  partner.close()
  const there = formatIpv4(partner.address.address)
  throw new UsageError(
    `--wire ${wire} is ${there}, and the board would be ${own}, on another network; give it one there: --address ADDRESS/${partner.address.prefixLength}`,
  )
}

/** A target with the partner beside it. */
export function withPartner(
  wire: WirePartner | undefined,
  around: TargetWrapper | undefined,
): TargetWrapper | undefined {
  if (wire === undefined) return around
  return (target, programmer) => {
    const onWire: Target = { ...target, surroundings: wire.surroundings(target.clock) }
    return around === undefined ? onWire : around(onWire, programmer)
  }
}

/** What the interface counts is noted check by check. */
export function countingAt(wire: WirePartner | undefined, other: RunListener): RunListener {
  return {
    started: (check) => other.started?.(check),
    finished(result) {
      wire?.checkEnded(result.id)
      other.finished?.(result)
    },
    again: (check) => other.again?.(check),
  }
}
