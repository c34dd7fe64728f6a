import { describe, expect, it } from 'vitest'
import { CHECKS } from '../../host/check/check-list.js'
import { diagnose } from '../../host/check/diagnosis/diagnose.js'
import type { Figure } from '../../host/check/figure.js'
import { FIGURES } from '../../host/check/figures/all.js'
import { MISO } from '../../host/check/figures/spi.js'
import { jsonReport } from '../../host/check/report/document.js'
import { parseReport } from '../../host/check/report/parse.js'
import type { Diagnosis } from '../../host/check/types.js'
import { EN } from '../../host/text/en.js'
import { figureName } from '../../host/text/figure-name.js'
import type { FigureWords } from '../../host/text/figure-words.js'
import { runCheck } from './run-check.js'

describe('the figures', () => {
  it('are declared for every check there is, and for no other', () => {
    expect(Object.keys(FIGURES).sort()).toEqual(CHECKS.map(({ id }) => id).sort())
  })

  it.each(Object.entries(FIGURES))(
    'of %s have names of their own: in a stored report a figure is found by its name',
    (_, declared) => {
      const figures: (Figure | ((of: never) => Figure))[] = Object.values(declared)
      const names = figures.filter((each) => typeof each !== 'function').map((each) => figureName(EN, each))
      expect(new Set(names).size).toBe(names.length)
    },
  )

  it.each([[[]], [['miso-open']], [['cable-noise', 'buffer-memory-bad']], [['spi-noise']]])(
    'that a check takes are those it has declared (faults: %j)',
    async (faults) => {
      const { report } = await runCheck({ faults })
      const taken = report.checks.flatMap(({ id, measurements }) =>
        measurements.map(({ figure }) => [id, figure?.check]),
      )
      expect(taken.length).toBeGreaterThan(20)
      expect(taken.filter(([id, check]) => id !== check)).toEqual([])
    },
  )
})

describe('a stored report', () => {
  it.each(['miso-open', 'cable-unplugged', 'serial-noise', 'buffer-memory-bad', 'phy-dead', 'chip-brown-out'])(
    'of a board with %s is diagnosed as it was when it was made, word for word',
    async (fault) => {
      const { report } = await runCheck({ faults: [fault] })
      const { checks } = parseReport(jsonReport(report), 'report.json')
      const plain = ({ cause, confidence, evidence, remedy }: Diagnosis) => ({ cause, confidence, evidence, remedy })
      expect(report.diagnosis.length).toBeGreaterThan(0)
      expect(diagnose(checks, { occupant: report.occupant }).diagnosis.map(plain)).toEqual(report.diagnosis.map(plain))
    },
  )
})

describe('a language', () => {
  it('does not compile without the name of a figure, nor with one too many', () => {
    const { answers: _, ...others } = EN.figures['spi.miso']
    // @ts-expect-error it does not say what `answers` is
    const lacking: FigureWords['spi.miso'] = others
    // @ts-expect-error there is no such figure
    const idle: FigureWords['spi.miso'] = { ...EN.figures['spi.miso'], replies: 'answers' }
    // @ts-expect-error the data sheet has named this one
    const renamed: FigureWords['spi.clock'] = { clock: 'SPI clock', erevid: 'revision' }
    // @ts-expect-error its name says of which size
    const sizeless: FigureWords['mac.frame-sizes'] = { wrong: 'octets wrong' }
    expect([lacking, idle, renamed, sizeless]).toHaveLength(4)
  })
})

describe('a rule', () => {
  it('does not compile when it asks for a figure that is not taken', () => {
    // @ts-expect-error nobody counts these
    expect(MISO.answersAtNoon).toBeUndefined()
  })
})
