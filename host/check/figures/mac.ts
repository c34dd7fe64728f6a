/** What the checks of Ethernet frames, and of what else is on the wire, measure. */
import { count, declare, family, named, quantity } from '../figure.js'

const ECHOES_OF_A_SIZE = {
  lost: count(),
  wrongFcs: count(0),
  median: quantity('ms'),
  repeated: count(),
  echoes: count(),
} as const

export const MAC_FIGURES = declare({
  'mac.bystanders': {
    busy: count(),
    pauses: count(0),
    runts: count(0),
    fragments: count(),
    others: count(),
    readings: count(),
    listened: quantity('ms'),
  },
  'mac.transmit': {
    sent: count(1),
    // A link pulse may be taken for a collision (DS80349C 13), and others may talk: fifteen are allowed (IEEE 802.3 4.4.2).
    collisions: count({ max: 15 }),
    lateCollisions: count(0),
    excessiveDeferrals: count(0),
    octets: count(64),
    repetitions: count({ max: 16 }),
    ownBack: count(0),
  },
  'mac.receive': {
    time: quantity('ms', { max: 1000 }),
    badStatus: count(0),
    requests: count(),
  },
  'mac.frame-check': {
    wrongFcs: count(0),
    lost: count(0),
    otherwiseBad: count(0),
    whole: count(),
    sent: count(),
    repeated: count(),
    octets: count(),
  },
  'mac.frame-sizes': {
    wrong: family<{ size: number }>(count(0)),
  },
  'mac.unicast-filter': {
    letThrough: count(0),
    seenWithout: count({ min: 1 }),
  },
  'mac.simultaneous': {
    broken: count(),
    ended: count({ min: 1 }),
    late: count(),
    rounds: count(),
    fromPeer: count(),
  },
  'mac.heard': {
    down: count(0),
    frames: count(),
    bad: count(),
    listened: quantity('ms'),
  },
  'mac.address-conflict': {
    address: count(0),
    station: count(0),
    otherwise: count(),
    probes: count(),
  },
  'mac.echo-short': ECHOES_OF_A_SIZE,
  'mac.echo-odd': ECHOES_OF_A_SIZE,
  'mac.echo-long': ECHOES_OF_A_SIZE,
  'mac.duplex-flood': {
    clean: count(),
    overlaps: count(),
    answers: count(),
    damaged: count(),
    rounds: count(),
  },
  'mac.overflow-recovery': {
    again: count({ min: 1 }),
    flagged: count(1),
    kept: count(),
    after: count(0),
  },
  'mac.order': {
    overtaken: count(0),
    whole: count(),
    answers: count(),
    rounds: count(),
  },
  'mac.close-behind': {
    whole: count(),
    answers: count(),
    rounds: count(),
  },
  'mac.after-rest': {
    // Beside others who talk one is lost now and then; what has to wake loses all.
    first: count({ min: 1 }),
    second: count(),
    rests: count(),
  },
  'mac.sitting': {
    stalled: count(0),
    lost: count(),
    echoes: count(),
  },
  'mac.errata': {
    pointerZero: count(),
    loads: count(),
    packetsHidden: count(),
    looks: count(),
  },
  'mac.settings': {
    station: count(0),
    receiving: count(1),
    linkLost: count(0),
  },
  'mac.overflow': {
    rxerif: named('RXERIF', count(0)),
    bufer: named('BUFER', count(0)),
    waiting: count(0),
  },
})

export const CLOSE_BEHIND = MAC_FIGURES['mac.close-behind']
export const RESTED = MAC_FIGURES['mac.after-rest']
export const SITTING = MAC_FIGURES['mac.sitting']
export const HEARD = MAC_FIGURES['mac.heard']
export const CONFLICT = MAC_FIGURES['mac.address-conflict']
export const FLOOD = MAC_FIGURES['mac.duplex-flood']
export const BYSTANDERS = MAC_FIGURES['mac.bystanders']
export const TRANSMIT = MAC_FIGURES['mac.transmit']
export const RECEIVE = MAC_FIGURES['mac.receive']
export const FRAME_CHECK = MAC_FIGURES['mac.frame-check']
export const SIMULTANEOUS = MAC_FIGURES['mac.simultaneous']
export const SETTINGS = MAC_FIGURES['mac.settings']
