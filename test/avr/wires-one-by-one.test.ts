/** The bridge firmware moves the wires of SPI one by one, on the emulated controller: the same figures as on a model. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createAvrBench } from '../../boards/avr/bench.js'
import { parseImage } from '../../boards/avr/flash-image.js'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { withinLimits } from '../../host/check/measure.js'
import { checkOpened } from '../../host/check/run.js'
import { bundledImage } from '../../host/node/flash/bundled.js'
import { openBench } from '../../host/target/simulated-target.js'

const board = findBoard('uno')

async function wrong(faults: readonly string[]): Promise<string[]> {
  const image = parseImage(readFileSync(bundledImage(board)))
  const bench = createAvrBench({ board, seed: 1, faults, image })
  const { checks } = await checkOpened(openBench('avr:uno', bench, 'avr'), { only: ['spi.pins', 'spi.by-hand'] })
  return checks
    .filter(({ id }) => id === 'spi.pins' || id === 'spi.by-hand')
    .flatMap(({ measurements }) => measurements.filter((each) => !withinLimits(each)))
    .map(({ figure, value }) => `${figure!.key} ${value}`)
}

describe('an emulated board at wires that are', () => {
  it.each([
    [[], []],
    [['miso-open'], ['straight 0']],
    [['miso-stuck-high'], ['miso 1', 'misoDriven 1', 'straight 0']],
    [['cs-stuck-high'], ['cs 1', 'straight 0']],
    [['sck-mosi-shorted'], ['sckMosi 1', 'straight 0']],
    [['sck-mosi-swapped'], ['straight 0', 'sckMosi 1']],
    [['int-open'], ['intDriven 0']],
    [['supply-low'], ['intDriven 0', 'csPulled 0', 'straight 0']],
  ])('%j: %j', async (faults, figures) => {
    expect(await wrong(faults)).toEqual(figures)
  })
})
