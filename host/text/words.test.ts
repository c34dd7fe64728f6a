import { describe, expect, it } from 'vitest'
import { AGAINST_WORDS } from './en/against.js'
import { AUDIT_WORDS } from './en/audit.js'
import { BOARD_WORDS } from './en/board.js'
import { CAMPAIGN_WORDS } from './en/campaign.js'
import { CHIP_PROMPT_WORDS } from './en/chip-prompt.js'
import { COMPARE_WORDS } from './en/compare.js'
import { DEMO_WORDS } from './en/demo.js'
import { CABLE_DIAGNOSIS } from './en/diagnosis/cable.js'
import { CHIP_DIAGNOSIS } from './en/diagnosis/chip.js'
import { INFERENCE_WORDS } from './en/diagnosis/inference.js'
import { MEDIUM_DIAGNOSIS } from './en/diagnosis/medium.js'
import { CHIP_REMEDIES } from './en/diagnosis/remedies-chip.js'
import { NETWORK_REMEDIES } from './en/diagnosis/remedies-network.js'
import { SERIAL_REMEDIES } from './en/diagnosis/remedies-serial.js'
import { WIRE_REMEDIES } from './en/diagnosis/remedies-wires.js'
import { SERIAL_DIAGNOSIS } from './en/diagnosis/serial.js'
import { SERIAL_WIRING_DIAGNOSIS } from './en/diagnosis/serial-wiring.js'
import { WIRING_DIAGNOSIS } from './en/diagnosis/wiring.js'
import { DRILL_WORDS } from './en/drill.js'
import { DRILL_ERRORS } from './en/drill-errors.js'
import { DROP_WORDS } from './en/drop-reasons.js'
import { EXTCAP_WORDS } from './en/extcap.js'
import { FAULT_LIST_WORDS } from './en/fault-list.js'
import { FINDING_RULE_WORDS } from './en/finding-rules.js'
import { LAB_WORDS } from './en/lab.js'
import { LADDER_WORDS } from './en/ladder.js'
import { LINES_WORDS } from './en/lines.js'
import { MEASURED } from './en/measured.js'
import { NET_STAT_WORDS } from './en/net-stat.js'
import { PING_WORDS } from './en/ping.js'
import { PORT_WORDS } from './en/port.js'
import { REASONS } from './en/reasons.js'
import { REPORT_WORDS } from './en/report.js'
import { RUN } from './en/run.js'
import { TERMINAL_WORDS } from './en/terminal.js'
import { TITLES } from './en/titles.js'
import { EN } from './en.js'
import { keyed, type SentenceWords } from './keyed.js'
import { say } from './say.js'
import type { Words } from './words.js'

/** A sentence where each of its values is 1: a list of it is written in the same way. */
function withOnes(words: string | ((values: never) => string)): string {
  return typeof words === 'string' ? words : (words as (values: object) => string)(new Proxy({}, { get: () => ['1'] }))
}

/** One, and behind it a noun or a verb that is for many. */
const MANY_OF_ONE =
  /\b1 (?:(?:other|baud|session|whole|framing|pause|ARP|NMEA) )*(?!(?:ms|as|is|was|has|keeps|reads)\b)(?:[a-z]+s|are|were|have)\b/i

/** These are never said of one. */
const NEVER_OF_ONE: Readonly<Record<string, string>> = {
  'miso.all-ones': 'some hundred are taken',
  'miso.all-zeros': 'some hundred are taken',
  'miso.echoes': 'some hundred are taken',
  'evidence.times': 'what is not three times as likely is no evidence',
  'evidence.more-than': 'what is not three times as likely is no evidence',
  'next.why': 'bits have a decimal',
  'board.across': 'a board has a name',
  'pkt.membership-form': 'a name stands before the verb',
  'pkt.option-mask6': 'a name stands before the verb',
  'pkt.note.mask': 'a name stands before the verb',
  'pkt.option-whole': 'an option has a name',
  'pkt.option-address': 'an option has a name',
  'pkt.option-mask': 'an option has a name',
  'pkt.sysctl-number': 'a sysctl has a name',
  'pkt.note.option': 'an option has a name',
}

describe('a sentence', () => {
  it('is said with its values, and with what is a sentence among them in the same language', () => {
    const shouting: Words = {
      ...EN,
      sentences: {
        ...EN.sentences,
        'measured.nothing': 'NOTHING',
        'spi-too-fast.fast': ({ econ2 }) => `ECON2 READS ${econ2}!`,
      },
    }
    const sentence = keyed('spi-too-fast.fast', { econ2: keyed('measured.nothing') })
    expect(say(shouting, sentence)).toBe('ECON2 READS NOTHING!')
    expect(say(EN, sentence)).toBe(
      'At full speed ECON2 reads nothing instead of 80h: bits are sampled before they have arrived.',
    )
    expect(say(shouting, 'words of somebody else')).toBe('words of somebody else')
  })

  it('does not compile with an unknown key, a value too few or one of another kind', () => {
    // @ts-expect-error no such sentence
    keyed('spi-too-fast.faster')
    // @ts-expect-error of which register?
    keyed('spi-too-fast.fast')
    // @ts-expect-error how many is a number
    const odd = keyed('miso.all-ones', { count: 'all' })
    expect(odd.key).toBe('miso.all-ones')
  })
})

describe('a language', () => {
  it('does not compile without a sentence of English, nor with one of its own, nor with values that are not given', () => {
    const { 'measured.nothing': _, ...others } = EN.sentences
    // @ts-expect-error it cannot say `nothing`
    const lacking: SentenceWords = others
    // @ts-expect-error nobody says this
    const idle: SentenceWords = { ...EN.sentences, 'measured.moon': 'full' }
    const wanting: SentenceWords = {
      ...EN.sentences,
      // @ts-expect-error there is no such value
      'miso.all-ones': ({ amount }) => `${amount}`,
    }
    expect([lacking, idle, wanting]).toHaveLength(3)
  })

  it('says one of a thing as one, wherever English counts', () => {
    const said = Object.entries(EN.sentences)
      .filter(([key]) => NEVER_OF_ONE[key] === undefined)
      .map(([key, words]) => `${key}: ${withOnes(words)}`)
    expect(said.filter((sentence) => / 1 check: /.test(sentence)).length).toBeGreaterThan(0)
    expect(said.filter((sentence) => MANY_OF_ONE.test(sentence))).toEqual([])
    expect(MANY_OF_ONE.test('summary: 1 checks')).toBe(true)
  })

  it('has as many sentences as its rooms: none stands twice', () => {
    const rooms = [
      TITLES,
      MEASURED,
      RUN,
      TERMINAL_WORDS,
      REPORT_WORDS,
      FINDING_RULE_WORDS,
      DROP_WORDS,
      COMPARE_WORDS,
      AGAINST_WORDS,
      AUDIT_WORDS,
      REASONS,
      PORT_WORDS,
      SERIAL_DIAGNOSIS,
      SERIAL_WIRING_DIAGNOSIS,
      WIRING_DIAGNOSIS,
      CHIP_DIAGNOSIS,
      CABLE_DIAGNOSIS,
      MEDIUM_DIAGNOSIS,
      WIRE_REMEDIES,
      SERIAL_REMEDIES,
      NETWORK_REMEDIES,
      CHIP_REMEDIES,
      INFERENCE_WORDS,
      LADDER_WORDS,
      FAULT_LIST_WORDS,
      LINES_WORDS,
      NET_STAT_WORDS,
      BOARD_WORDS,
      CAMPAIGN_WORDS,
      CHIP_PROMPT_WORDS,
      DRILL_WORDS,
      DRILL_ERRORS,
      DEMO_WORDS,
      EXTCAP_WORDS,
      PING_WORDS,
      LAB_WORDS,
    ]
    const keys = rooms.flatMap((room) => Object.keys(room))
    expect(Object.keys(EN.sentences)).toEqual([...new Set(keys)])
    expect(new Set(keys).size).toBe(keys.length)
  })
})
