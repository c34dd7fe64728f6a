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

  it('is asked whether it speaks IPv6 where a script needs it, and told of no script that it does not', async () => {
    const asked: string[] = []
    const script = `--ip_version=ipv6\n--local_ip=fd::1\n--gateway_ip=fd::2\n${SCRIPT}`
    const listening = async (families: string) => {
      asked.length = 0
      return await against(script, (line) => {
        asked.push(line)
        if (line === 'families') return [families]
        if (line.startsWith('socket')) return ['ok 7']
        return time(line) ?? (line.startsWith('listen') ? ['error EADDRINUSE'] : ['ok'])
      })
    }
    expect((await listening('ok ipv4 ipv6')).result?.failure?.message).toBe('listen() returned -1 EADDRINUSE, not 0')
    expect(asked.filter((line) => !/^(default|run) /.test(line))).toEqual([
      'families',
      'begin fd::1/48 fd::2 1500',
      'socket stream ipv6',
      'bind 7 fd::1 8080',
      'listen 7 1',
    ])
    for (const families of ['ok ipv4', 'ok', 'error EINVAL']) {
      const { verdict, problems } = await listening(families)
      expect([verdict, ...problems.map(({ sentence }) => say(EN, sentence))]).toEqual([
        'not run',
        'IPv6 is not supported by that stack: to "families" it does not answer that it has ipv6; run the script with --ip_version=ipv4',
      ])
      expect(asked).toEqual(['families'])
    }
  })

  it('has its neighbours answered, and its ends shown as its sockets have them', async () => {
    const asked: string[] = []
    // RFC 4861 4.3: fd::1 asks for fd::2.
    const solicitation =
      '3333ff000002 020000000001 86dd 60000000 0020 3a ff 00fd0000000000000000000000000001 ff0200000000000000000001ff000002' +
      '87 00 0000 00000000 00fd0000000000000000000000000002 01 01 020000000001'
    const script = `--ip_version=ipv6\n--local_ip=fd::1\n--gateway_ip=fd::2\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 connect(3, ..., ...) = 0
+0 getsockname(3, {sa_family=AF_INET6, sin6_port=htons(77), sin6_addr=inet6_addr("fd::1")}, [28]) = 0
+0 getpeername(3, {sa_family=AF_INET6, sin6_port=htons(8080), sin6_addr=inet6_addr("2001:db8::2")}, [28]) = 0\n`
    const answer = (line: string): readonly string[] => {
      asked.push(line)
      if (line === 'families') return ['ok ipv6']
      if (line.startsWith('socket')) return ['ok 7']
      if (line.startsWith('poll')) return ['ok w']
      if (line.startsWith('error')) return ['ok 0']
      if (line.startsWith('connect')) return [`frame ${solicitation.replaceAll(' ', '')}`, 'ok fd::1 77']
      return time(line) ?? ['ok']
    }
    const report = await against(script, answer)
    expect(report.result?.failure?.message).toBe('getpeername(): the peer is [2001:db8::1]:8080')
    const reply = asked.filter((line) => line.startsWith('frame '))
    expect(reply).toHaveLength(1)
    // An advertisement of the router to who asked (RFC 4861 4.4).
    expect(reply[0]).toMatch(/^frame 02000000000102000000000286dd.{12}3aff00fd.*8800....e0000000/)
  })
})
