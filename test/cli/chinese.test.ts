/**
 * Every command in Chinese: run as a person runs it, and read. What is left of English is names, and what somebody else wrote: clauses of
 * standards, packets in their own notation, what a script or a server says.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { FAULTS } from '../../boards/faults/registry.js'
import { LAYERS } from '../../host/check/types.js'
import { COMMANDS } from '../../host/node/cli/commands.js'
import { build } from '../avr/assembler.js'
import { TimedBus, traceOf } from '../captures/spi-trace.js'
import { type DataSheetBench, OP } from '../chip/bench.js'
import { variationsOf } from '../judge/variations.js'
import { root, scratch } from './command.js'
import { runHere, speakHere } from './here.js'

speakHere('zh_CN.UTF-8')

const folder = scratch()
const report = join(folder, 'report.json')

/** Of each command what shows most of what it says; for those that listen, that open hardware or wait for a person, their help alone. */
const SPOKEN: Readonly<Record<string, readonly (readonly string[])[]>> = {
  check: [
    ['--only', 'spi', '--fault', 'miso-open', '--report', report],
    ['--list'],
    ['--against', 'model:nano', '--programs', '1'],
    ['--only', 'spi.miso', '--watch', '--rounds', '2'],
  ],
  diagnose: [[report]],
  compare: [[report, report]],
  chip: [
    [
      'model:uno',
      'init; wait 200; link; int; read ECON1 ERDPT; phy read PHCON1; mem read 0 16; dump; receive 1; reset; help',
    ],
    ['model:uno', 'receive'],
    ['model:uno', 'mem read 9000'],
    ['model:uno', 'init; send FF'],
    ['model:uno', 'init; send FFFFFFFFFFFF02000000000108060001'],
  ],
  doctor: [['model:uno'], ['/dev/ttyNOBODY']],
  monitor: [['model:uno', '--for', '0.5']],
  serve: [],
  flash: [],
  run: [
    ['firmware/bridge/images/bridge-uno.hex', '--for', '0.01'],
    [join(folder, 'misuse.elf'), '--for', '0.1'],
    [join(folder, 'astray.elf'), '--for', '0.1'],
    [join(folder, 'misuse.elf'), '--expect', 'x', '--for', '0.05'],
    [join(folder, 'misuse.elf'), '--scenario', join(folder, 'scenario.yaml'), '--timeout', '0.1'],
  ],
  audit: [
    [join(folder, 'misuse.vcd')],
    [join(folder, 'misuse.vcd'), '--cs', 'LEDA'],
    [join(folder, 'noise.csv')],
    [join(folder, 'uart.csv'), '--uart', 'D0', '--baud', '9600'],
    [join(folder, 'uart.csv'), '--uart', 'nobody'],
  ],
  lint: [[join(folder, 'wrong.yaml'), join(folder, 'diagram.json')]],
  init: [[join(folder, 'new')], [join(folder, 'new')]],
  campaign: [
    [join(folder, 'campaign.yaml'), '--shard', '1/2', '--results', join(folder, 'results.jsonl')],
    [join(folder, 'wrong-campaign.yaml')],
  ],
  merge: [[join(folder, 'results.jsonl')]],
  scope: [['--list'], ['--probe', 'rs232-txd', '--out', join(folder, 'txd.svg')]],
  extcap: [
    ['--extcap-interfaces'],
    ['--extcap-interface', 'linkpulse', '--extcap-config'],
    ['--extcap-interface', 'linkpulse-spi', '--extcap-dlts'],
    ['--extcap-interface', 'linkpulse', '--capture'],
  ],
  'net up': [],
  'net gateway': [['model:uno', '--forward', '0:80', '--for', '3']],
  'net ping': [
    ['192.168.7.2', '--count', '2', '--trace', '--ladder', join(folder, 'ping.svg')],
    ['192.168.7.99', '--count', '1'],
  ],
  'net nc': [['192.168.7.2', '7', '--trace']],
  'net http': [['192.168.7.2', '--trace', '--output', join(folder, 'page.html')]],
  'net capture': [[]],
  'net stat': [[]],
  'lab up': [
    [join(folder, 'whole.yaml'), '--captures', folder, '--graph', join(folder, 'lab.svg')],
    [join(folder, 'failing.yaml')],
    [join(folder, 'late.yaml')],
  ],
  'lab check': [[join(folder, 'whole.yaml')], [join(folder, 'wrong-names.yaml')], [join(folder, 'wrong-values.yaml')]],
  drill: [['test/drill', '--trace']],
  ports: [[]],
  boards: [
    [],
    ['uno'],
    ['promini'],
    ['uno', '--wiring', join(folder, 'uno.svg')],
    ['uno', '--board-file', join(folder, 'wrong.json')],
  ],
  connectors: [[], ...['DE-9', 'DB-25', 'DC-37', 'M/34', 'RJ-45'].map((name) => [name])],
  cables: [[], ...['null-modem', 'serial-straight', 'rj45-crossover', 'rj45-rollover'].map((name) => [name])],
  lines: [
    [],
    ...['ttl', 'rs-232', 'rs-422', 'rs-423', 'rs-449', 'v.35'].map((name) => [name]),
    ['rs-232', '--text', 'Hi', '--receiver', 'ttl'],
    ['v.35', '--text', 'Hi', '--framing', '7E2'],
    ['rs-422', '--out', join(folder, 'octet.svg')],
  ],
  faults: [[], ['brown-out'], ['serial-inverted'], ['buffer-memory-bad'], ['baud-off-6-percent']],
  workshop: [['--out', join(folder, 'workshop.html')]],
  mission: [
    [],
    ['silence'],
    ['after-syn-ack'],
    ['silence', '--save', join(folder, 'handed-in.json')],
    [join(folder, 'handed-in.json'), '--csv', '-'],
  ],
  demo: [
    [],
    ...['http', 'https', 'telnet', 'pop3', 'dns'].map((name) => [name, '-q', '--capture', join(folder, 'demo.pcapng')]),
  ],
  completion: [],
  help: [[]],
}

/** A program that breaks the data sheets' rules. */
const misuse = (...flags: readonly string[]) => build([join(root, 'test/avr/sketches/misuse.c')], flags)

/** Labs that end otherwise than they should, and files that are none. */
const PAIR = { a: { address: '10.0.0.1/24' }, b: { address: '10.0.0.2/24' } }
const LABS = {
  // Names have a digit: they are nobody's words.
  'whole.yaml': {
    title: '全部都有',
    boards: {
      'board-1': { board: 'uno', address: '10.0.0.3/24', faults: ['brown-out:every=20s'], services: ['http'] },
    },
    hosts: {
      a1: { address: 'dhcp' },
      r1: {
        address: '10.0.0.1/24',
        forwarding: true,
        dhcpServer: { pool: ['10.0.0.50', '10.0.0.60'] },
        dnsZone: 'lab.test',
        cards: [{ address: '10.0.1.1/24' }],
      },
    },
    boxes: {
      s1: { kind: 'switch' },
      h1: { kind: 'hub' },
      i1: { kind: 'impaired', loss: '1%' },
      i2: { kind: 'impaired' },
    },
    cables: [
      { between: ['a1', 's1'], category: '5e' },
      { name: 'long-1', between: ['board-1', 's1'], length: 90, wiring: 'crossover', faults: ['cable-noise:0.3V'] },
      { between: ['r1', 's1'] },
      { name: 'spare-1', between: ['h1', 'i1'], wiring: 'split-pair', plugged: false },
    ],
    captures: [{ file: 'whole.pcapng' }],
    steps: [
      { expect: { up: 'all' } },
      { ping: { from: 'a1', to: 'board-1', answered: 'any' } },
      { get: { from: 'r1', url: 'http://board-1/' } },
      { reset: 'board-1' },
      { powerOff: 'board-1' },
      { expect: { down: ['board-1'] } },
      { ping: { from: 'r1', to: 'board-1', count: 1, answered: 'none' } },
      { powerOn: 'board-1' },
      { unplug: 'long-1' },
      { plug: 'long-1' },
      { break: { what: 'long-1', fault: 'cable-unplugged' } },
    ],
  },
  'failing.yaml': {
    hosts: PAIR,
    cables: [{ between: ['a', 'b'] }],
    steps: [{ wait: '1s' }, { ping: { from: 'a', to: 'b', answered: 'none' } }],
  },
  'late.yaml': { hosts: PAIR, cables: [{ between: ['a', 'b'], plugged: false }], until: { up: 'all' }, duration: '1s' },
  'wrong-names.yaml': {
    boards: {
      desk: { board: 'unoo' },
      two: { board: 'uno', faults: ['cable-noise', 'brown-out'], nameServers: ['x'] },
    },
    hosts: { desk: { address: '10.0.0.1/24' }, laptop: { address: '10.0.0.300/24', faults: ['partner-full-duplex'] } },
    boxes: { sw: { kind: 'switch', ports: 2 }, noisy: { kind: 'impaired' } },
    cables: [
      { between: ['desk', 'laptp'] },
      { name: 'sw', between: ['two', 'sw.3'] },
      { name: 'cable-1', between: ['two', 'sw'] },
      { between: ['two.eth0', 'sw'] },
      { between: ['laptop.eth1', 'sw'] },
      { between: ['noisy', 'sw'] },
    ],
    captures: [{ file: 'a.pcapng', at: ['laptop', 'nobody'] }, { file: 'a.pcapng' }],
    duration: '5s',
    steps: [
      { at: '3s', wait: '1s', unplug: 'cable-9' },
      { at: '2s', ping: { from: 'lapto', to: 'two' } },
      { at: '9s', expect: {} },
      { break: { what: 'two', fault: 'crystal-missing' } },
      {},
    ],
  },
  'wrong-values.yaml': {
    seed: -1,
    duration: 30,
    pace: 'slow',
    boards: { '1': { adress: '192.168.7.2/24', services: ['htpp'], ipv6: 1 } },
    hosts: [],
    boxes: { box: { kind: 'impaired', loss: '101%', longest: 1 } },
    cables: [{ lenght: 3, length: -1, between: ['two'] }],
    captures: [{ file: '../a.pcapng' }],
    steps: [{ ping: { from: 'laptop' }, expect: { up: 3 }, get: { from: 'a', url: 'ftp://x' } }],
  },
}

/** A driver that waits for no clock and whose receive pointer is even. */
function misusing(bench: DataSheetBench): void {
  const bus = new TimedBus(bench, 'cached')
  bus.spi([OP.SRC])
  bus.forgetBank(0)
  bus.wcr16('ERXND', 0x0fff)
  bus.wcr16('ERXRDPT', 0x0ffe)
  bus.bfs('MACON3', 0x02)
  bus.readPhy(0x01)
}

beforeAll(() => {
  writeFileSync(join(folder, 'misuse.elf'), misuse().elf)
  writeFileSync(join(folder, 'scenario.yaml'), 'version: 1\nsteps:\n  - delay: 1ms\n  - wait-serial: x\n')
  writeFileSync(
    join(folder, 'campaign.yaml'),
    JSON.stringify({
      version: 1,
      name: 'c1',
      boards: ['model:uno'],
      checks: ['spi.miso'],
      faults: [{ fault: 'none', expect: 'fail' }],
      seeds: '1..2',
    }),
  )
  writeFileSync(
    join(folder, 'wrong-campaign.yaml'),
    JSON.stringify({ version: 1, name: 'c2', boards: ['model:uno', 'model:uno'], checks: ['spy'], seeds: '9..3' }),
  )
  writeFileSync(join(folder, 'wrong.yaml'), 'version: 2\nsteps:\n  - delay: 1\n  - take-screenshot: {}\n  - wait: x\n')
  const parts = [
    { id: 'uno', type: 'wokwi-arduino-uno' },
    { id: 'x', type: 'wokwi-servo' },
  ]
  writeFileSync(join(folder, 'misuse.vcd'), traceOf(misusing))
  writeFileSync(join(folder, 'noise.csv'), 'Time [s],Channel 0\n0,1\n1,0\n')
  const line = [...'1110010000010011111'].map((level, i) => `${i / 9600},${level}\n`).join('')
  writeFileSync(join(folder, 'uart.csv'), `Time [s],RX\n${line}`)
  writeFileSync(join(folder, 'diagram.json'), JSON.stringify({ version: 1, parts, connections: [] }))
  writeFileSync(join(folder, 'astray.elf'), misuse('-DASTRAY').elf)
  const { controller, chip, ...uno } = findBoard('uno')
  const wrong = {
    ...{ ...uno, name: 'Mine', title: '' },
    controller: { ...controller, part: 'ATmega2561', clock: 1, level: 9 },
    chip: { ...chip, feed: 'VBUSS', spiSynchronous: 1 },
  }
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify(wrong))
  for (const [name, lab] of Object.entries(LABS)) writeFileSync(join(folder, name), JSON.stringify(lab))
})

/** Names of several words, of commands and of what they take; and a unit. */
const NAMES = [
  ...COMMANDS.map(({ name }) => name),
  ...['net up', 'phy read', 'phy write', 'mem read', 'mem write'],
  ...FAULTS.keys(),
  LAYERS.join(', '),
]

/** Lines that are not ours: packets as tcpdump and packetdrill write them, and what a standard or a script says. */
const OTHERS = [
  /^ *\d+\.\d+ (?:in|out) .*$/gm,
  /^( *\d+\.\d+ {2}(?:对端|协议栈)发送) .*$/gm,
  /^(出处|Source)：.*$/gm,
  /^ +(?:interfaces|ipv4|icmp|tcp|udp|arp) .*$/gm,
  // What the code of a script prints.
  /^ *注：\d+\.\d+ print.*$/gm,
  // Names in a file of somebody's, and its keys.
  /(?<=之一：|或用 |有的是 |；有 |插着的有 |做的是：)[\w$, -]+/g,
  // What somebody types.
  /^(?:例如|然后)：.*$/gm,
  // The steps of a scenario are words of its language.
  /有的是 delay, .*$/gm,
]

/** Words of English that stand beside each other: what is no name, no option, no code and nobody else's. */
function englishIn(text: string): readonly string[] {
  const ours = OTHERS.reduce((left, others) => left.replace(others, ''), text)
    .replace(/`[^`]*`|“[^”]*”|\[[^\]]*\]?/g, ' ')
    .replace(/linkpulse [ -~]*/g, ' ')
    .replace(/[!-~]*[-./:=_<>|\d][!-~]*/g, ' ')
  const named = NAMES.reduce((left, name) => (name.includes(' ') ? left.replaceAll(name, ' ') : left), ours)
  // Cells of a table are two spaces apart, and choices have no space between them.
  return [...named.matchAll(/\b[a-z]{2,}(?:,? [a-z]{2,}\b)+/g)].map(([words]) => words)
}

it('no command is forgotten', () => {
  expect(Object.keys(SPOKEN)).toEqual(COMMANDS.map(({ name }) => name))
})

it('English that is left over is found, and names are not', () => {
  expect(englishIn('链路 is up，一切正常')).toEqual(['is up'])
  expect(
    englishIn('写法：`phy read REGISTER`，用 linkpulse check model:uno；phy read 再来 [DS39662 12, the first]'),
  ).toEqual([])
})

describe.each(COMMANDS.map(({ name }) => name))('%s in Chinese', (name) => {
  const lines = SPOKEN[name].map((words) => [...name.split(' '), ...words])
  const help = [name === 'help' ? ['help'] : ['help', ...name.split(' ')]]

  it.each(variationsOf([...lines, ...help].map((words) => [words.join(' ').replaceAll(folder, '…'), words] as const)))(
    'linkpulse %s',
    async (_, words) => {
      const { status, stdout, stderr } = await runHere(...words, '--lang', 'zh')
      expect(status, stderr).not.toBe(70)
      const said = stdout + stderr
      expect(said).toMatch(/\p{Script=Han}|^\/dev\//u)
      expect(englishIn(said)).toEqual([])
    },
    60_000,
  )
})
