import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { parseBoard } from '../../boards/catalogue/parse.js'
import { wiringDiagram } from '../../host/physical/wiring-diagram.js'
import { boardFaults } from '../schema/judge.js'
import { scratch } from './command.js'
import { runHere } from './here.js'

describe('linkpulse boards', () => {
  it('shows a board with its pins, ports and levels', async () => {
    const { status, stdout } = await runHere('boards', 'uno')
    expect(status).toBe(0)
    expect(stdout).toMatch(/controller +ATmega328P, 16 MHz, 5 V logic/)
    expect(stdout).toMatch(/MISO +12 \(PB4\) +◄─+ buffer ─+ +SO \(pin 6\)/)
    expect(stdout).toMatch(/RESET +9 \(PB1\) +─+► +RESET \(pin 10\)/)
    // 5 V at VCC destroys the chip (DS39662 16.0: 3.6 V at most): what makes 3.3 V of it stands in the wire.
    expect(stdout).toMatch(/3V3 +5V +─+ 3\.3 V regulator ─+► +VCC/)
    expect((await runHere('boards', 'promini')).stdout).toMatch(/3V3 +- +─+ 3\.3 V supply ─+► +VCC/)
    expect(stdout).toMatch(/180.mA/)
    expect(stdout.split('\n').filter((line) => line.length > 120)).toEqual([])
  })

  it('prints a board as the file that would describe it', async () => {
    const { stdout } = await runHere('boards', 'nano', '--json')
    const document = JSON.parse(stdout) as { $schema: string; version: number }
    expect(document).toMatchObject({ $schema: expect.stringMatching(/\/schema\/board\.json$/), version: 1 })
    expect(boardFaults(document)).toEqual([])
    expect(parseBoard(stdout, 'nano.json')).toEqual(findBoard('nano'))
  })

  it('draws the wiring to a file, and to standard output', async () => {
    const path = join(scratch(), 'nano.svg')
    const { status, stdout, stderr } = await runHere('boards', 'nano', '--wiring', path)
    expect([status, stdout]).toEqual([0, ''])
    expect(stderr).toContain(path)
    expect(readFileSync(path, 'utf8')).toBe(wiringDiagram(findBoard('nano')))
    expect((await runHere('boards', 'nano', '--wiring', '-')).stdout).toBe(wiringDiagram(findBoard('nano')))
  })

  it('says what is wrong with a request for a drawing', async () => {
    const outcomes = [
      [['--wiring', 'x.svg'], /name it, as in/],
      [['uno', '--wiring', 'x.png'], /ends in \.svg, or - for standard output, not x\.png/],
      [['uno', '--wiring', '/nowhere/x.svg'], /cannot write the --wiring file .*no directory \/nowhere/],
    ] as const
    for (const [words, message] of outcomes) {
      const { status, stderr } = await runHere('boards', ...words)
      expect(status).toBe(2)
      expect(stderr).toMatch(message)
    }
  })
})
