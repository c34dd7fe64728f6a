/** `linkpulse check TARGET --against TARGET`: two chips, the same programs. */
import { describe, expect, it } from 'vitest'
import type { ChipComparisonDocument } from '../../host/chip/against/schema.js'
import { chipComparisonFaults } from '../schema/judge.js'
import { runHere } from './here.js'

describe('linkpulse check --against', () => {
  it('finds no difference between the compiled firmware with its chip and the model (status 0)', async () => {
    const { status, stdout } = await runHere('check', 'avr:uno', '--against', 'model:uno', '--programs', '2')
    expect(stdout).toMatch(
      /^Comparing avr:uno with model:uno \(seed 1\)\nSAME {2}2 programs, \d+ operations: no difference\n[\s\S]*EREVID \(REV\), PHID2 \(PREV\): every revision/,
    )
    expect(status).toBe(0)
  })

  it('shows the first difference, as one document with --json (status 1)', async () => {
    const words = ['check', '--fault', 'memory-lines-touch', '--against', 'model:uno', '--seed', '4', '--json']
    const { status, stdout } = await runHere(...words)
    const document = JSON.parse(stdout) as ChipComparisonDocument
    expect(chipComparisonFaults(document)).toEqual([])
    expect(document).toMatchObject({ target: 'model:uno', against: 'model:uno', seed: 4, differs: true })
    expect(document.difference?.reference).toMatch(/^DS39662 /)
    expect(document.difference?.steps.map(({ operation }) => operation.split(' ')[0])).toEqual([
      'reset',
      'fill',
      'fetch',
    ])
    expect(status).toBe(1)
  })

  it.each([
    [
      ['replay:board.lpr', '--against', 'model:uno'],
      /replay:board\.lpr is a recording that answers what was asked then; name a board/,
    ],
    [['model:uno', '--against', 'replay:board.lpr'], /replay:board\.lpr is a recording/],
    [['/dev/ttyUSB0', '--against', '/dev/ttyUSB0'], /\/dev\/ttyUSB0 is the target itself; compare it with another one/],
    [['--against', 'model:uno', '--only', 'spi'], /--only is for checks, and --against compares two chips instead/],
    [['--programs', '3'], /--programs is how many --against compares/],
    [['--against', 'model:unno'], /unno/],
    [['--against', 'model:uno', '--programs', '0'], /--programs/],
  ])('refuses %j (status 2)', async (words, reason) => {
    const { status, stderr } = await runHere('check', ...words)
    expect(stderr).toMatch(reason)
    expect(status).toBe(2)
  })
})
