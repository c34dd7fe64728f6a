import { describe, expect, it } from 'vitest'
import { SECOND } from '../../firmware/hal/clock.js'
import { createBench } from './create-bench.js'

/** What comes from the port in three seconds, after something was said to it. */
function heard(fault: string, baud: number, say = ''): string {
  const { board, lab } = createBench({ board: 'uno', faults: [fault] })
  const { a } = board.uart
  a.setBaud(baud)
  let text = ''
  a.handleOctets = (octets) => {
    text += String.fromCharCode(...octets)
  }
  lab.runFor(SECOND)
  a.write(Uint8Array.from(say, (letter) => letter.charCodeAt(0)))
  lab.runFor(2 * SECOND)
  return text
}

describe('somebody else’s device at the port', () => {
  it('a GPS receiver talks NMEA, with right sums', () => {
    const lines = heard('port-gps', 9600).trim().split('\r\n')
    expect(lines.length).toBeGreaterThanOrEqual(4)
    for (const line of lines) {
      const [, sentence, sum] = /^\$(GP[A-Z]{3},[^*]*)\*([0-9A-F]{2})$/.exec(line) ?? []
      expect(sentence, line).toBeDefined()
      let all = 0
      for (const letter of sentence) all ^= letter.charCodeAt(0)
      expect(all).toBe(Number.parseInt(sum, 16))
    }
  })

  it.each([
    ['port-modem', 'ATI\r', 'ATI\r\r\nOK\r\n'],
    ['port-modem', 'what\r', 'what\r\r\nERROR\r\n'],
    ['port-login', '\r', '\r\nrouter login: '],
    ['port-loopback', 'abc', 'abc'],
    ['port-boot-loader', '0 ', '\x14\x10'],
    ['port-boot-loader', 'hello', ''],
  ])('%s answers %j with %j', (fault, say, answer) => {
    expect(heard(fault, 115_200, say)).toBe(answer)
  })

  it('a loopback plug has no rate of its own', () => {
    expect(heard('port-loopback', 9600, 'abc')).toBe('abc')
  })

  it('a sketch prints, and the board drives nothing else', () => {
    expect(heard('port-sketch:57600', 57_600)).toMatch(/^(sensor: \d+\r\n){2,4}$/)
  })

  it('at another rate is not understood', () => {
    expect(heard('port-gps', 115_200)).not.toContain('GPRMC')
  })
})
