import { describe, expect, it } from 'vitest'
import { overSquelch } from '../../../boards/ethernet/error-rate.js'
import { EN } from '../../text/en.js'
import { say } from '../../text/say.js'
import type { Figure } from '../figure.js'
import type { CheckId } from '../figures/all.js'
import { LINK, PARTNER } from '../figures/phy.js'
import { RATE, SERIAL_SESSION, WHOLE_RUN } from '../figures/serial.js'
import { INTERRUPT_PIN, MISO } from '../figures/spi.js'
import { measure } from '../measure.js'
import type { CheckLayer, CheckResult, Verdict } from '../types.js'
import { diagnose } from './diagnose.js'
import { Evidence, seenOf } from './evidence.js'
import { DIAGNOSIS_RULES, ruleFor } from './rules.js'

/** Figures that were taken; of one that stands here twice the last counts. */
type Taken = readonly (readonly [Figure, number | null])[]

function result(id: CheckId, verdict: Verdict, taken: Taken = [], reason = ''): CheckResult {
  const measurements = [...new Map(taken)].map(([figure, value]) => measure(figure, value))
  return { id, layer: id.split('.')[0] as CheckLayer, title: id, reference: '', verdict, measurements, reason }
}

/** Causes of which a rule sees something here, from the line upwards; how likely each is, the dictionary says. */
function causes(...results: CheckResult[]): string[] {
  const evidence = new Evidence(results)
  return DIAGNOSIS_RULES.filter((rule) => (rule.seen(evidence)?.length ?? 0) > 0).map(({ cause }) => cause)
}

const ALL_FF: Taken = [
  [MISO.answers, 300],
  [MISO.allOnes, 300],
  [MISO.allZeros, 0],
  [MISO.echoes, 0],
  [MISO.differing, 0],
  [MISO.econ2, 0xff],
]
const INT_FOLLOWS: Taken = [
  [INTERRUPT_PIN.pending, 0],
  [INTERRUPT_PIN.rest, 1],
  [INTERRUPT_PIN.cleared, 1],
]
const INT_STAYS: Taken = [...INT_FOLLOWS, [INTERRUPT_PIN.pending, 1]]

describe('nothing wrong', () => {
  it('is nothing to diagnose, whatever the figures are', () => {
    expect(diagnose([]).diagnosis).toEqual([])
    expect(
      diagnose([result('spi.miso', 'pass', ALL_FF), result('spi.interrupt-pin', 'pass', INT_FOLLOWS)]).diagnosis,
    ).toEqual([])
    expect(diagnose([result('spi.miso', 'skip', ALL_FF)]).diagnosis).toEqual([])
  })
})

describe('a chip that reads FFh', () => {
  it('has an open MISO when INT follows what is written blindly', () => {
    const results = [result('spi.miso', 'fail', ALL_FF), result('spi.interrupt-pin', 'pass', INT_FOLLOWS)]
    expect(causes(...results)).toEqual(['miso-open'])
    const said = ruleFor('miso-open')?.seen(new Evidence(results)) ?? []
    expect(said.map((sentence) => say(EN, sentence)).join(' ')).toMatch(/300 readings were FFh.*INT/s)
  })

  it('has a chip select that never falls when INT stays high', () => {
    expect(causes(result('spi.miso', 'fail', ALL_FF), result('spi.interrupt-pin', 'fail', INT_STAYS))[0]).toBe(
      'cs-stuck-high',
    )
  })

  it('may be either when the board cannot see INT, and neither is called certain', () => {
    const results = [result('spi.miso', 'fail', ALL_FF), result('spi.interrupt-pin', 'skip')]
    expect(causes(...results)).toEqual(['miso-open', 'cs-stuck-high'])
    for (const { confidence, class: alike } of diagnose(results).diagnosis)
      if (alike.length === 1) expect(confidence).toBeLessThan(0.8)
  })

  it('is no wire at all when INT rests low: nothing is claimed that was not seen', () => {
    expect(
      causes(
        result('spi.miso', 'fail', ALL_FF),
        result('spi.interrupt-pin', 'fail', [...INT_STAYS, [INTERRUPT_PIN.rest, 0]]),
      ),
    ).not.toContain('cs-stuck-high')
  })
})

describe('a chip that reads 00h, or an echo', () => {
  it('is told in the same way, whatever the pull on MISO makes of it', () => {
    const low: Taken = [...ALL_FF, [MISO.allOnes, 0], [MISO.allZeros, 300], [MISO.econ2, 0]]
    const echo: Taken = [...ALL_FF, [MISO.allOnes, 0], [MISO.echoes, 300], [MISO.econ2, 0x1e]]
    for (const figures of [low, echo]) {
      expect(causes(result('spi.miso', 'fail', figures), result('spi.interrupt-pin', 'pass', INT_FOLLOWS))[0]).toBe(
        'miso-open',
      )
    }
  })
})

describe('a board that does not answer', () => {
  const silent = result('serial.session', 'fail', [
    [SERIAL_SESSION.octetsReceived, 0],
    [SERIAL_SESSION.cellsUnderstood, 0],
    [SERIAL_SESSION.cellsSent, 6],
  ])

  it('has no power when not one octet comes at any rate', () => {
    const scanned = result('serial.rate', 'fail', [
      [RATE.answered, null],
      [RATE.tried, 14],
    ])
    expect(causes(silent, scanned)).toEqual(['no-power', 'serial-tx-rx-swapped'])
  })

  it('has a wrong clock when it answers a few per cent beside its rate', () => {
    const noise = result('serial.session', 'fail', [
      [SERIAL_SESSION.octetsReceived, 300],
      [SERIAL_SESSION.cellsUnderstood, 0],
      [SERIAL_SESSION.cellsSent, 6],
    ])
    const off = result('serial.rate', 'fail', [
      [RATE.answered, 122_112],
      [RATE.deviation, 6],
      [RATE.tried, 1],
    ])
    expect(causes(noise, off)).toEqual(['baud-off-6-percent'])
  })

  it('is not said to have a wrong clock when it merely runs at another common rate', () => {
    const off = result('serial.rate', 'fail', [
      [RATE.answered, 57_600],
      [RATE.deviation, -50],
      [RATE.tried, 10],
    ])
    expect(causes(silent, off)).toEqual([])
  })
})

describe('damage on the serial line', () => {
  const figures = (headers: number, payloads: number): Taken => [
    [WHOLE_RUN.boardFraming, 0],
    [WHOLE_RUN.boardParity, 0],
    [WHOLE_RUN.boardHeaders, headers],
    [WHOLE_RUN.boardPayloads, payloads],
    [WHOLE_RUN.hostHeaders, headers],
    [WHOLE_RUN.hostPayloads, payloads],
    [WHOLE_RUN.errorsPerMillion, 3000],
    [WHOLE_RUN.skipped, 1000],
  ]

  it('is noise where payloads are hit as often as they are longer than headers', () => {
    expect(causes(result('serial.session', 'pass'), result('serial.whole-run', 'fail', figures(5, 60)))[0]).toBe(
      'serial-noise',
    )
  })

  it('is octets gone missing where headers are wrong above all', () => {
    expect(causes(result('serial.session', 'pass'), result('serial.whole-run', 'fail', figures(60, 20)))[0]).toBe(
      'serial-drops',
    )
  })
})

describe('no link', () => {
  const down = [
    result('phy.link', 'fail', [
      [LINK.lstat, 0],
      [LINK.receiving, 0],
      [LINK.readings, 200],
    ]),
    result('phy.duplex', 'pass'),
    result('phy.identifier', 'pass'),
  ]

  it('is the cable first when nobody has looked at the partner, and what else it could be behind it', () => {
    const others = ['rx-pair-open', 'partner-off', 'cable-straight', 'partner-100-only']
    expect(causes(...down)).toEqual(['cable-unplugged', ...others, 'cable-shorted', 'cable-too-long'])
  })

  it('is the pair that is broken when the partner sees a link', () => {
    const partner = result('phy.partner', 'pass', [
      [PARTNER.link, 1],
      [PARTNER.power, 1],
    ])
    // A transmitter that is dead looks the same, and is rarer.
    expect(causes(...down, partner)).toEqual(['rx-pair-open', 'partner-silent'])
  })

  it('is the plug, then all that looks like it, when both ends have power and neither sees a link', () => {
    const partner = result('phy.partner', 'fail', [
      [PARTNER.link, 0],
      [PARTNER.power, 1],
    ])
    const alike = ['cable-straight', 'partner-100-only', 'cable-shorted', 'cable-too-long']
    expect(causes(...down, partner)).toEqual(['cable-unplugged', ...alike])
  })

  it('is the partner when it has no power', () => {
    const partner = result('phy.partner', 'fail', [
      [PARTNER.link, 0],
      [PARTNER.power, 0],
    ])
    expect(causes(...down, partner)).toEqual(['partner-off'])
  })
})

describe('the sentences for a cause', () => {
  it('are those of what was seen', () => {
    const predictions = [
      { seen: true, sentence: 'a' },
      { seen: false, sentence: 'b' },
    ]
    expect(seenOf(predictions)).toEqual(['a'])
  })
})

describe('the remedy of a cable that is too long', () => {
  it('names the lengths at which the squelch of this very receiver stays shut (14.3.1.3.2)', () => {
    const remedy = say(EN, DIAGNOSIS_RULES.find(({ cause }) => cause === 'cable-too-long')?.remedy ?? '')
    const [, frames, pulses] = (/more than some (\d+) m .* more than some (\d+) m/.exec(remedy) ?? []).map(Number)
    expect([overSquelch(frames, '5e').frames, overSquelch(frames + 10, '5e').frames]).toEqual([true, false])
    expect([overSquelch(pulses, '5e').pulses, overSquelch(pulses + 10, '5e').pulses]).toEqual([true, false])
  })
})

describe('a board that answers at another rate', () => {
  it('was asked at the wrong one, and the remedy is the option that asks at the right one', () => {
    const results = [
      result('serial.session', 'fail', [
        [SERIAL_SESSION.octetsReceived, 128],
        [SERIAL_SESSION.cellsUnderstood, 0],
        [SERIAL_SESSION.cellsSent, 6],
      ]),
      result('serial.rate', 'fail', [
        [RATE.answered, 1_000_000],
        [RATE.share, 10_416.67],
        [RATE.tried, 14],
      ]),
    ]
    const rule = ruleFor('serial-wrong-baud')
    const evidence = new Evidence(results)
    expect(say(EN, rule?.seen(evidence)?.[0] ?? '')).toContain(
      'answers when this end runs at 1000000 baud, and was asked at 9600',
    )
    expect(say(EN, rule?.remedyFor?.(evidence) ?? '')).toContain('--baud 1000000')
    expect(causes(...results)).toEqual(['serial-wrong-baud'])
  })

  it.each([
    [115_200, 1_000_000, 1_000_250, 868.27],
    [1_000_000, 9_600, 9_603, 0.96],
    [123_456, 1_000_000, 999_755, 809.81],
  ])('was asked at %i, as its sentence says: the board answers at %i, has %i by its own clock', (asked, ...seen) => {
    const [answered, measured, share] = seen
    const figures = [
      [RATE.answered, answered],
      [RATE.measured, measured],
      [RATE.share, share],
    ] as const
    const words = ruleFor('serial-wrong-baud')?.seen(new Evidence([result('serial.rate', 'fail', figures)]))
    const [, said] = /was asked at (\d+)/.exec(say(EN, words?.[0] ?? '')) ?? []
    expect(Math.abs(Number(said) - asked)).toBeLessThan(2)
  })

  it('was asked at the wrong one, and at which one it answers nobody has found: the remedy names none', () => {
    const silent = new Evidence([result('serial.session', 'fail', [[SERIAL_SESSION.octetsReceived, 1128]])])
    expect(say(EN, ruleFor('serial-wrong-baud')?.remedyFor?.(silent) ?? '')).toContain(
      '--baud RATE, or serial:PATH@RATE',
    )
  })
})
