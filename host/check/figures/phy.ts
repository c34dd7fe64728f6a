/** What the checks of the chip's analogue half, and of the link, measure. */
import { count, declare, hex, named, quantity } from '../figure.js'

const HEARING = {
  wanted: count({ min: 1 }),
  unwanted: count(0),
  tried: count(),
} as const

export const PHY_FIGURES = declare({
  'phy.identifier': {
    phid1: named('PHID1', hex(4, 0x0083)),
    // The revision in bits 3:0 differs from chip to chip.
    phid2: named('PHID2', hex(4, { min: 0x1400, max: 0x140f })),
  },
  'phy.registers': {
    phlcon: named('PHLCON', hex(4)),
  },
  'phy.access-time': {
    busy: count(0),
    phid1: named('PHID1', hex(4, 0x0083)),
    seen: quantity('ms'),
  },
  'phy.loopback': {
    heard: count({ min: 1 }),
    wrongFcs: count(0),
    otherwiseBad: count(0),
    sent: count(),
  },
  'phy.filter-unicast': HEARING,
  'phy.filter-broadcast': HEARING,
  'phy.filter-multicast': HEARING,
  'phy.filter-hash': HEARING,
  'phy.filter-pattern': HEARING,
  'phy.filter-magic': HEARING,
  'phy.packet-count': {
    jumps: count(0),
    most: count({ min: 1 }),
    readings: count(),
  },
  'phy.forced-link': {
    sent: count(1),
    collisions: count(),
  },
  'phy.forced-listening': {
    own: count(0),
    answers: count(),
    frames: count(),
    bad: count(),
    receiving: count(),
    listened: quantity('ms'),
  },
  'phy.duplex': {
    pdpxmd: named('PHCON1.PDPXMD', count()),
    fuldpx: named('MACON3.FULDPX', count()),
    dpxstat: named('PHSTAT2.DPXSTAT', count()),
  },
  'phy.not-forced': {
    frclnk: named('FRCLNK', count(0)),
    txdis: named('TXDIS', count(0)),
    ploopbk: named('PLOOPBK', count(0)),
    ppwrsv: named('PPWRSV', count(0)),
  },
  'phy.link': {
    time: quantity('ms'),
    lstat: named('LSTAT', count(1)),
    readings: count(),
    receiving: count(),
  },
  'phy.partner': {
    link: count(1),
    power: count(1),
  },
  'phy.polarity': {
    reversed: count(0),
    readings: count(),
  },
  'phy.link-steady': {
    lost: count(0),
    jabber: count(0),
    watched: quantity('ms'),
  },
})

export const IDENTIFIER = PHY_FIGURES['phy.identifier']
export const FORCED_LISTENING = PHY_FIGURES['phy.forced-listening']
export const LINK = PHY_FIGURES['phy.link']
export const PARTNER = PHY_FIGURES['phy.partner']
export const POLARITY = PHY_FIGURES['phy.polarity']
export const LINK_STEADY = PHY_FIGURES['phy.link-steady']
