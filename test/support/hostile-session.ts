/** Session payloads as a confused or hostile end might say them: every step, role and version, with few identifiers so that some fit. */
import type { Random } from '../../firmware/hal/random.js'
import { SESSION_FIELDS } from '../../firmware/serial-link/link-table.js'
import { encodeSession, type SessionPayload } from '../../firmware/serial-link/session.js'

const STEPS: readonly SessionPayload['step'][] = ['open', 'accept', 'confirm', 'reply']

/** @param known identifiers that the two ends use at present */
export function hostileSession(random: Random, known: readonly number[] = []): Uint8Array {
  const identifier = () =>
    known.length > 0 && random.below(3) > 0 ? known[random.below(known.length)] : random.below(0x10000)
  const octets = encodeSession({
    step: STEPS[random.below(STEPS.length)],
    identifier: identifier(),
    peer: identifier(),
    role: random.below(3) === 0 ? 'board' : 'host',
    speaks: 1 + random.below(3),
    identity: {
      board: random.below(2) === 0 ? '' : 'x'.repeat(random.below(30)),
      firmware: '',
      window: 1 + random.below(127),
      highestSpiClock: random.next32(),
      capabilities: random.next32(),
      cells: random.below(0x10000),
    },
  })
  if (random.below(4) === 0) octets[SESSION_FIELDS.FLAGS.at] = random.below(256)
  if (random.below(8) === 0) octets[SESSION_FIELDS.VERSION.at] = random.below(4)
  if (random.below(8) === 0) octets[SESSION_FIELDS.WINDOW.at] = random.below(256)
  return octets
}
