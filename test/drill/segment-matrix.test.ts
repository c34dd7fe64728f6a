import { describe, expect, it } from 'vitest'
import { drill } from '../../host/drill/drill.js'
import { reportText } from '../../host/drill/report.js'
import { matrixFile, matrixScript } from './matrix-scripts.js'
import { MATRIX_STATES, type MatrixState, matrixCells, POSITIONS, SEGMENTS } from './segment-matrix.js'

const CELLS = matrixCells()

/** What goes wrong in a state's cells, the script of each first wrong one with its story. */
function faults(state: MatrixState, given: readonly { name: string; value: string }[] = []): string[] {
  return CELLS.filter((cell) => cell.state === state).flatMap((cell) => {
    const text = matrixScript(cell)
    const report = drill(matrixFile(cell), text, { strict: true, given })
    return report.verdict === 'pass' ? [] : [`${reportText(report, false)}${text}`]
  })
}

describe('the segment matrix of RFC 9293 3.10.7', () => {
  it('has one rule for every state, segment and place of its sequence number', () => {
    expect(CELLS).toHaveLength(MATRIX_STATES.length * SEGMENTS.length * POSITIONS.length)
    expect(CELLS.length).toBeGreaterThanOrEqual(11 * 9 * 5)
  })

  it('has a file name of its own for every cell', () => {
    expect(new Set(CELLS.map(matrixFile)).size).toBe(CELLS.length)
  })

  it('fails wherever another state or another reply is expected', () => {
    for (const cell of CELLS.filter(({ position }) => position === 'left' || position === 'right+1')) {
      const text = matrixScript(cell)
      const lines = text.trimEnd().split('\n')
      const last = lines.pop()!
      const otherState = last.includes('TCP_CLOSING') ? 'TCP_ESTABLISHED' : 'TCP_CLOSING'
      const wrongState = [...lines, last.replace(/TCP_\w+/, otherState)].join('\n')
      expect(drill(matrixFile(cell), wrongState, { strict: true }).verdict, wrongState).toBe('fail')
      // A reply where there is none; another number in one that there is.
      const reply = lines.at(-1)!
      const isReply = / > /.test(reply)
      const number = /ack \d+/.test(reply) ? /ack \d+/ : /\d+:\d+(?=\(0\))/
      const wrong = isReply
        ? reply.replace(number, (shown) => shown.replace(/\d+/g, '9'))
        : `${reply}\n+0~+0.5 > . 9:9(0) ack 9 <...>`
      const wrongReply = [...lines.slice(0, -1), wrong, last].join('\n')
      expect(drill(matrixFile(cell), wrongReply, { strict: true }).verdict, wrongReply).toBe('fail')
    }
  })

  for (const state of MATRIX_STATES)
    it(`150 ${state}: reply and next state equal the table, for every segment at every place`, () => {
      const wrong = faults(state)
      expect(wrong.length, `${wrong.length} cells differ:\n${wrong.slice(0, 3).join('\n')}`).toBe(0)
    })

  for (const state of MATRIX_STATES)
    it(`${state}: over IPv6 every cell is the same`, () => {
      const given = [
        { name: 'ip_version', value: 'ipv6' },
        { name: 'mtu', value: '1520' },
      ]
      expect(faults(state, given)).toEqual([])
    })
})
