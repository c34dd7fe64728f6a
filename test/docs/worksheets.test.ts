/**
 * The worksheets of a class: each task is done in the simulation, what it shows stands in the solution in both languages, and a solution
 * has no number that was not measured.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MICROSECOND, MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import { missionNamed } from '../../host/workshop/missions/missions.js'
import { MissionPrompt } from '../../host/workshop/missions/prompt.js'
import { WORKSHOP_EN } from '../../host/workshop/words/en.js'
import { root } from '../cli/command.js'
import { WorksheetBench } from './worksheet-bench.js'

const us = (nanoseconds: number): string => `${Number((nanoseconds / MICROSECOND).toFixed(3))} µs`
const ms = (nanoseconds: number): string => `${Number((nanoseconds / MILLISECOND).toFixed(3))} ms`

interface Task {
  readonly address: string
  /** What is measured, as it stands in the solution whatever the language. */
  measure(bench: WorksheetBench): readonly string[]
}

/** Bits of the first letter that was sent, as they stood on the line: start, data, stop. */
function bitsOf(bench: WorksheetBench): readonly string[] {
  const bits = bench.log.flatMap(({ text }) => /^The (?:start|data|stop) bit.* begins, a (\d)/.exec(text)?.[1] ?? [])
  return bits.slice(0, 10)
}

/** Octets in hexadecimal, with the errors that the far end's UART told, in the order in which they came. */
function arrived(bench: WorksheetBench): string {
  return bench.find(/^Arrived at the far end: (.*)\.$/)[0]
}

const VOLTAGE_TO_FRAME: readonly Task[] = [
  {
    address: '#/rs232?text=U',
    measure(bench) {
      const [octet] = bench.find(/^The far end received (\S+) “U”/)
      const bits = bitsOf(bench)
      const [low, space] = bench.find(/^The start bit begins, a 0: (.*) at the pin, (.*) at the connector\.$/)
      const [high, mark] = bench.find(/^The stop bit begins, a 1: (.*) at the pin, (.*) at the connector\.$/)
      const start = bench.at(/^The start bit/)
      expect([bits[0], bits[9]]).toEqual(['0', '1'])
      return [
        octet,
        `\`${bits.slice(1, 9).join(' ')}\``,
        low,
        space,
        high,
        mark,
        us(bench.at(/^The data bit 0/) - start),
        `${bits.length}`,
        us(bench.at(/^The far end received/) - start),
      ]
    },
  },
  {
    address: '#/rs232?text=U&farbaud=19200',
    measure(bench) {
      const [first, flag, second] = /^(\S+) “f” (\S+) (\S+)$/.exec(arrived(bench))!.slice(1)
      const told = bench.at(/^The far end received 66h/) - bench.at(/^The start bit/)
      const bit = bench.at(/^The data bit 0/) - bench.at(/^The start bit/)
      return [first, flag, second, us(told), `${Math.round(told / (bit / 2))}`, `${Math.round(told / bit)}`]
    },
  },
  {
    address: '#/rs232?text=Hi&farframing=8E1',
    measure(bench) {
      const [first, framing, parity, second] = /^(\S+) “H” (\S+) (\S+) (\S+)$/.exec(arrived(bench))!.slice(1)
      const bit = bench.at(/^The data bit 0/) - bench.at(/^The start bit/)
      const told = bench.at(/^The far end received 48h/) - bench.at(/^The start bit/)
      const [stop] = bench.find(/^The stop bit begins, a (\d)/)
      const [start] = bench.find(/^The start bit begins, a (\d)/)
      const sent = `${'i'.charCodeAt(0).toString(16)}h`
      return [first, framing, parity, second, `${Math.round(told / bit)}`, stop, start, sent]
    },
  },
  {
    address: '#/rj45?far=computer',
    measure(bench) {
      bench.pass(2_000)
      const [counted, wanted] = bench.find(/^This computer: no link.* (\d) of (\d) link pulses counted/)
      const straight = [1, 2].map((pin) => bench.find(new RegExp(`from pin ${pin} TD. to the far pin (\\d) TD`))[0])
      expect(straight).toEqual(['1', '2'])
      bench.set('cable', 'crossover').pass(2_000)
      const crossed = [1, 2].map((pin) => bench.find(new RegExp(`from pin ${pin} TD. to the far pin (\\d) RD`))[0])
      const [state] = bench.find(/^This computer: link, in the state (.*)\.$/)
      return [counted, wanted, ...straight, ...crossed, state]
    },
  },
  {
    address: '#/frame',
    measure(bench) {
      bench.act('send')
      const [length, type, padding, fcs] = bench.find(
        /^The frame: (\d+) octets .* type or length (\S+), “Hello”, (\d+) octets of padding, FCS (.*)\.$/,
      )
      const octets = bench.row('b', 'octets')
      const fields = bench.row('b', 'fields')
      const inField = (name: string): number => {
        const field = fields.find(({ text }) => text === name)!
        return octets.filter(({ from, to }) => from >= field.from - 1 && to <= field.to + 1).length
      }
      const lengths = ['preamble', 'delimiter', 'destination', 'source', 'type', 'FCS'].map(inField)
      expect(inField('payload')).toBe('Hello'.length + Number(padding))
      return [
        length,
        type,
        padding,
        fcs,
        ...lengths.map(String),
        `${'Hello'.length}`,
        `${octets.length}`,
        us(octets.at(-1)!.to - octets[0].from),
      ]
    },
  },
  {
    address: '#/frame?flips=200',
    measure(bench) {
      bench.act('send')
      const [octet, bit] = bench.find(/^1 bit of it will be turned over .*: (\d+)\.(\d)\.$/)
      for (const station of ['B', 'D']) bench.find(new RegExp(`^${station} drops what it heard: wrong FCS`))
      bench.find(/^C drops what it heard: the receive filter does not want it/)
      bench.set('box', 'switch').act('send')
      for (const station of ['B', 'C', 'D']) bench.find(new RegExp(`^${station} has taken 0, and dropped none`))
      return [octet, bit]
    },
  },
  {
    address: '#/?mission=wrong-sum&seed=1',
    measure: () => missionSolved('wrong-sum', ['send', 'repair cable-noise', 'send', 'send', 'send', 'send'], '4'),
  },
]

/** The commands of the solution, and what is asked of the mission then. */
function missionSolved(name: string, commands: readonly string[], ...more: readonly string[]): readonly string[] {
  const prompt = new MissionPrompt(missionNamed(name)!, 1, WORKSHOP_EN)
  for (const command of commands) {
    expect(prompt.state.result.solved).toBe(false)
    prompt.run(command)
  }
  const { result, spent, budget } = prompt.state
  expect(result).toMatchObject({ solved: true, repairs: 1 })
  return [...commands.map((command) => `\`${command}\``), `${spent}`, `${budget}`, ...more]
}

/** Every state of an end, from its log. */
function statesOf(bench: WorksheetBench, end: 'Client' | 'Server'): readonly string[] {
  const steps = bench.log.flatMap(({ text }) => {
    const [, from, to] = new RegExp(`^${end}: from (\\S+) to (\\S+)\\.$`).exec(text) ?? []
    return from === undefined ? [] : [from, to]
  })
  return [...new Set(steps)]
}

const clientUp = /^Client: from SYN-SENT to ESTABLISHED/

const HANDSHAKE_TO_SOCKET: readonly Task[] = [
  {
    address: '#/handshake',
    measure(bench) {
      const [j] = bench.find(/^Client, .* ESTABLISHED; its stream begins at (j = \d+)/)
      const [k] = bench.find(/^Server, .* ESTABLISHED; its stream begins at (k = \d+)/)
      const [sequence, acknowledgement] = bench.find(/^Segment 3, .* ACK, seq = j\+1, ack = k\+1 \((\d+), (\d+)\)/)
      const states = [...statesOf(bench, 'Client'), ...statesOf(bench, 'Server')]
      return [j, k, `j+1 = ${sequence}`, `k+1 = ${acknowledgement}`, ...states]
    },
  },
  {
    address: '#/handshake',
    measure(bench) {
      const way = (each: WorksheetBench): number => each.at(clientUp) - each.at(/^Client sends SYN/)
      const long = new WorksheetBench('#/handshake?delay=100').pass(1_000)
      const held = (each: WorksheetBench): string => each.find(/holds every frame for (\d+ ms)/)[0]
      return [ms(way(bench)), held(bench), ms(way(long)), held(long), ms(way(bench) - 40 * MILLISECOND)]
    },
  },
  {
    address: '#/handshake?plan=1-drop',
    measure(bench) {
      bench.pass(3_000)
      bench.find(/^Segment 1, from the client: SYN, seq = j .*; the box dropped it/)
      bench.find(/^Segment 2, from the client: SYN again, seq = j /)
      const began = bench.at(/^Client: from CLOSED to SYN-SENT/)
      return [
        `${(bench.at(/^Client sends SYN again/) - began) / SECOND} s`,
        ms(bench.at(clientUp) - began),
        statesOf(bench, 'Client')[2],
      ]
    },
  },
  {
    address: '#/handshake',
    measure(bench) {
      for (const action of ['client-send', 'client-close', 'server-close']) bench.act(action)
      const [length] = bench.find(/^Client sends PSH, ACK, len (\d)/)
      const [text] = bench.find(/^Server sends ACK: seq = k\+1, ack = (j\+3)/)
      const [farewell] = bench.find(/^Server sends FIN, ACK: seq = k\+1, ack = (j\+4)/)
      const [left] = bench.find(/^Client: this state is over by itself in ([\d.]+) s/)
      const whole = Number(left) + (bench.now - bench.at(/^Client: from FIN-WAIT-2 to TIME-WAIT/)) / SECOND
      const states = [...statesOf(bench, 'Client').slice(3), ...statesOf(bench, 'Server').slice(3)]
      return [length, `ACK ${text}`, `ACK ${farewell}`, ...states, `${Math.round(whole)} s`]
    },
  },
  {
    address: '#/handshake?port=closed',
    measure(bench) {
      const [flags, sequence, acknowledgement] = bench.find(/^Server sends (RST, ACK): seq = (\d), ack = (j\+1)/)
      const [error] = bench.find(/^Client: the program is told (\S+)\.$/)
      return [flags, sequence, acknowledgement, error]
    },
  },
  {
    address: '#/socket',
    measure(bench) {
      bench.act('server-run').act('client-run')
      const taken = [0, 1, 2].map((fd) => bench.find(new RegExp(`^Client: descriptor (${fd}) is the terminal`))[0])
      const ends = (['Client', 'Server'] as const).map(
        (end) => bench.find(new RegExp(`^${end}: s = socket.* gives (\\d)`))[0],
      )
      expect(ends[0]).toBe(ends[1])
      const [accepted] = bench.find(/^Server: c = accept\(s\) gives (\d)/)
      const later = bench.at(/^Server: c = accept\(s\) gives/) - bench.at(/^Client: connect.* gives 0/)
      for (const call of ['Client: connect', 'Server: c = accept', 'Client: buf = read'])
        bench.find(new RegExp(`^${call}.* is blocked`))
      return [...taken, ends[0], accepted, ms(later)]
    },
  },
  {
    address: '#/?mission=after-syn-ack&seed=1',
    measure: () =>
      missionSolved('after-syn-ack', [
        'repair firewall-no-syn-ack',
        'wait',
        'client-send',
        'client-close',
        'server-close',
      ]),
  },
]

const SHEETS = [
  { name: 'from-voltage-to-frame', tasks: VOLTAGE_TO_FRAME },
  { name: 'from-handshake-to-socket', tasks: HANDSHAKE_TO_SOCKET },
] as const
const LANGUAGES = [
  { ending: '.md', tasks: '## Tasks', solutions: '## Solutions', minutes: /\((\d+) minutes\)/ },
  { ending: '.zh-CN.md', tasks: '## 题目', solutions: '## 答案', minutes: /（(\d+) 分钟）/ },
] as const

/** The numbered parts of a chapter. */
function parts(page: string, chapter: string): readonly string[] {
  const [, rest] = page.split(`${chapter}\n`)
  return rest
    .split(/^## /m)[0]
    .split(/^### \d+\./m)
    .slice(1)
}

/** Hexadecimal and decimal ones; clauses and names of standards are none. */
function numbersIn(text: string): readonly string[] {
  return text.replace(/RFC \d+ [\d.]+|RS-232/g, '').match(/\b[0-9A-F]{2,4}h|\d+(?:\.\d+)?/g) ?? []
}

describe.each(SHEETS)('worksheet $name', ({ name, tasks }) => {
  const pages = LANGUAGES.map((language) => {
    const text = readFileSync(join(root, 'docs', 'worksheets', `${name}${language.ending}`), 'utf8')
    return {
      text,
      tasks: parts(text, language.tasks),
      solutions: parts(text, language.solutions),
      minutes: [...text.matchAll(new RegExp(language.minutes, 'g'))].map(([, minutes]) => Number(minutes)),
    }
  })

  it('has the same tasks in both languages, and the minutes that it says', () => {
    for (const page of pages) {
      expect(page.tasks).toHaveLength(tasks.length)
      expect(page.solutions).toHaveLength(tasks.length)
      expect(page.minutes.reduce((sum, minutes) => sum + minutes, 0)).toBe(45)
      expect(page.text).toMatch(/45 (?:minutes|分钟)/)
      // Two pages of A4: a line of source is at most two of print.
      expect(page.text.split('\n').length).toBeLessThan(125)
    }
    expect(pages[0].minutes).toEqual(pages[1].minutes)
  })

  it.each(tasks.map((task, at) => [at + 1, task] as const))(
    'task %d comes out as its solution says',
    (number, task) => {
      const { address } = task
      const facts = task.measure(new WorksheetBench(address.includes('mission=') ? '#/' : address))
      const measured = new Set(facts.flatMap(numbersIn))
      for (const page of pages) {
        expect(page.tasks[number - 1]).toContain(`\`${address}\``)
        const solution = page.solutions[number - 1]
        for (const fact of facts) expect(solution, fact).toContain(fact)
        const unknown = numbersIn(solution).filter((each) => !measured.has(each))
        expect(unknown, solution).toEqual([])
      }
    },
  )
})
