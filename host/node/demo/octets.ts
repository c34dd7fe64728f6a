/** One exchange of a demo octet by octet: who of the layers has put what on the wire. */
import { withFcs } from '../../../boards/ethernet/fcs.js'
import { PREAMBLE_BITS } from '../../../boards/ethernet/line-bits.js'
import { type FrameReading, readFrame } from '../../../firmware/net/wire/read-frame.js'
import { asciiOf, HEX_ROW, hexOctets } from '../../hex-octets.js'
import { keyed } from '../../text/keyed.js'
import { say } from '../../text/say.js'
import type { Words } from '../../text/words.js'
import { type HeaderField, type HeaderLayer, headerFields } from '../../workshop/network/header-fields.js'
import { sayTold, type WorkshopWords } from '../../workshop/words/told.js'
import type { KeptFrame } from './record.js'

/** Of the OSI reference model; what an application puts there may be of three at once. */
type OctetLayer = '1' | '2' | '3' | '4' | '5-7'

/** Layer, octets (hexadecimal, two digits each), and what they are. */
export type OctetRow = readonly [layer: OctetLayer, octets: string, what: string]

/** A frame of the exchange. */
export interface FrameOctets {
  /** In the capture, from 1. */
  readonly number: number
  readonly direction: 'in' | 'out'
  readonly rows: readonly OctetRow[]
  /** On the wire, with preamble and FCS. */
  readonly bits: number
}

/** The words of a language: of the page, whose names the fields of headers have, and of the command line. */
export interface OctetWords {
  readonly page: WorkshopWords
  readonly line: Words
}

const LAYER_OF: Readonly<Record<HeaderLayer, OctetLayer>> = {
  ethernet: '2',
  arp: '2',
  ipv4: '3',
  icmp: '3',
  tcp: '4',
  udp: '4',
  data: '5-7',
}
/** Of an application, in one frame. */
const MOST = 160
/** 802.3 3.1.1: the shortest frame, without its FCS. */
const SHORTEST = 60

/** Where the application's octets lie in a frame. */
function carried({ tcp, udp }: FrameReading): { readonly from: number; readonly to: number } | undefined {
  const above = tcp ?? udp
  if (above === undefined || above.payloadEnd === above.payloadAt) return undefined
  return { from: above.payloadAt, to: above.payloadEnd }
}

/** The first frame in which an application speaks, and the first of the other end behind it. */
export function exchangeOf(frames: readonly KeptFrame[], words: OctetWords): readonly FrameOctets[] {
  const speaks = frames.map(({ frame }) => carried(readFrame(frame)))
  const first = speaks.findIndex((each) => each !== undefined)
  if (first < 0) return []
  const { direction } = frames[first]
  const second = speaks.findIndex((each, i) => i > first && each !== undefined && frames[i].direction !== direction)
  return [first, second].filter((at) => at >= 0).map((at) => octetsOf(frames[at], at + 1, speaks[at]!, words))
}

function octetsOf(
  { frame, direction }: KeptFrame,
  number: number,
  { from, to }: { readonly from: number; readonly to: number },
  words: OctetWords,
): FrameOctets {
  const octets = withFcs(padded(frame))
  const rows = headerFields(octets).flatMap((field) =>
    field.layer === 'data' ? dataRows(octets.subarray(from, to), words) : [headerRow(field, words)],
  )
  const preamble = ['1', '55 55 55 55 55 55 55 D5', say(words.line, keyed('demo.preamble'))] as const
  return { number, direction, rows: [preamble, ...rows], bits: PREAMBLE_BITS + 8 * octets.length }
}

/** 802.3 4.2.3.3: the controller fills a short frame up. */
function padded(frame: Uint8Array): Uint8Array {
  if (frame.length >= SHORTEST) return frame
  const whole = new Uint8Array(SHORTEST)
  whole.set(frame)
  return whole
}

function headerRow({ layer, name, value, octets }: HeaderField, { page }: OctetWords): OctetRow {
  return [LAYER_OF[layer], octets, `${sayTold(page, name)} ${sayTold(page, value)}`.trim()]
}

function dataRows(data: Uint8Array, { line }: OctetWords): OctetRow[] {
  const rows: OctetRow[] = []
  for (let at = 0; at < Math.min(data.length, MOST); at += HEX_ROW) {
    const part = data.subarray(at, Math.min(at + HEX_ROW, MOST))
    rows.push(['5-7', hexOctets(part), asciiOf(part)])
  }
  const left = data.length - MOST
  if (left > 0) rows.push(['5-7', '…', say(line, keyed('demo.more', { octets: left }))])
  return rows
}
