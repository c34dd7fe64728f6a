/** From buffer memory to the octets that go on the wire: control octet, padding, FCS, length limit (DS39662 7.1). */
import { BITS } from '../../../firmware/enc28j60/registers.js'
import { takeOctets } from '../../../firmware/hal/octet-slab.js'
import { crc32 } from '../../ethernet/fcs.js'
import { ADDRESS_MASK } from './buffer-memory.js'
import type { Core } from './core.js'
import { PAUSE_ADDRESS, TYPE_CONTROL, TYPE_VLAN } from './frame-facts.js'
import { PLACE } from './places.js'

const { EPAUSL, ETXNDL, ETXSTL, MAADR1, MAADR2, MAADR3, MAADR4, MAADR5, MAADR6, MACON3, MAMXFLL } = PLACE

/** Bits of the per-packet control octet (DS39662 figure 7-1). */
const PHUGEEN = 0x08
const PPADEN = 0x04
const PCRCEN = 0x02
const POVERRIDE = 0x01

/** A frame ready to go. */
export interface TransmitFrame {
  /** Destination address to FCS. */
  readonly octets: Uint8Array
  /** The FCS at its end is that of all octets before it. */
  readonly intact: boolean
  /** The host supplied an FCS and it is wrong. */
  readonly crcError: boolean
  /** Longer than MAMXFL where that is not allowed: it is cut at MAMXFL and aborted. */
  readonly giant: boolean
}

/** A frame that the host asked for. */
export interface HostFrame extends TransmitFrame {
  /** Where its status vector goes. */
  readonly status: number
}

/** Length without FCS that PADCFG asks for; 0: none, and no FCS either (DS39662 register 6-2). */
function paddedLength(padcfg: number, type: number): number {
  switch (padcfg) {
    case 1:
      return 60
    case 3:
    case 7:
      return 64
    case 5:
      return type === TYPE_VLAN ? 64 : 60
    default:
      return 0
  }
}

function finish(
  memory: Uint8Array,
  from: number,
  count: number,
  padded: number,
  addCrc: boolean,
  header: number,
): Uint8Array {
  const length = Math.max(count, padded)
  const octets = takeOctets(length + (addCrc ? 4 : 0))
  if (count < 80) for (let i = 0; i < count; i++) octets[i] = memory[from + i]
  else octets.set(memory.subarray(from, from + count))
  if (addCrc) {
    const fcs = crc32(octets, header, length)
    octets[length] = fcs
    octets[length + 1] = fcs >>> 8
    octets[length + 2] = fcs >>> 16
    octets[length + 3] = fcs >>> 24
  }
  return octets
}

/** Takes the frame between ETXST and ETXND out of memory; undefined when there is none. */
export function buildFrame(core: Core): HostFrame | undefined {
  const { registers, memory, findings } = core
  const start = registers.word(ETXSTL)
  const end = registers.word(ETXNDL)
  if (end <= start) {
    findings.report('no-payload')
    return undefined
  }
  const control = memory.octets[start]
  const config = registers.values[MACON3]
  let padded: number
  let addCrc: boolean
  let huge: boolean
  if (control & POVERRIDE) {
    padded = control & PPADEN ? 60 : 0
    addCrc = (control & PCRCEN) !== 0
    huge = (control & PHUGEEN) !== 0
  } else {
    padded = paddedLength(
      config >> 5,
      end - start < 14 ? 0 : (memory.octets[start + 13] << 8) | memory.octets[start + 14],
    )
    addCrc = (config & BITS.MACON3.TXCRCEN) !== 0
    if (padded > 0 && !addCrc) {
      findings.report('padding-without-crc')
      addCrc = core.choices.paddingAppendsCrc
    }
    huge = (config & BITS.MACON3.HFRMEN) !== 0
  }
  const header = config & BITS.MACON3.PHDREN ? 4 : 0
  const octets = finish(memory.octets, start + 1, end - start, padded, addCrc, header)
  const crcError = !addCrc && !hostFcsGood(octets, header)
  const giant = !huge && octets.length > registers.word(MAMXFLL)
  return {
    octets: giant ? octets.subarray(0, registers.word(MAMXFLL)) : octets,
    intact: !giant && !crcError && header === 0,
    crcError,
    giant,
    status: (end + 1) & ADDRESS_MASK,
  }
}

function hostFcsGood(octets: Uint8Array, header: number): boolean {
  const at = octets.length - 4
  if (at <= header) return false
  const fcs = crc32(octets, header, at)
  return (octets[at] | (octets[at + 1] << 8) | (octets[at + 2] << 16) | (octets[at + 3] << 24)) >>> 0 === fcs
}

/** A pause frame of the MAC's own (IEEE 802.3 31B.2). */
export function buildPause(core: Core, quanta: number): TransmitFrame {
  const { values } = core.registers
  const payload = new Uint8Array(18)
  payload.set(PAUSE_ADDRESS)
  payload.set(
    [MAADR1, MAADR2, MAADR3, MAADR4, MAADR5, MAADR6].map((place) => values[place]),
    6,
  )
  payload.set([TYPE_CONTROL >> 8, TYPE_CONTROL & 0xff, 0x00, 0x01, quanta >> 8, quanta & 0xff], 12)
  return {
    octets: finish(payload, 0, payload.length, 60, true, 0),
    intact: true,
    crcError: false,
    giant: false,
  }
}

/** EPAUS: what a pause frame asks for, in units of 512 bit times. */
export function pauseQuanta(core: Core): number {
  return core.registers.word(EPAUSL)
}
