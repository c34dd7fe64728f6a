/**
 * Every command in Chinese: run as a person runs it, and read. What is left of English is names, and what somebody else wrote: clauses of
 * standards, packets in their own notation, what a script or a server says.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { findBoard } from '../../boards/catalogue/catalogue.js'
import { FAULTS } from '../../boards/faults/registry.js'
import { COMMANDS } from '../../host/node/cli/commands.js'
import { build } from '../avr/assembler.js'
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
  ],
  scope: [['--list'], ['--probe', 'rs232-txd', '--out', join(folder, 'txd.svg')]],
  extcap: [
    ['--extcap-interfaces'],
    ['--extcap-interface', 'linkpulse', '--extcap-config'],
    ['--extcap-interface', 'linkpulse-spi', '--extcap-dlts'],
    ['--extcap-interface', 'linkpulse', '--capture'],
  ],
  'net up': [],
  'net ping': [
    ['192.168.7.2', '--count', '2', '--trace', '--ladder', join(folder, 'ping.svg')],
    ['192.168.7.99', '--count', '1'],
  ],
  'net nc': [['192.168.7.2', '7', '--trace']],
  'net http': [['192.168.7.2', '--trace', '--output', join(folder, 'page.html')]],
  'net capture': [[]],
  'net stat': [[]],
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

beforeAll(() => {
  writeFileSync(join(folder, 'misuse.elf'), misuse().elf)
  writeFileSync(join(folder, 'astray.elf'), misuse('-DASTRAY').elf)
  const { controller, chip, ...uno } = findBoard('uno')
  const wrong = {
    ...{ ...uno, name: 'Mine', title: '' },
    controller: { ...controller, part: 'ATmega2561', clock: 1, level: 9 },
    chip: { ...chip, feed: 'VBUSS', spiSynchronous: 1 },
  }
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify(wrong))
})

/** Names of several words, of commands and of what they take; and a unit. */
const NAMES = [
  ...COMMANDS.map(({ name }) => name),
  ...['net up', 'phy read', 'phy write', 'mem read', 'mem write'],
  ...FAULTS.keys(),
]

/** Lines that are not ours: packets as tcpdump and packetdrill write them, and what a standard or a script says. */
const OTHERS = [
  /^ *\d+\.\d+ (?:in|out) .*$/gm,
  /^( *\d+\.\d+ {2}(?:对端|协议栈)发送) .*$/gm,
  /^(出处|Source)：.*$/gm,
  /^ +(?:interfaces|ipv4|icmp|tcp|udp|arp) .*$/gm,
  // What the code of a script prints.
  /^ *注：\d+\.\d+ print.*$/gm,
  // What somebody types.
  /^(?:例如|然后)：.*$/gm,
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

  it.each([...lines, ...help].map((words) => [words.join(' ').replaceAll(folder, '…'), words] as const))(
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
