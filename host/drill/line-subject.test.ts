import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { EN } from '../text/en.js'
import { say } from '../text/say.js'
import { type DrillReport, drillAgainst } from './drill.js'
import type { Dialogue } from './subject.js'

const SCRIPT = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 100 <mss 1000>
+0 > S. 0:0(0) ack 1 <mss 1460>
+.1 < . 1:1(0) ack 1 win 100
+0 accept(3, ..., ...) = 4
+0...0.2 read(4, ..., 100) = 10
+0 < P. 1:11(10) ack 1 win 100
+0 write(4, ..., 10) = 10
* > P. 1:11(10) ack 11
+0 close(4) = 0
`

/** A script against answers that a function makes up. */
function against(script: string, answer: (line: string) => readonly string[]): Promise<DrillReport> {
  return drillAgainst('a.pkt', script, {}, async <T>(dialogue: Dialogue<T>): Promise<T> => {
    let next = dialogue.next([])
    while (!next.done) next = dialogue.next(answer(next.value))
    return next.value
  })
}

const time = (line: string) => (line.startsWith('run ') ? [`ok ${line.slice(4)}`] : undefined)

describe("somebody else's stack", () => {
  it('is told what the script does, line by line, and its failures are those of the calls', async () => {
    const asked: string[] = []
    const report = await against(SCRIPT, (line) => {
      asked.push(line.replace(/^(frame \w{6})\w+/, '$1'))
      if (line.startsWith('socket')) return ['ok 7']
      return time(line) ?? (line.startsWith('listen') ? ['error EADDRINUSE'] : ['ok'])
    })
    expect(asked.filter((line) => !line.startsWith('default ') && !line.startsWith('run '))).toEqual([
      'begin 192.168.0.1/16 192.168.0.2 1500',
      'socket stream',
      'bind 7 192.168.0.1 8080',
      'listen 7 1',
    ])
    expect(asked).toContain('default receiveBuffer 15728640')
    expect(report.result?.failure?.message).toBe('listen() returned -1 EADDRINUSE, not 0')
  })

  it('may not let time stand still, run ahead, or go on for ever in one moment', async () => {
    const why = async (run: (line: string) => readonly string[]) => {
      const { verdict, problems } = await against('0.5 < R 1:1(0)\n', (line) =>
        line.startsWith('run ') ? run(line) : ['ok'],
      )
      return [verdict, ...problems.map(({ line, sentence }) => `${line}: ${say(EN, sentence)}`)]
    }
    expect(await why(() => ['ok 0'])).toEqual([
      'not run',
      expect.stringContaining('1: the program under test answered "ok 0" to "run 500000000"'),
    ])
    expect(await why(() => ['ok 500000001'])).toEqual(['not run', expect.stringContaining('answered "ok 500000001"')])
    expect(await why(() => ['ok'])).toEqual(['not run', expect.stringContaining('answered "ok "')])
    const state = 'state 192.168.0.1 1 192.0.2.1 2 ESTABLISHED'
    expect(await why(() => [state, 'ok 7'])).toEqual(['not run', expect.stringContaining('answered "ok 7"')])
    expect(await why(() => [...Array(20_000).fill(state), 'ok 7'])).toEqual([
      'not run',
      expect.stringContaining('20001 lines'),
    ])
    expect(await why((line) => time(line) ?? [])).toEqual(['pass'])
  })

  it('may answer anything: a verdict comes of it', async () => {
    const random = new SeededRandom(3)
    const pieces = [
      'ok',
      'error',
      'frame',
      'state',
      'EAGAIN',
      'ENOPROTOOPT',
      '7',
      '-1',
      '192.168.0.1',
      '00ff',
      'zz',
      '8080',
      'r',
      'w',
      'ESTABLISHED',
      'CLOSED',
      '0800'.repeat(20),
      'NaN',
      '',
    ]
    const word = () => pieces[random.below(pieces.length)]
    const verdicts = new Set<string>()
    for (let round = 0; round < 2000; round++) {
      const odd = random.below(30)
      let line = 0
      const { verdict } = await against(SCRIPT, (asked) => {
        if (line++ !== odd) {
          if (asked.startsWith('socket')) return ['ok 7']
          if (asked.startsWith('accept')) return ['ok 8 192.0.2.1 40000']
          if (asked.startsWith('read')) return ['ok 00']
          return time(asked) ?? ['ok']
        }
        return Array.from({ length: 1 + random.below(3) }, () =>
          Array.from({ length: 1 + random.below(7) }, word).join(' '),
        )
      })
      verdicts.add(verdict)
    }
    expect([...verdicts].sort()).toEqual(['fail', 'not run'])
  })
})
