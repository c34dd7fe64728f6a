import { describe, expect, it } from 'vitest'
import { findBoard } from '../../../boards/catalogue/catalogue.js'
import { createBench } from '../../../boards/faults/create-bench.js'
import { openBench } from '../../target/simulated-target.js'
import { withinLimits } from '../measure.js'
import { checkOpened } from '../run.js'

/** Figures that are out of their limits, by their keys. */
async function wrong(fault: string, only: string, board = 'uno'): Promise<string[]> {
  const bench = createBench({ board: findBoard(board), seed: 3, faults: fault === '' ? [] : [fault] })
  const { checks } = await checkOpened(openBench(`model:${board}`, bench, 'model'), { only: [only] })
  const { measurements, verdict } = checks.find(({ id }) => id === only)!
  const found = measurements.filter((each) => !withinLimits(each)).map(({ figure, value }) => `${figure!.key} ${value}`)
  expect(verdict).toBe(found.length === 0 ? 'pass' : 'fail')
  return found
}

describe('wires of SPI one by one', () => {
  // Until they were looked at one by one all but the first of these read FFh and moved no INT: twins.
  it.each([
    ['', []],
    ['miso-open', []],
    ['miso-stuck-high', ['miso 1', 'misoDriven 1']],
    ['miso-stuck-low', ['miso 2']],
    ['cs-stuck-high', ['cs 1']],
    ['cs-open', ['csPulled 0']],
    ['sck-open', []],
    ['sck-stuck-low', ['sck 2']],
    ['sck-stuck-high', ['sck 1']],
    ['mosi-stuck-high', ['mosi 1']],
    ['reset-held', ['reset 2']],
    ['sck-mosi-shorted', ['sckMosi 1']],
    ['sck-cs-shorted', ['csPulled 0', 'sckCs 1']],
    ['int-open', ['intDriven 0']],
    ['int-stuck-high', ['int 1']],
    ['supply-low', ['intDriven 0', 'csPulled 0']],
  ])('%j: %j', async (fault, found) => {
    expect(await wrong(fault, 'spi.pins')).toEqual(found)
  })

  it.each([
    ['', []],
    ['sck-mosi-swapped', ['straight 0', 'sckMosi 1']],
    ['sck-cs-swapped', ['straight 0', 'sckCs 1']],
    ['mosi-cs-swapped', ['straight 0', 'mosiCs 1']],
    ['sck-miso-swapped', ['straight 0', 'sckMiso 1']],
    ['mosi-miso-swapped', ['straight 0', 'mosiMiso 1']],
    ['miso-int-swapped', ['straight 0', 'misoInt 1']],
    // The chip answers by hand: it is the controller's SPI that speaks otherwise.
    ['spi-bit-order', []],
    ['spi-mode', []],
  ])('%j: the chip is asked by the wires as they may be: %j', async (fault, found) => {
    expect(await wrong(fault, 'spi.by-hand')).toEqual(found)
  })
})
